using Rfl.Api.Casework;
using Rfl.Api.DataSubjects;
using Rfl.Api.Pipeline;
using Rfl.Domain.Common;
using Rfl.Domain.DataSubjects;
using Rfl.Domain.Policies;
using Rfl.Domain.RegisteredPersons;
using Rfl.Domain.Retentions;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.Jobs;

namespace Rfl.Api.Retentions;

/// <summary>The time of a record is over.</summary>
[AllowedForSystem]
public sealed record ProposeRetention(Guid RecordId, RetentionKind Kind, string? Reference, DateTimeOffset EndedAt) : ICommand;

/// <summary>A proposed record lives again, or the policy keeps it for longer.</summary>
[AllowedForSystem]
public sealed record DropRetention(Guid RecordId) : ICommand;

/// <summary>An approved record goes: what stays of it is anonymous, and its persons' keys are destroyed.</summary>
[AllowedForSystem]
public sealed record CarryOutRetention(Guid RecordId, RetentionKind Kind) : ICommand;

public sealed class RetentionHandler(Desk desk, RetentionRecords records, PersonErasing erasing)
    : ICommandHandler<ProposeRetention>, ICommandHandler<DropRetention>, ICommandHandler<CarryOutRetention>
{
    public Task<Outcome> Handle(ProposeRetention command, CancellationToken ct) => DecideAsync(command, command.RecordId, (state, work) =>
        RetentionDecider.Propose(
            state, new RetentionProposed(command.RecordId, command.Kind, command.Reference, command.EndedAt), work.Now, work.Policy), ct);

    public Task<Outcome> Handle(DropRetention command, CancellationToken ct) =>
        DecideAsync(command, command.RecordId, (state, _) => RetentionDecider.Drop(state), ct);

    /// <summary>
    /// First the record becomes anonymous, then its persons are erased, then the retention is noted as carried out. Each step is harmless to repeat, and the proposal
    /// stays open until the last, so that a crash in between is made good by the next run.
    /// </summary>
    public async Task<Outcome> Handle(CarryOutRetention command, CancellationToken ct)
    {
        var obstacle = (await records.PersonsAsync(command.RecordId, ct)).Obstacle;
        var anonymised = await desk.CarryOutAsync(command, Streams(command), work => Anonymise(command, obstacle, work), ct);
        if (anonymised is not Outcome.Done)
            return anonymised;
        // Read again: who came to stand in another record meanwhile stays.
        var persons = await records.PersonsAsync(command.RecordId, ct);
        foreach (var person in persons.Leaving)
        {
            var erased = await erasing.EraseAsync(
                new ErasePerson(person, ErasureGround.Retention), person, ErasureGround.Retention, request: null, again: null, ct);
            if (erased is not Outcome.Done)
                return erased;
        }

        return await DecideAsync(command, command.RecordId, (state, _) =>
            RetentionDecider.CarryOut(state, persons.Leaving.Count, persons.StandingElsewhere), ct);
    }

    private static Outcome Anonymise(CarryOutRetention command, RetentionObstacle? obstacle, Work work)
    {
        var state = work.State(StreamKinds.Retention, Retention.StreamOf(command.RecordId));
        if (RetentionDecider.Forbid(state, obstacle, IsAnonymous(command, work), work.Now, work.Policy) is { } refusal)
            return refusal;
        var refused = command.Kind switch
        {
            _ when command.Kind.IsRequest() => work.Record(
                StreamKinds.TracingRequest,
                command.RecordId,
                LifeDecider.Anonymise(work.State(StreamKinds.TracingRequest, command.RecordId), ((Retention.Existing)state).Proposal.EndedAt)),
            RetentionKind.LapsedRegistration => work.Record(
                StreamKinds.RegisteredPerson,
                command.RecordId,
                RegisteredPersonDecider.Anonymise(work.State(StreamKinds.RegisteredPerson, command.RecordId), work.Today)),
            // The question stays as a reference and an answer (docs/adr/0047).
            _ => null,
        };
        if (refused is not null)
            return refused;
        // Whoever followed the request by an account has none any more, also where they stand in another record and are not erased.
        work.AlsoSave(StaffAccount.DeleteOfEnquirer(command.RecordId));
        return new Outcome.Done(command.RecordId);
    }

    private static bool IsAnonymous(CarryOutRetention command, Work work) => command.Kind switch
    {
        _ when command.Kind.IsRequest() => work.State(StreamKinds.TracingRequest, command.RecordId) is TracingRequest.Anonymised,
        RetentionKind.LapsedRegistration => work.State(StreamKinds.RegisteredPerson, command.RecordId) is RegisteredPerson.Anonymised,
        _ => false,
    };

    private static IReadOnlyList<(Guid Id, string Type)> Streams(CarryOutRetention command)
    {
        var retention = (Retention.StreamOf(command.RecordId), StreamKinds.Retention.Name);
        return command.Kind switch
        {
            _ when command.Kind.IsRequest() => [retention, (command.RecordId, StreamKinds.TracingRequest.Name)],
            RetentionKind.LapsedRegistration => [retention, (command.RecordId, StreamKinds.RegisteredPerson.Name)],
            _ => [retention],
        };
    }

    private Task<Outcome> DecideAsync(ICommand command, Guid record, Func<Retention, Work, Decision<IRetentionEvent>> decide, CancellationToken ct)
    {
        var (id, kind) = (Retention.StreamOf(record), StreamKinds.Retention);
        return desk.CarryOutAsync(
            command, [(id, kind.Name)], work => work.Record(kind, id, decide(work.State(kind, id), work)) ?? new Outcome.Done(record), ct);
    }
}

