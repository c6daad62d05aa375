using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;
using Rfl.Domain.TracingRequests;

namespace Rfl.Domain.Disclosures;

/// <summary>
/// From a finding to what may be told (rules 11–14): identity verified, the person informed, their written choice, two officers. What follows for the
/// request is decided by <see cref="Release"/>; nothing else ever tells the enquirer anything.
/// </summary>
public static class DisclosureDecider
{
    public static Decision<IDisclosureEvent> RecordFinding(Disclosure state, TracingRequest request, FindingRecorded finding, DateOnly today)
    {
        if (request is not TracingRequest.Started { File: { SubmittedAt: not null } file })
            return TracingRequestRefusals.NotSubmitted;
        if (file.Find(finding.SoughtPerson) is null)
            return TracingRequestRefusals.SoughtPersonUnknown;
        if (finding.FoundOn > today)
            return TracingRequestRefusals.DateInFuture;
        if (finding.Kind == FindingKind.Deceased && string.IsNullOrWhiteSpace(finding.ConfirmingAuthority?.Value))
            return DisclosureRefusals.ConfirmingAuthorityMissing;
        return state switch
        {
            Disclosure.Found found when found.Findings.TryGetValue(finding.FindingId, out var known) =>
                known == finding ? Decision.Unchanged : TracingRequestRefusals.AlreadyRecordedDifferently,
            Disclosure.NothingFound { Revoked: { } revoked } when revoked.Contains(finding.FindingId) => Decision.Unchanged,
            _ => finding,
        };
    }

    public static Decision<IDisclosureEvent> RevokeFinding(Disclosure state, Guid findingId, Guid officer, string reason) => state switch
    {
        Disclosure.Found found when found.Finding.FindingId != findingId => DisclosureRefusals.NothingFound,
        Disclosure.Found { InForce: DisclosureChoice.Coordinates or DisclosureChoice.AliveOnly } => DisclosureRefusals.AlreadyReleased,
        Disclosure.Found { DeathSignedOffBy: not null } => DisclosureRefusals.AlreadyReleased,
        Disclosure.Found found => new FindingRevoked(found.Finding.FindingId, officer, Personal.Of(found.Finding.SoughtPerson, reason)),
        _ => Decision.Unchanged,
    };

    public static Decision<IDisclosureEvent> AttemptContact(Disclosure state, Guid id, ContactChannel channel, DateOnly on, string? note, DateOnly today)
    {
        if (state is not Disclosure.Found found)
            return DisclosureRefusals.NothingFound;
        if (on > today)
            return TracingRequestRefusals.DateInFuture;
        var attempt = new ContactAttempted(id, channel, on, note is null ? null : Personal.Of(found.Finding.SoughtPerson, note));
        if (found.Attempts.TryGetValue(id, out var known))
            return known == attempt ? Decision.Unchanged : TracingRequestRefusals.AlreadyRecordedDifferently;
        return attempt;
    }

    public static Decision<IDisclosureEvent> VerifyIdentity(Disclosure state, DateOnly on, string how, DateOnly today)
    {
        if (state is not Disclosure.Found found)
            return DisclosureRefusals.NothingFound;
        if (on > today)
            return TracingRequestRefusals.DateInFuture;
        var verified = new IdentityVerified(on, Personal.Of(found.Finding.SoughtPerson, how));
        return found.Identity == verified ? Decision.Unchanged : verified;
    }

    /// <summary>A child is told first, and accompanied (rule 14).</summary>
    public static Decision<IDisclosureEvent> Inform(
        Disclosure state, DateOnly on, string language, bool throughInterpreter, string? accompaniedBy, DateOnly today)
    {
        if (state is not Disclosure.Found found || found.Finding.Kind == FindingKind.Deceased)
            return DisclosureRefusals.NothingFound;
        if (found.Identity is null)
            return DisclosureRefusals.IdentityNotVerified;
        if (on > today)
            return TracingRequestRefusals.DateInFuture;
        if (found.Finding.ConcernsMinor && string.IsNullOrWhiteSpace(accompaniedBy))
            return DisclosureRefusals.ChildNotAccompanied;
        var informed = new SoughtPersonInformedOfSearch(
            on, language, throughInterpreter, accompaniedBy is null ? null : Personal.Of(found.Finding.SoughtPerson, accompaniedBy));
        return found.Informed == informed ? Decision.Unchanged : informed;
    }

    /// <summary>The choice is made in writing by the person, informed, identified; it can be changed at any time (rule 11).</summary>
    public static Decision<IDisclosureEvent> RecordChoice(
        Disclosure state, Guid choiceId, DisclosureChoice choice, DateOnly signedOn, Guid officer, string? coordinates, string evidence, DateOnly today)
    {
        if (state is not Disclosure.Found found)
            return DisclosureRefusals.NothingFound;
        var person = found.Finding.SoughtPerson;
        var proof = Personal.Of(person, evidence);
        var passedOn = choice == DisclosureChoice.Coordinates && coordinates is not null ? Personal.Of(person, coordinates) : null;
        var recorded = new ChoiceRecorded(choiceId, signedOn, officer, Personal.Of(person, choice), passedOn, proof);
        if (found.Choices.TryGetValue(choiceId, out var known))
        {
            return known == Choice.Of(recorded)
                ? Decision.Unchanged
                : TracingRequestRefusals.AlreadyRecordedDifferently;
        }

        if (found.Finding.Kind == FindingKind.Deceased)
            return DisclosureRefusals.NothingFound;
        if (found.Identity is null)
            return DisclosureRefusals.IdentityNotVerified;
        if (found.Informed is null)
            return DisclosureRefusals.PersonNotInformed;
        if (signedOn > today)
            return TracingRequestRefusals.DateInFuture;
        if (choice == DisclosureChoice.Coordinates && string.IsNullOrWhiteSpace(coordinates))
            return DisclosureRefusals.CoordinatesMissing;
        return recorded;
    }

