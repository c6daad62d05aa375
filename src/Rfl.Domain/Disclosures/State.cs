using System.Collections.Immutable;
using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;

namespace Rfl.Domain.Disclosures;

/// <summary>What the circle knows about one sought person.</summary>
public abstract record Disclosure
{
    private Disclosure()
    {
    }

    public static Disclosure Initial { get; } = new NothingFound();

    /// <summary>No finding, or every finding was revoked.</summary>
    public sealed record NothingFound(ImmutableHashSet<Guid>? Revoked = null) : Disclosure;

    /// <summary>A person, or a death, was found. The latest finding counts; earlier ones are kept.</summary>
    public sealed record Found(FindingRecorded Finding, DateTimeOffset FoundAt) : Disclosure
    {
        public ImmutableDictionary<Guid, FindingRecorded> Findings { get; init; } = ImmutableDictionary<Guid, FindingRecorded>.Empty;

        public ImmutableDictionary<Guid, ContactAttempted> Attempts { get; init; } = ImmutableDictionary<Guid, ContactAttempted>.Empty;

        public IdentityVerified? Identity { get; init; }

        public SoughtPersonInformedOfSearch? Informed { get; init; }

        /// <summary>The latest choice, signed or not.</summary>
        public Choice? Choice { get; init; }

        /// <summary>
        /// The choice that two officers signed. A narrower one suspends it at once, before any signature: protecting needs no permission.
        /// </summary>
        public Choice? Effective { get; init; }

        /// <summary>Every choice as it was recorded: a repeated command is known by it, even after a later choice.</summary>
        public ImmutableDictionary<Guid, Choice> Choices { get; init; } = ImmutableDictionary<Guid, Choice>.Empty;

        /// <summary>The death whose news a supervisor signed off: that account, and no later one. A later finding of the person alive ends it.</summary>
        public SignedDeath? SignedDeath { get; init; }

        public Guid? DeathSignedOffBy => SignedDeath?.Supervisor;

        public ContactExchanged? Exchanged { get; init; }

        public ImmutableDictionary<DeadlineKey, PassedDeadline> PassedDeadlines { get; init; } = ImmutableDictionary<DeadlineKey, PassedDeadline>.Empty;

        /// <summary>Null also where it cannot be read: see <see cref="IsReadable"/>.</summary>
        public DisclosureChoice? InForce => Effective?.Kind;

        /// <summary>Whether what was found and everything that the person chose can be read. Nothing is decided, released or taken back on less.</summary>
        public bool IsReadable => Finding.Finding.IsReadable && Choices.Values.All(choice => choice.Decided.IsReadable);

        /// <summary>Whether the found person was erased.</summary>
        public bool IsErased => Finding.Finding.IsErased || Choices.Values.Any(choice => choice.Decided.IsErased);

        internal Found Chose(Choice choice) =>
            this with
            {
                Choice = choice,
                Choices = Choices.SetItem(choice.ChoiceId, choice),
                // One that cannot be read may be narrower.
                Effective = Effective is { } effective && !(choice.Kind <= effective.Kind) ? null : Effective,
            };

        internal Found Countersigned(Choice choice) => this with { Choice = choice, Effective = choice };
    }

    /// <exception cref="InvalidOperationException">The fact is impossible in this state.</exception>
    public static Disclosure Evolve(Disclosure state, IDisclosureEvent happened, DateTimeOffset at) => (state, happened) switch
    {
        (NothingFound, FindingRecorded finding) => new Found(finding, at) { Findings = ImmutableDictionary<Guid, FindingRecorded>.Empty.Add(finding.FindingId, finding) },
        (Found found, FindingRecorded finding) => found with
        {
            Finding = finding,
            Findings = found.Findings.SetItem(finding.FindingId, finding),
            SignedDeath = finding.Kind == FindingKind.Deceased ? found.SignedDeath : null,
        },
        (Found found, ContactAttempted attempt) => found with { Attempts = found.Attempts.SetItem(attempt.AttemptId, attempt) },
        (Found found, IdentityVerified verified) => found with { Identity = verified },
        (Found found, SoughtPersonInformedOfSearch informed) => found with { Informed = informed },
        (Found found, ChoiceRecorded chosen) => found.Chose(Disclosures.Choice.Of(chosen)),
        (Found { Choice: { } choice } found, ChildProtectionApprovalGiven approval) when choice.ChoiceId == approval.ChoiceId => found with { Choice = choice with { ApprovedBy = approval.ApprovedBy } },
        (Found { Choice: { } choice } found, DisclosureCountersigned signed) when choice.ChoiceId == signed.ChoiceId => found.Countersigned(choice with { CountersignedBy = signed.Officer }),
        (Found found, DisclosureConsentWithdrawn) => found with { Choice = null, Effective = null },
        (Found { Finding: { Kind: FindingKind.Deceased } finding } found, DeathNewsSignedOff signed) =>
            found with { SignedDeath = new SignedDeath(finding, signed.Supervisor) },
        (Found found, ContactExchanged exchanged) => found with { Exchanged = exchanged },
        (Found found, FindingRevoked revoked) => new NothingFound([.. found.Findings.Keys, revoked.FindingId]),
        (Found found, DisclosureDeadlinePassed passed) => found with { PassedDeadlines = found.PassedDeadlines.SetItem(passed.Deadline, new PassedDeadline(passed.Deadline, passed.DueAt, at)) },
        _ => throw new InvalidOperationException($"{happened.GetType().Name} cannot happen to a disclosure that is {state.GetType().Name}."),
    };
}

/// <summary>What of a death may be told, and who let it be told (rule 13).</summary>
public sealed record SignedDeath(FindingRecorded Finding, Guid Supervisor);

/// <summary>The found person's written choice and the signatures under it.</summary>
public sealed record Choice(
    Guid ChoiceId,
    Personal<DisclosureChoice> Decided,
    DateOnly SignedOn,
    Guid RecordedBy,
    Personal<string> Evidence,
    Personal<string>? Coordinates = null,
    Guid? ApprovedBy = null,
    Guid? CountersignedBy = null)
{
    /// <summary>Null where it cannot be read.</summary>
    public DisclosureChoice? Kind => Decided.IsReadable ? Decided.Value : null;

    public static Choice Of(ChoiceRecorded recorded) =>
        new(recorded.ChoiceId, recorded.Choice, recorded.SignedOn, recorded.RecordedBy, recorded.Evidence, recorded.Coordinates);
}
