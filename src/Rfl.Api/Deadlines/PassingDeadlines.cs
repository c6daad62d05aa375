using Rfl.Api.PartnerSearches;
using Rfl.Api.Pipeline;
using Rfl.Domain.Common;
using Rfl.Domain.DataSubjectRequests;
using Rfl.Domain.Deadlines;
using Rfl.Domain.Disclosures;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.Deadlines;

/// <summary>
/// A deadline of a request fell (handbook §6); an unreachable enquirer suspends the case with it, two years without a lead make it dormant, and what left on a
/// consent that ran out is recalled.
/// </summary>
[AllowedForSystem]
public sealed record PassTracingRequestDeadline(TracingRequestId TracingRequestId, DeadlineKey Deadline) : ICommand;

public sealed class PassTracingRequestDeadlineHandler(DeadlineDesk desk) : ICommandHandler<PassTracingRequestDeadline>
{
    public Task<Outcome> Handle(PassTracingRequestDeadline command, CancellationToken ct)
    {
        var (id, endsConsent) = (command.TracingRequestId, command.Deadline.Kind == DeadlineKind.ConsentExpiry);
        return desk.PassAsync(
            command,
            StreamKinds.TracingRequest,
            id.Value,
            command.Deadline,
            TracingRequestDeadlines.Of,
            LifeDecider.PassDeadline,
            _ => id.Value,
            ct,
            endsConsent ? work => Recalls.RecordForbidden(work, id, RecallReason.ConsentExpired, Guid.Parse(command.Deadline.Subject)) : null,
            endsConsent ? Recalls.SearchesFor(id) : null);
    }
}

/// <summary>A deadline of a partner search fell: a reminder, or the escalation to the Central Tracing Agency.</summary>
[AllowedForSystem]
public sealed record PassPartnerSearchDeadline(PartnerSearchId PartnerSearchId, DeadlineKey Deadline) : ICommand;

public sealed class PassPartnerSearchDeadlineHandler(DeadlineDesk desk) : ICommandHandler<PassPartnerSearchDeadline>
{
    public Task<Outcome> Handle(PassPartnerSearchDeadline command, CancellationToken ct) => desk.PassAsync(
        command,
        StreamKinds.PartnerSearch,
        command.PartnerSearchId.Value,
        command.Deadline,
        PartnerSearchDeadlines.Of,
        PartnerSearchDecider.PassDeadline,
        state => ((PartnerSearch.Existing)state).File.Preparation.TracingRequestId.Value,
        ct);
}

/// <summary>A deadline inside the circle fell. Nobody outside learns of it: no notice, no figure, no line in the log.</summary>
[AllowedForSystem]
[Discreet]
public sealed record PassDisclosureDeadline(DisclosureId DisclosureId, DeadlineKey Deadline) : ICommand;

public sealed class PassDisclosureDeadlineHandler(DeadlineDesk desk) : ICommandHandler<PassDisclosureDeadline>
{
    public Task<Outcome> Handle(PassDisclosureDeadline command, CancellationToken ct) => desk.PassAsync(
        command,
        StreamKinds.Disclosure,
        command.DisclosureId.Value,
        command.Deadline,
        DisclosureDeadlines.Of,
        DisclosureDecider.PassDeadline,
        caseOf: null,
        ct);
}

/// <summary>The legal deadline of a data subject's request fell: it is escalated to the data-protection officer.</summary>
[AllowedForSystem]
public sealed record PassDataSubjectRequestDeadline(DataSubjectRequestId DataSubjectRequestId, DeadlineKey Deadline) : ICommand;

public sealed class PassDataSubjectRequestDeadlineHandler(DeadlineDesk desk) : ICommandHandler<PassDataSubjectRequestDeadline>
{
    public Task<Outcome> Handle(PassDataSubjectRequestDeadline command, CancellationToken ct) => desk.PassAsync(
        command,
        StreamKinds.DataSubjectRequest,
        command.DataSubjectRequestId.Value,
        command.Deadline,
        DataSubjectRequestDeadlines.Of,
        DataSubjectRequestDecider.PassDeadline,
        _ => command.DataSubjectRequestId.Value,
        ct);
}
