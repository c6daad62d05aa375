using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;
using Rfl.Domain.TracingRequests;

namespace Rfl.Domain.BreakGlass;

/// <summary>
/// Looking at a case beyond one's own (handbook §8.4): for a stated reason, for a few hours, told to the supervisors at once and reviewed by one of them. It opens
/// reading only, never the disclosure circle.
/// </summary>
public interface IBreakGlassEvent : IDomainEvent;

/// <param name="Subject">A person of the case: what is written about the reason is sealed with their key.</param>
/// <param name="EndsAt">From this instant on the case is out of reach again.</param>
[EventType("break-glass-opened.v1")]
public sealed record BreakGlassOpened(
    TracingRequestId TracingRequestId, Guid OpenedBy, BreakGlassReason Reason, PersonId Subject, Personal<string> Explanation, DateTimeOffset EndsAt)
    : IBreakGlassEvent;

[EventType("break-glass-reviewed.v1")]
public sealed record BreakGlassReviewed(BreakGlassJudgement Judgement, Guid ReviewedBy, Personal<string> Note) : IBreakGlassEvent;

/// <summary>Nobody had reviewed it in time.</summary>
[EventType("break-glass-review-overdue.v1")]
public sealed record BreakGlassReviewOverdue(DeadlineKey Deadline, DateTimeOffset DueAt) : IBreakGlassEvent;
