using Rfl.Api.Casework;
using Rfl.Api.Pipeline;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.DataSubjects;
using Rfl.Domain.Disclosures;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.Disclosures;

/// <summary>A command inside the disclosure circle.</summary>
public interface ICircleCommand : ICommand
{
    TracingRequestId TracingRequestId { get; }

    PersonId PersonId { get; }
}

/// <summary>
/// Commands on a disclosure. What the request may learn from it is decided after each one and written in the same transaction: a release, a retraction or, most
/// of the time and always under a refusal, nothing at all.
/// </summary>
public sealed class DisclosureDesk(Desk desk, DisclosureIds ids)
{
    public Task<Outcome> DecideAsync(
        ICircleCommand command, VersionRule rule, Func<Disclosure, Work, Decision<IDisclosureEvent>> decide, CancellationToken ct)
    {
        var id = ids.Of(command.TracingRequestId, command.PersonId).Value;
        return desk.CarryOutAsync(
            command, Streams(command.TracingRequestId, id), work => Decide(command, id, rule, decide, work), ct, persons: [command.PersonId]);
    }

    internal static IReadOnlyList<(Guid Id, string Type)> Streams(TracingRequestId request, Guid disclosure) =>
        [(disclosure, StreamKinds.Disclosure.Name), (request.Value, StreamKinds.TracingRequest.Name)];

    private static Outcome Decide(
        ICircleCommand command, Guid id, VersionRule rule, Func<Disclosure, Work, Decision<IDisclosureEvent>> decide, Work work)
    {
        var disclosure = work.State(StreamKinds.Disclosure, id);
        var roles = ((AllowedForAttribute)PermissionAttribute.Of(command.GetType())).Roles;
        if (!CircleAccess.Reaches(work.Viewer, disclosure, [.. roles]))
            return new Outcome.NotFound();
        if (disclosure is Disclosure.Found { IsReadable: false } found)
            return found.IsErased ? DataSubjectRefusals.PersonErased : DisclosureRefusals.RecordUnreadable;
        if (work.Record(StreamKinds.Disclosure, id, decide(disclosure, work)) is { } refused)
            return refused;
        if (rule == VersionRule.Required && work.Judge(id) is { } stale)
            return stale;
        var request = work.State(StreamKinds.TracingRequest, command.TracingRequestId.Value);
        var release = DisclosureDecider.Release(work.State(StreamKinds.Disclosure, id), request, command.PersonId);
        return work.Record(StreamKinds.TracingRequest, command.TracingRequestId.Value, release) ?? new Outcome.Done(id, work.VersionOf(id));
    }
}
