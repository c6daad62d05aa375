using Npgsql;
using Rfl.Api.Casework;
using Rfl.Domain.Common;
using Rfl.Domain.Matches;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.Matches;

/// <summary>One row a match, for worklists: ids, where it stands and how sure it is; whose match it is stays in the records.</summary>
public sealed class MatchRows : IInlineView
{
    public string StreamType => StreamKinds.Match.Name;

    public const string ViewName = "match-rows";

    public string Name => ViewName;

    public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer)
    {
        if (StreamKinds.Match.Fold(after) is not Match.Existing match)
            yield break;
        if (match is Match.Closed)
        {
            yield return new NpgsqlBatchCommand("delete from match_row where id = $1") { Parameters = { new NpgsqlParameter<Guid> { TypedValue = after.Id } } };
            yield break;
        }

        yield return new NpgsqlBatchCommand(
            """
            insert into match_row (id, version, state, first_record, first_person, first_role, second_record, second_person, second_role, log_odds, sibling, proposed_at, model)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            on conflict (id) do update set version = excluded.version, state = excluded.state, log_odds = excluded.log_odds, sibling = excluded.sibling, model = excluded.model
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = after.Id },
                new NpgsqlParameter<long> { TypedValue = after.Version },
                new NpgsqlParameter<string> { TypedValue = MatchStates.Of(match).ToString() },
                new NpgsqlParameter<Guid> { TypedValue = match.First.Record },
                new NpgsqlParameter<Guid> { TypedValue = match.First.Person.Value },
                new NpgsqlParameter<string> { TypedValue = match.First.Role.ToString() },
                new NpgsqlParameter<Guid> { TypedValue = match.Second.Record },
                new NpgsqlParameter<Guid> { TypedValue = match.Second.Person.Value },
                new NpgsqlParameter<string> { TypedValue = match.Second.Role.ToString() },
                new NpgsqlParameter<double> { TypedValue = match.Evidence.LogOdds },
                new NpgsqlParameter<bool> { TypedValue = match.Evidence.ProbablySibling },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = after.Events[0].Metadata.RecordedAt },
                new NpgsqlParameter<string> { TypedValue = match.Evidence.Model },
            },
        };
    }
}

public enum MatchStateView
{
    Proposed,

    /// <summary>By one person; a second one has to review it.</summary>
    Confirmed,
    Reviewed,
    Rejected,
}

internal static class MatchStates
{
    public static MatchStateView Of(Match.Existing match) => match switch
    {
        Match.Proposed => MatchStateView.Proposed,
        Match.Confirmed => MatchStateView.Confirmed,
        Match.Reviewed => MatchStateView.Reviewed,
        _ => MatchStateView.Rejected,
    };
}
