using Rfl.Api.Casework;
using Rfl.Api.DataSubjects;
using Rfl.Api.PartnerSearches;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.People;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

/// <summary>Whether a command judges what the caller saw: changes and decisions do; a fact that is only added does not.</summary>
public enum VersionRule
{
    NotNeeded,
    Required,
}

/// <summary>Commands on one request: load, check the reach, decide, append.</summary>
public sealed class TracingRequestDesk(Desk desk, Suppression suppression)
{
    public Task<Outcome> DecideAsync(
        ICommand command,
        TracingRequestId id,
        VersionRule rule,
        Func<TracingRequest, Work, Decision<ITracingRequestEvent>> decide,
        CancellationToken ct) =>
        desk.CarryOutAsync(command, [(id.Value, StreamKinds.TracingRequest.Name)], work => Decide(command, id, rule, decide, work), ct);

    /// <summary>As <see cref="DecideAsync"/>, of a command that puts down somebody's sheet: before anything is decided, whoever it names beside them has an id.</summary>
    /// <param name="described">Whom the sheet is about.</param>
    /// <param name="before">The sheet that it replaces; null where there is none.</param>
    /// <param name="decide">Of the sheet with ids.</param>
    public Task<Outcome> DecideOnSheetAsync<T>(
        ICommand command,
        TracingRequestId id,
        PersonId described,
        T sheet,
        Func<CaseFile, T?> before,
        Func<TracingRequest, Work, T, Decision<ITracingRequestEvent>> decide,
        CancellationToken ct)
        where T : class, ISheet
    {
        var erased = suppression.LookOnSheet(described, sheet);
        return desk.CarryOutAsync(
            command, [(id.Value, StreamKinds.TracingRequest.Name)], work => Decide(command, id, VersionRule.Required, Named, work), ct, along: erased is null ? [] : [erased]);

        Decision<ITracingRequestEvent> Named(TracingRequest request, Work work) =>
            OthersNamed.On(sheet, request is TracingRequest.Started { File: var file } ? before(file) : null, erased, out var named) is { } refusal
                ? refusal
                : decide(request, work, named);
    }

    /// <summary>As <see cref="DecideAsync"/>; when it changes anything, all that partners were asked is recalled with it.</summary>
    public Task<Outcome> DecideAndRecallAsync(
        ICommand command,
        TracingRequestId id,
        VersionRule rule,
        Func<TracingRequest, Work, Decision<ITracingRequestEvent>> decide,
        RecallReason reason,
        CancellationToken ct) => DecideAndRecallAsync(command, id, rule, decide, work => Recalls.RecordAll(work, id, reason), ct);

    /// <summary>As <see cref="DecideAsync"/>; what was prepared or sent and may not be with others any longer is recalled with it.</summary>
    /// <param name="withdrawn">A consent that the command takes back.</param>
    public Task<Outcome> DecideAndRecallForbiddenAsync(
        ICommand command,
        TracingRequestId id,
        VersionRule rule,
        Func<TracingRequest, Work, Decision<ITracingRequestEvent>> decide,
        RecallReason reason,
        CancellationToken ct,
        Guid? withdrawn = null) => DecideAndRecallAsync(command, id, rule, decide, work => Recalls.RecordForbidden(work, id, reason, withdrawn), ct);

    private Task<Outcome> DecideAndRecallAsync(
        ICommand command,
        TracingRequestId id,
        VersionRule rule,
        Func<TracingRequest, Work, Decision<ITracingRequestEvent>> decide,
        Func<Work, Outcome?> recall,
        CancellationToken ct) => desk.CarryOutAsync(
            command,
            [(id.Value, StreamKinds.TracingRequest.Name)],
            work =>
            {
                var outcome = Decide(command, id, rule, decide, work);
                if (outcome is not Outcome.Done done || !work.HasEvents)
                    return outcome;
                // A recalled inquiry is a further fact of the request.
                return recall(work) ?? (done.Version is null ? done : done with { Version = work.VersionOf(id.Value) });
            },
            ct,
            Recalls.SearchesFor(id));

    private static Outcome Decide(
        ICommand command, TracingRequestId id, VersionRule rule, Func<TracingRequest, Work, Decision<ITracingRequestEvent>> decide, Work work)
    {
        var request = work.State(StreamKinds.TracingRequest, id.Value);
        if (!Reach.Covers(command, work.Viewer, request))
            return RepeatedByVolunteer(request, id, decide, work);
        if (work.Record(StreamKinds.TracingRequest, id.Value, decide(request, work)) is { } refused)
            return refused;
        if (rule == VersionRule.Required && work.Judge(id.Value) is { } stale)
            return stale;
        return new Outcome.Done(id.Value, work.VersionOf(id.Value));
    }

    /// <summary>A volunteer loses sight of a request by submitting it; repeating what was done before still gets its success.</summary>
    private static Outcome RepeatedByVolunteer(
        TracingRequest request, TracingRequestId id, Func<TracingRequest, Work, Decision<ITracingRequestEvent>> decide, Work work) =>
        CaseAccess.KnowsStage(work.Viewer, request) && decide(request, work) is Decision<ITracingRequestEvent>.Unchanged
            ? new Outcome.Done(id.Value)
            : new Outcome.NotFound();
}

/// <summary>Authorisation where data is loaded: within the roles for which the message is meant, does the viewer's reach cover this request?</summary>
public static class Reach
{
    public static bool Covers(object message, Viewer viewer, TracingRequest request) => Ground(message, viewer, request) is not null;

    /// <summary>On which ground it does; null where it does not.</summary>
    /// <param name="brokeGlass">Whether the viewer opened this case for reading, with a reason.</param>
    public static ReadGround? Ground(object message, Viewer viewer, TracingRequest request, bool brokeGlass = false) =>
        CaseAccess.Ground(viewer, request, PermissionAttribute.Of(message.GetType()) is AllowedForAttribute allowed ? [.. allowed.Roles] : [], brokeGlass && OpenToBreakGlassAttribute.Is(message));
}
