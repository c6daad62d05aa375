using System.Collections.Immutable;
using Rfl.Domain.Deadlines;

namespace Rfl.Domain.PartnerSearches;

/// <summary>Where a search asked of a partner stands.</summary>
public abstract record PartnerSearch
{
    private PartnerSearch()
    {
    }

    public static PartnerSearch Initial { get; } = new NotPrepared();

    public sealed record NotPrepared : PartnerSearch;

    public abstract record Existing(PartnerSearchFile File) : PartnerSearch;

    public sealed record Prepared(PartnerSearchFile File, DateTimeOffset PreparedAt) : Existing(File);

    /// <param name="Answer">The partner's final answer, when it gave one that may stand here.</param>
    public sealed record Transmitted(
        PartnerSearchFile File, DateTimeOffset TransmittedAt, bool Acknowledged = false, PartnerAnswer? Answer = null, bool Escalated = false) : Existing(File)
    {
        public bool IsWaiting => Answer is null or PartnerAnswer.AsksForDetails;
    }

    public sealed record Recalled(PartnerSearchFile File, bool WasTransmitted) : Existing(File);

    /// <exception cref="InvalidOperationException">The fact is impossible in this state.</exception>
    public static PartnerSearch Evolve(PartnerSearch state, IPartnerSearchEvent happened, DateTimeOffset at) => (state, happened) switch
    {
        (NotPrepared, TransmissionPrepared prepared) => new Prepared(new PartnerSearchFile(prepared), at),
        (Prepared prepared, TransmittedToPartner transmitted) =>
            new Transmitted(prepared.File with { Sent = transmitted }, at),
        (Transmitted transmitted, ReceiptAcknowledged) => transmitted with { Acknowledged = true },
        (Transmitted transmitted, PartnerResponseReceived response) => transmitted with
        {
            Acknowledged = true,
            Answer = response.Answer,
            File = transmitted.File with { Responses = transmitted.File.Responses.Add(response.ResponseId, response) },
        },
        (Transmitted transmitted, DetailsProvidedToPartner provided) => transmitted with
        {
            File = transmitted.File with { Provided = transmitted.File.Provided.SetItem(provided.ResponseId, provided) },
        },
        (Existing existing, ReminderSent reminder) => existing with { File = existing.File.Passed(reminder.Deadline, reminder.DueAt, at) },
        (Existing existing, TransmissionOverdue overdue) => existing with { File = existing.File.Passed(overdue.Deadline, overdue.DueAt, at) },
        (Transmitted transmitted, EscalatedToCentralTracingAgency escalated) =>
            transmitted with { Escalated = true, File = transmitted.File.Passed(escalated.Deadline, escalated.DueAt, at) },
        (Existing existing, TransmissionRecalled) => new Recalled(existing.File, existing is Transmitted),
        _ => throw new InvalidOperationException($"{happened.GetType().Name} cannot happen to a partner search that is {state.GetType().Name}."),
    };
}

/// <summary>What decisions about a partner search need to remember.</summary>
public sealed record PartnerSearchFile(TransmissionPrepared Preparation)
{
    public TransmittedToPartner? Sent { get; init; }

    public ImmutableDictionary<Guid, PartnerResponseReceived> Responses { get; init; } = ImmutableDictionary<Guid, PartnerResponseReceived>.Empty;

    public ImmutableDictionary<Guid, DetailsProvidedToPartner> Provided { get; init; } = ImmutableDictionary<Guid, DetailsProvidedToPartner>.Empty;

    public ImmutableDictionary<DeadlineKey, PassedDeadline> PassedDeadlines { get; init; } = ImmutableDictionary<DeadlineKey, PassedDeadline>.Empty;

    internal PartnerSearchFile Passed(DeadlineKey deadline, DateTimeOffset dueAt, DateTimeOffset at) =>
        this with { PassedDeadlines = PassedDeadlines.SetItem(deadline, new PassedDeadline(deadline, dueAt, at)) };
}