/// <summary>
/// Proposes what is due under the policy in force, drops what lives again, and carries out what was approved or what the policy carries out by itself. One command an
/// item; one that fails stops no other and is tried again at the next run.
/// </summary>
public sealed partial class CarryingOutRetention(
    RetentionRecords records, PolicyReader policies, IServiceScopeFactory scopes, TimeProvider clock, ILogger<CarryingOutRetention> log) : IScheduledJob
{
    public const string JobName = "carrying-out-retention";

    public string Name => JobName;

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task RunAsync(JobProgress run, CancellationToken ct)
    {
        var (now, policy) = (clock.GetUtcNow(), await policies.ReadAsync(ct));
        foreach (var (kind, rule) in policy.Retention.Where(rule => rule.Key.HoldsPersons()).OrderBy(rule => rule.Key))
        {
            // What was proposed is no longer due: the first page is the next one.
            while (await records.DueAsync(kind, RetentionDecider.EndedBefore(rule, now), WorkingCalendar.DayOf(now), ct) is { Count: > 0 } ended)
            {
                var due = ended.Where(record => RetentionDecider.EndsAt(kind, record.EndedAt, policy) <= now).ToList();
                if (await SendAllAsync(due, record => new ProposeRetention(record.Id, kind, record.Reference, record.EndedAt), run, ct) == 0)
                    break;
            }

            // Days on which months differ in length are judged one by one.
            var endedAfter = RetentionDecider.EndedBefore(rule, now).AddDays(-4);
            await PageAsync(
                after => records.ProposedAsync(kind, endedAfter, after, ct),
                record => RetentionDecider.EndsAt(kind, record.EndedAt, policy) > now ? new DropRetention(record.Id) : null,
                run,
                ct);
        }

        await PageAsync(after => records.RevivedAsync(after, ct), record => new DropRetention(record.Id), run, ct);
        var automatic = policy.Retention.Where(rule => rule.Value.Automatic).Select(rule => rule.Key).ToList();
        await PageAsync(after => records.ApprovedAsync(automatic, after, ct), record => CarryOut(record, run), run, ct);
    }

    /// <returns>Null where it cannot be read of what kind the record is: nobody can say what has to go.</returns>
    private static CarryOutRetention? CarryOut(RetentionRecord record, JobProgress run)
    {
        if (record.Kind is { } kind)
            return new CarryOutRetention(record.Id, kind);
        run.Found();
        run.FailedWith("row-unreadable");
        return null;
    }

    private async Task PageAsync(
        Func<Guid, Task<IReadOnlyList<RetentionRecord>>> read, Func<RetentionRecord, ICommand?> command, JobProgress run, CancellationToken ct)
    {
        var last = Guid.Empty;
        while (await read(last) is { Count: > 0 } page)
        {
            await SendAllAsync(page, command, run, ct);
            last = page[^1].Id;
        }
    }

    /// <returns>How many succeeded.</returns>
    private async Task<int> SendAllAsync(IReadOnlyList<RetentionRecord> page, Func<RetentionRecord, ICommand?> command, JobProgress run, CancellationToken ct)
    {
        var done = 0;
        var commands = page.Select(record => (Record: record, Command: command(record))).Where(item => item.Command is not null).ToList();
        run.Found(commands.Count);
        foreach (var (record, item) in commands)
        {
            ct.ThrowIfCancellationRequested();
            // What an obstacle keeps is no failure.
            if (await scopes.TrySendAsServiceAsync(() => item!, run, ct, RetentionRefusals.Keeps) is { } error)
            {
                run.FailedWith(error);
                LogFailure(log, record.Kind.ToString() ?? "", record.Id, error);
                continue;
            }

            run.Succeeded();
            done++;
        }

        return done;
    }

    [LoggerMessage(LogLevel.Error, "The retention of a {Kind}, record {RecordId}, could not be carried on ({Error}); it is tried again later.")]
    private static partial void LogFailure(ILogger log, string kind, Guid recordId, string error);
}
