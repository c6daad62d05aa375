using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Casework;
using Rfl.Domain.BlindQueries;
using Rfl.Domain.Common;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.BlindQueries;

/// <summary>One row a query: who asked when, and the answer; not whom they asked for.</summary>
public sealed class BlindQueryRows : IInlineView
{
    public string StreamType => StreamKinds.BlindQuery.Name;

    public string Name => "blind-query-rows";

    public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer)
    {
        if (StreamKinds.BlindQuery.Fold(after) is not BlindQuery.Existing query)
            yield break;
        yield return new NpgsqlBatchCommand(
            """
            insert into blind_query_row (id, version, society, answer, received_at) values ($1, $2, $3, $4, $5)
            on conflict (id) do update set version = excluded.version, answer = excluded.answer
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = after.Id },
                new NpgsqlParameter<long> { TypedValue = after.Version },
                new NpgsqlParameter<string> { TypedValue = query.Question.Society },
                new NpgsqlParameter { Value = (object?)(query as BlindQuery.Answered)?.Answer.ToString() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = after.Events[0].Metadata.RecordedAt },
            },
        };
    }
}
