using Rfl.Domain.Common;

namespace Rfl.Domain.Disclosures;

public static class DisclosureRefusals
{
    public static readonly Refusal NothingFound = new("nothing-found");
    public static readonly Refusal NoDeathFound = new("no-death-found");
    public static readonly Refusal ConfirmingAuthorityMissing = new("confirming-authority-missing", "confirmingAuthority");
    public static readonly Refusal IdentityNotVerified = new("identity-not-verified");
    public static readonly Refusal PersonNotInformed = new("person-not-informed");
    public static readonly Refusal ChildNotAccompanied = new("child-not-accompanied", "accompaniedBy");
    public static readonly Refusal CoordinatesMissing = new("coordinates-missing", "coordinates");
    public static readonly Refusal ChoiceUnknown = new("choice-unknown", "choiceId");
    public static readonly Refusal SecondOfficerNeeded = new("second-officer-needed");
    public static readonly Refusal DeathReported = new("death-reported");
    public static readonly Refusal AlreadyCountersigned = new("already-countersigned");
    public static readonly Refusal ChildProtectionApprovalMissing = new("child-protection-approval-missing");
    public static readonly Refusal AlreadyReleased = new("already-released");
    public static readonly Refusal NotReleased = new("not-released");

    /// <summary>Something of what was found or chosen is damaged: nothing is decided on less than all.</summary>
    public static readonly Refusal RecordUnreadable = new("record-unreadable");
}
