using Rfl.Domain.Common;
using Rfl.Domain.TracingRequests;

namespace Rfl.Domain.Watch;

/// <summary>A case at which the curious might want to look: a colleague is in it, or somebody whom everybody knows.</summary>
public interface IWatchedCaseEvent : IDomainEvent;

/// <param name="Account">The colleague's account, where the person has one here.</param>
[EventType("case-put-under-watch.v1")]
public sealed record CasePutUnderWatch(TracingRequestId TracingRequestId, WatchReason Reason, Guid? Account, Guid By) : IWatchedCaseEvent;

[EventType("case-watch-ended.v1")]
public sealed record CaseWatchEnded(Guid By) : IWatchedCaseEvent;

/// <summary>Something in the read log at which the data-protection officer should look.</summary>
public interface IAccessAlarmEvent : IDomainEvent;

/// <param name="Viewer">Who looked; null where a society asked.</param>
/// <param name="Record">The watched case.</param>
/// <param name="From">What was counted, from this instant on …</param>
/// <param name="Until">… and before this one.</param>
/// <param name="Count">Persons, refusals, reads or queries, as the kind has it.</param>
[EventType("access-alarm-raised.v1")]
public sealed record AccessAlarmRaised(
    AccessAlarmKind Kind, Guid? Viewer, string? Society, Guid? Record, DateTimeOffset From, DateTimeOffset Until, int Count) : IAccessAlarmEvent;

/// <param name="Subject">The note is sealed with a key of its own, since it may speak of anybody.</param>
[EventType("access-alarm-handled.v1")]
public sealed record AccessAlarmHandled(AccessAlarmOutcome Outcome, PersonId Subject, Personal<string> Note, Guid By) : IAccessAlarmEvent;