    public static Decision<IDisclosureEvent> ApproveForChild(Disclosure state, Guid choiceId, Guid focalPoint) => state switch
    {
        Disclosure.Found { Choice: { } choice } when choice.ChoiceId == choiceId =>
            choice.ApprovedBy is not null ? Decision.Unchanged : new ChildProtectionApprovalGiven(choiceId, focalPoint),
        _ => DisclosureRefusals.ChoiceUnknown,
    };

    /// <summary>Always two officers: whoever recorded the choice cannot sign it again (handbook §9).</summary>
    public static Decision<IDisclosureEvent> Countersign(Disclosure state, Guid choiceId, Guid officer)
    {
        if (state is not Disclosure.Found { Choice: { } choice } found || choice.ChoiceId != choiceId)
            return DisclosureRefusals.ChoiceUnknown;
        if (choice.CountersignedBy is not null)
            return choice.CountersignedBy == officer ? Decision.Unchanged : DisclosureRefusals.AlreadyCountersigned;
        if (choice.RecordedBy == officer)
            return DisclosureRefusals.SecondOfficerNeeded;
        if (found.Finding.Kind == FindingKind.Deceased)
            return DisclosureRefusals.DeathReported;
        if (found.Finding.ConcernsMinor && choice is { ApprovedBy: null, Kind: not DisclosureChoice.Nothing })
            return DisclosureRefusals.ChildProtectionApprovalMissing;
        return new DisclosureCountersigned(choiceId, officer);
    }

    public static Decision<IDisclosureEvent> WithdrawConsent(Disclosure state, DateOnly on, Guid officer) => state switch
    {
        Disclosure.Found { Choice: { Kind: not DisclosureChoice.Nothing } } => new DisclosureConsentWithdrawn(on, officer),
        Disclosure.Found => Decision.Unchanged,
        _ => DisclosureRefusals.NothingFound,
    };

    public static Decision<IDisclosureEvent> SignOffDeathNews(Disclosure state, Guid supervisor) => state switch
    {
        Disclosure.Found { SignedDeath.Finding: var signed, Finding: var finding } when signed == finding => Decision.Unchanged,
        Disclosure.Found { Finding.Kind: FindingKind.Deceased } found =>
            found.Finding.ReportedBy == supervisor ? DisclosureRefusals.SecondOfficerNeeded : new DeathNewsSignedOff(supervisor),
        _ => DisclosureRefusals.NoDeathFound,
    };

    public static Decision<IDisclosureEvent> ExchangeContact(Disclosure state, DateOnly on) => state switch
    {
        Disclosure.Found { Exchanged: not null } => Decision.Unchanged,
        Disclosure.Found { InForce: DisclosureChoice.Coordinates } => new ContactExchanged(on),
        _ => DisclosureRefusals.NotReleased,
    };

    public static Decision<IDisclosureEvent> PassDeadline(Disclosure state, DeadlineKey deadline, DateTimeOffset dueAt) =>
        DisclosureDeadlines.Of(state).Any(open => open.Key == deadline && open.PassedAt is null)
            ? new DisclosureDeadlinePassed(deadline, dueAt)
            : Decision.Unchanged;

    /// <summary>
    /// What the request's stream may learn from the disclosure as it now stands: a location, a death, a retraction, or nothing. Under a refusal, as long as two
    /// signatures are not there, and where a choice cannot be read, it is nothing.
    /// </summary>
    public static Decision<ITracingRequestEvent> Release(Disclosure state, TracingRequest request, PersonId soughtPerson) => state switch
    {
        Disclosure.Found { IsReadable: false } => Decision.Unchanged,
        // The latest finding counts: a death signed off after the person had agreed is told instead of the place where they lived (rule 13).
        Disclosure.Found { SignedDeath.Finding: { Finding.Value: { } account } finding } =>
            LifeDecider.ReleaseFate(request, soughtPerson, finding.ConfirmingAuthority!, new DeathNews(account.DiedOn, account.Burial)),
        Disclosure.Found { Effective: { Kind: DisclosureChoice.Coordinates } choice } =>
            LifeDecider.ReleaseLocation(request, soughtPerson, DisclosedExtent.Coordinates, choice.Coordinates?.Value),
        Disclosure.Found { InForce: DisclosureChoice.AliveOnly } =>
            LifeDecider.ReleaseLocation(request, soughtPerson, DisclosedExtent.AliveOnly, null),
        _ => LifeDecider.Retract(request, soughtPerson),
    };
}
