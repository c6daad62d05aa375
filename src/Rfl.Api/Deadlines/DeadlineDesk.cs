using System.Diagnostics.Metrics;
using Npgsql;
using Rfl.Api.Casework;
using Rfl.Api.Mail;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;

namespace Rfl.Api.Deadlines;

/// <summary>Who is told that a deadline fell which is no case's.</summary>
public sealed record RoleNotice(Role To, string What);

/// <summary>
/// Passes one deadline. Whether it is due is asked again here, under the policy in force and on the stream as it is now: what the query saw may be past. The
/// decider records each deadline once, so a second run, on this node or another, finds nothing to do.
/// </summary>
public sealed class DeadlineDesk(Desk desk, MailOutbox outbox)
{
    private static readonly Counter<long> passed =
        Telemetry.Meter.CreateCounter<long>("rfl.deadlines.passed", "{deadline}", "Deadlines that fell, by kind; never those of the disclosure circle.");

    /// <summary>A deadline of something that is no case: everybody of a role is told.</summary>
    public Task<Outcome> PassAsync<TState, TEvent>(
        ICommand command,
        StreamKind<TState, TEvent> kind,
        Guid stream,
        DeadlineKey deadline,
        Func<TState, IEnumerable<OpenDeadline>> open,
        Func<TState, DeadlineKey, DateTimeOffset, Decision<TEvent>> pass,
        RoleNotice told,
        CancellationToken ct)
        where TEvent : IDomainEvent => PassAsync(
            command, kind, stream, deadline, open, pass, (_, now) => outbox.Notice(stream, told.What, told.To, now), isCounted: true, ct);

    /// <param name="open">What the stream waits for.</param>
    /// <param name="pass">Decides that the deadline fell at this instant.</param>
    /// <param name="caseOf">The request whose caseworker is told; null where nobody outside the circle may be.</param>
    /// <param name="also">What follows from it in the same transaction, on <paramref name="related"/> streams.</param>
    public Task<Outcome> PassAsync<TState, TEvent>(
        ICommand command,
        StreamKind<TState, TEvent> kind,
        Guid stream,
        DeadlineKey deadline,
        Func<TState, IEnumerable<OpenDeadline>> open,
        Func<TState, DeadlineKey, DateTimeOffset, Decision<TEvent>> pass,
        Func<TState, Guid>? caseOf,
        CancellationToken ct,
        Func<Work, Outcome?>? also = null,
        Infrastructure.EventStore.RelatedStreams? related = null)
        where TEvent : IDomainEvent => PassAsync(
            command,
            kind,
            stream,
            deadline,
            open,
            pass,
            (state, now) => caseOf is null ? null : outbox.Notice(caseOf(state), deadline.Kind, now),
            isCounted: caseOf is not null,
            ct,
            also,
            related);

    private async Task<Outcome> PassAsync<TState, TEvent>(
        ICommand command,
        StreamKind<TState, TEvent> kind,
        Guid stream,
        DeadlineKey deadline,
        Func<TState, IEnumerable<OpenDeadline>> open,
        Func<TState, DeadlineKey, DateTimeOffset, Decision<TEvent>> pass,
        Func<TState, DateTimeOffset, NpgsqlBatchCommand?> notice,
        bool isCounted,
        CancellationToken ct,
        Func<Work, Outcome?>? also = null,
        Infrastructure.EventStore.RelatedStreams? related = null)
        where TEvent : IDomainEvent
    {
        var fell = false;
        var outcome = await desk.CarryOutAsync(command, [(stream, kind.Name)], Decide, ct, related);
        if (fell && outcome is Outcome.Done && isCounted)
            passed.Add(1, new KeyValuePair<string, object?>("rfl.kind", deadline.Kind.ToString()));
        return outcome;

        Outcome Decide(Work work)
        {
            fell = false;
            var state = work.State(kind, stream);
            if (open(state).FirstOrDefault(candidate => candidate.Key == deadline) is not { PassedAt: null } waiting
                || work.Policy.DueAt(waiting) is not { } dueAt || dueAt > work.Now)
            {
                return new Outcome.Done(stream);
            }

            if (work.Record(kind, stream, pass(state, deadline, dueAt)) is { } refused)
                return refused;
            if (also?.Invoke(work) is { } refusedToo)
                return refusedToo;
            if (notice(state, work.Now) is { } told)
                work.AlsoSave(told);
            fell = true;
            return new Outcome.Done(stream);
        }
    }
}
