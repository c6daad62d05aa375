using Npgsql;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Infrastructure.EventStore;

/// <summary>Streams of one type that a query over views names, loaded in the round trip of the stream they belong to.</summary>
/// <param name="Type">Their type.</param>
/// <param name="Ids">A query with one column of stream ids and the one parameter <c>$1</c>; written by us, never by a caller.</param>
/// <param name="Of">The value of <c>$1</c>.</param>
public sealed record RelatedStreams(string Type, string Ids, Guid Of)
{
    internal NpgsqlBatchCommand Events() => new(
        $"""
        select {EventRow.Columns} from mt_events e join mt_streams s on s.id = e.stream_id
        where e.stream_id in ({Ids}) and s.type = $2 order by e.stream_id, e.version
        """)
    {
        Parameters = { new NpgsqlParameter<Guid> { TypedValue = Of }, new NpgsqlParameter<string> { TypedValue = Type } },
    };

    internal NpgsqlBatchCommand Keys() => new(
        $"""
        select {PersonKeyRing.Columns} from person_keys k
        where k.person_id in (select unnest(e.persons) from mt_events e where e.stream_id in ({Ids}))
        """)
    {
        Parameters = { new NpgsqlParameter<Guid> { TypedValue = Of } },
    };
}
