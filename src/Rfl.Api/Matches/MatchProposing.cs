using MediatR;
using Npgsql;
using Rfl.Api.Casework;
using Rfl.Api.DataSubjects;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Matches;
using Rfl.Domain.Matching;
using Rfl.Domain.People;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.Matches;

/// <summary>
/// Compares each person of the index with all others once their details are new or changed, and proposes what is likely. Which of them wait is kept in the index
/// itself, so that a crash loses nothing and a second run changes nothing.
/// </summary>
public sealed partial class MatchProposing(NpgsqlDataSource database, PersonalDataReader personalData, MatchIndex index, KeyEncryptionStatus keys, IServiceScopeFactory scopes, ILogger<MatchProposing> logger)
{
    /// <summary>Compares people who wait.</summary>
    /// <param name="record">Only those of this record, whether they wait or not; null for all who wait.</param>
    /// <returns>How many were compared.</returns>
    public async Task<int> RunAsync(Guid? record, int limit, CancellationToken ct)
    {
        // Whoever cannot be read now for want of the key goes on waiting for it.
        if (!keys.IsReady)
            return 0;
        var waiting = await WaitingAsync(record, limit, ct);
        foreach (var (side, sealedDetails, person) in waiting)
        {
            foreach (var proposal in person is null ? [] : await ProposalsAsync(side, person, ct))
            {
                try
                {
                    await ProposeAsync(proposal, ct);
                }
                catch (UnreadableEventException damaged)
                {
                    // One match that cannot be read must not keep all others from being found.
                    LogDamaged(damaged.Version, damaged.StreamId);
                }
            }

            await NoteAsync(side, sealedDetails, ct);
        }

        return waiting.Count;
    }

    [LoggerMessage(LogLevel.Error, "Record {Version} of match {Match} is damaged; nothing more is proposed for it.")]
    private partial void LogDamaged(long version, Guid match);

    private async Task<List<(MatchSide Side, byte[] Details, ComparedPerson? Person)>> WaitingAsync(Guid? record, int limit, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"""
            select m.record_id, m.person_id, m.role, m.details, {PersonKeyRing.Columns}
            from match_record m left join person_keys k on k.person_id = m.person_id and k.wrapped_key is not null
            where (($1::uuid is null and not m.compared) or m.record_id = $1) and {RestrictedPersons.NotRestricted}
            order by m.record_id, m.person_id limit $2
            """);
        command.Parameters.AddWithValue(NpgsqlTypes.NpgsqlDbType.Uuid, (object?)record ?? DBNull.Value);
        command.Parameters.AddWithValue(limit);
        var ring = personalData.NewRing();
        var rows = new List<(MatchSide Side, byte[] Details)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            rows.Add((
                new MatchSide(new PersonId(reader.GetGuid(1)), reader.GetGuid(0), Enum.Parse<MatchRole>(reader.GetString(2))), reader.GetFieldValue<byte[]>(3)));
            ring.Add(reader, 4);
        }

        return rows.ConvertAll(row => (
            row.Side,
            row.Details,
            ring.Open<PersonDetails>(row.Side.Person, row.Details).Value is { } details ? ComparedPerson.Of(details) : null));
    }

    private async Task<IEnumerable<ProposeMatch>> ProposalsAsync(MatchSide side, ComparedPerson person, CancellationToken ct)
    {
        MatchRole[] roles = side.Role == MatchRole.Sought ? [MatchRole.Sought, MatchRole.Enquirer, MatchRole.Registered] : [MatchRole.Sought];
        var found = await index.FindAsync(person, Viewer.System, roles, side.Record, MatchRules.Threshold, MatchRules.MostProposals, ct);
        return found.Where(candidate => MatchSide.MayMatch(side, candidate.Side)).Select(candidate => new ProposeMatch(side, candidate.Side, Evidence(candidate.Score)));
    }

    private static MatchEvidence Evidence(MatchScore score) => new(
        Math.Round(score.LogOdds, 3),
        MatchModel.Current.Version,
        score.ProbablySibling,
        score.Reasons.Select(reason => new MatchReason(reason.Field, reason.Agreement, Math.Round(reason.LogOdds, 3))).ToValueList());

    /// <summary>As the service itself, in a scope of its own: a proposal is nobody's act.</summary>
    private async Task ProposeAsync(ProposeMatch proposal, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentViewer>().ActAs(Viewer.System);
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(proposal, ct);
    }

    /// <summary>Unless the details changed meanwhile: then the person goes on waiting.</summary>
    private async Task NoteAsync(MatchSide side, byte[] details, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            "update match_record set compared = true where record_id = $1 and person_id = $2 and details = $3 and not compared");
        command.Parameters.AddWithValue(side.Record);
        command.Parameters.AddWithValue(side.Person.Value);
        command.Parameters.AddWithValue(details);
        await command.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>Keeps one match, or opens it again: only the service proposes.</summary>
[AllowedForSystem]
public sealed record ProposeMatch(MatchSide Asked, MatchSide Found, MatchEvidence Evidence) : ICommand;

public sealed class ProposeMatchHandler(Desk desk) : ICommandHandler<ProposeMatch>
{
    public Task<Outcome> Handle(ProposeMatch command, CancellationToken ct)
    {
        var (id, kind) = (MatchId.Of(command.Asked, command.Found).Value, StreamKinds.Match);
        return desk.CarryOutAsync(
            command,
            [(id, kind.Name)],
            work => work.Record(kind, id, MatchDecider.Propose(work.State(kind, id), command.Asked, command.Found, command.Evidence)) ?? new Outcome.Done(id),
            ct);
    }
}

/// <summary>Compares who waits, a moment after they were recorded. Several nodes may do the same work; it is kept once.</summary>
public sealed partial class MatchProposer(MatchProposing proposing, IConfiguration configuration, ILogger<MatchProposer> logger) : BackgroundService
{
    private static readonly TimeSpan pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan pauseAfterFailure = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Like the scheduled jobs, off where tests carry the work out themselves.
        if (!configuration.GetValue("Jobs:Enabled", true))
            return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await proposing.RunAsync(null, 100, stoppingToken) == 0)
                    await Task.Delay(pause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogFailure(exception.GetType().Name, (exception as PostgresException)?.SqlState);
                await Task.Delay(pauseAfterFailure, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    // No exception object: its message may quote what was compared.
    [LoggerMessage(LogLevel.Error, "Comparing people failed with {Error} (SQLSTATE {SqlState}); it waits and tries again.")]
    private partial void LogFailure(string error, string? sqlState);
}
