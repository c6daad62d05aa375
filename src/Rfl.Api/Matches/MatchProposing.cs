using Npgsql;
using Rfl.Api.Casework;
using Rfl.Api.DataSubjects;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Matches;
using Rfl.Domain.Matching;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.Matches;

/// <summary>
/// Compares each person of the index with all others once their details are new or changed, or the model is another, and proposes what is likely. Who waits is
/// kept in the index itself, so that a crash loses nothing and a second run changes nothing.
/// </summary>
public sealed partial class MatchProposing(
    NpgsqlDataSource database,
    PersonalDataReader personalData,
    MatchIndex index,
    KeyEncryptionStatus keys,
    IServiceScopeFactory scopes,
    UnreadableRows unreadable,
    ILogger<MatchProposing> logger)
{
    /// <summary>People whose details are new or changed.</summary>
    public const string New = "m.compared_by is null";

    /// <summary>Those too who were compared by another model.</summary>
    public const string NewOrByAnotherModel = "m.compared_by is distinct from $3";

    /// <summary>All people of one record, whether they wait or not.</summary>
    private const string OfRecord = "m.record_id = $1";

    /// <summary>Compares people who wait.</summary>
    /// <param name="who"><see cref="New"/> or <see cref="NewOrByAnotherModel"/>.</param>
    /// <returns>How many were compared.</returns>
    public Task<int> RunAsync(int limit, CancellationToken ct, string who = New) => RunAsync(who, null, limit, ct);

    /// <summary>Compares the people of a record now.</summary>
    public Task<int> RunForAsync(Guid record, CancellationToken ct) => RunAsync(OfRecord, record, 100, ct);

    private async Task<int> RunAsync(string who, Guid? record, int limit, CancellationToken ct)
    {
        // Whoever cannot be read now for want of the key goes on waiting for it.
        if (!keys.IsReady)
            return 0;
        var waiting = await WaitingAsync(who, record, limit, ct);
        foreach (var (inRecord, person, side, sealedDetails, form) in waiting)
        {
            foreach (var proposal in side is null || form is null ? [] : await ProposalsAsync(side, form, ct))
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

            await NoteAsync(inRecord, person, sealedDetails, ct);
        }

        return waiting.Count;
    }

    [LoggerMessage(LogLevel.Error, "Record {Version} of match {Match} is damaged; nothing more is proposed for it.")]
    private partial void LogDamaged(long version, Guid match);

    /// <returns>Without a side where it cannot be read whether the person is sought or seeks: they are compared with nobody, and wait no longer.</returns>
    private async Task<List<(Guid Record, PersonId Person, MatchSide? Side, byte[] Details, MatchForm? Form)>> WaitingAsync(string who, Guid? record, int limit, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"""
            select m.record_id, m.person_id, m.role, m.details, {PersonKeyRing.Columns}, {RestrictedPersons.OfRecord("m")}
            from match_record m left join person_keys k on k.person_id = m.person_id and k.wrapped_key is not null
            where ($1::uuid is null or m.record_id = $1) and ($3::text is not null and {who}) and {RestrictedPersons.NotRestricted}
            order by m.record_id, m.person_id limit $2
            """);
        command.Parameters.AddWithValue(NpgsqlTypes.NpgsqlDbType.Uuid, (object?)record ?? DBNull.Value);
        command.Parameters.AddWithValue(limit);
        command.Parameters.AddWithValue(MatchModel.Current.Version);
        var ring = personalData.NewRing();
        var rows = new List<(Guid Record, PersonId Person, MatchRole? Role, byte[] Details, Guid[] Restricted)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            rows.Add((
                reader.GetGuid(0),
                new PersonId(reader.GetGuid(1)),
                unreadable.Row(reader, "match_record", reader.GetGuid(0)).Word<MatchRole>("role", 2),
                reader.GetFieldValue<byte[]>(3),
                RestrictedPersons.Of(reader, 8)));
            ring.Add(reader, 4);
        }

        return rows.ConvertAll(row => (
            row.Record,
            row.Person,
            row.Role is { } role ? new MatchSide(row.Person, row.Record, role) : null,
            row.Details,
            ring.Open<MatchForm>(row.Person, row.Details).Value?.Without(row.Restricted)));
    }

    private async Task<IEnumerable<ProposeMatch>> ProposalsAsync(MatchSide side, MatchForm form, CancellationToken ct)
    {
        MatchRole[] roles = side.Role == MatchRole.Sought ? [MatchRole.Sought, MatchRole.Enquirer, MatchRole.Registered] : [MatchRole.Sought];
        var found = await index.FindAsync(form, Viewer.System, roles, side.Record, MatchRules.Threshold, MatchRules.MostProposals, ct, MatchIndex.MostOpenedInBackground);
        var proposals = found.Where(candidate => MatchSide.MayMatch(side, candidate.Side)).Select(candidate => new ProposeMatch(side, candidate.Side, EvidenceOf(candidate.Score)));
        if (side.Role == MatchRole.Sought)
            return proposals;
        var wanted = new List<ProposeMatch>();
        foreach (var proposal in proposals)
        {
            if (!await HasEnoughAsync(proposal, ct))
                wanted.Add(proposal);
        }

        return wanted;
    }

    /// <summary>Whether a sought person waits for a decision on as many others who are as likely: a list of people may be about one name.</summary>
    private async Task<bool> HasEnoughAsync(ProposeMatch proposal, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select count(*) >= $4 and not exists (select from match_row where id = $5) from match_row
            where state = 'Proposed' and log_odds >= $3
                and ((first_record = $1 and first_person = $2) or (second_record = $1 and second_person = $2))
            """);
        command.Parameters.AddWithValue(proposal.Found.Record);
        command.Parameters.AddWithValue(proposal.Found.Person.Value);
        command.Parameters.AddWithValue(proposal.Evidence.LogOdds);
        command.Parameters.AddWithValue((long)MatchRules.MostProposals);
        command.Parameters.AddWithValue(MatchId.Of(proposal.Asked, proposal.Found).Value);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    internal static MatchEvidence EvidenceOf(MatchScore score) => new(
        Math.Round(score.LogOdds, 3),
        MatchModel.Current.Version,
        score.ProbablySibling,
        score.Reasons.Select(reason => new MatchReason(reason.Field, reason.Agreement, Math.Round(reason.LogOdds, 3))).ToValueList());

    /// <summary>A proposal is nobody's act.</summary>
    internal Task ProposeAsync(ProposeMatch proposal, CancellationToken ct) => scopes.SendAsServiceAsync(proposal, correlation: null, ct);

    /// <summary>Unless the details changed meanwhile: then the person goes on waiting.</summary>
    private async Task NoteAsync(Guid record, PersonId person, byte[] details, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            "update match_record set compared_by = $4 where record_id = $1 and person_id = $2 and details = $3 and compared_by is distinct from $4");
        command.Parameters.AddWithValue(record);
        command.Parameters.AddWithValue(person.Value);
        command.Parameters.AddWithValue(details);
        command.Parameters.AddWithValue(MatchModel.Current.Version);
        await command.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>Keeps one match, brings its evidence up to date, or opens it again: only the service proposes.</summary>
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
