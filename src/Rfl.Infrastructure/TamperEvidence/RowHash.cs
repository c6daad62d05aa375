using Npgsql;

namespace Rfl.Infrastructure.TamperEvidence;

/// <summary>
/// The hash of a row's canonical form, as an SQL expression: SHA-256 over, for every column that is not null, in the order of the columns' names, the name, a
/// zero byte, and the SHA-256 of the content. Contents are written so that they are the same in every version of PostgreSQL, under all settings of a session and
/// after a dump and restore: numbers, UUIDs and JSON as their text (which <c>jsonb</c> makes canonical), instants as microseconds since 1970, arrays as JSON,
/// text as UTF-8, bytes as they are. Two columns never run into each other, since every content is a hash of fixed length.
/// </summary>
internal static class RowHash
{
    /// <summary>Hashes are SHA-256.</summary>
    public const int Size = 32;

    /// <summary>Asks for the columns anew each time: a migration may have added one while this node runs.</summary>
    public static NpgsqlBatchCommand Columns(ChainedLog log) => new(
        """
        select a.attname, t.typname from pg_attribute a join pg_type t on t.oid = a.atttypid
        where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped order by a.attname collate "C"
        """)
    {
        Parameters = { new NpgsqlParameter<string> { TypedValue = log.Table } },
    };

    /// <summary>The expression over the row <c>r</c>, from the current result of <see cref="Columns"/>.</summary>
    /// <exception cref="NotSupportedException">A column has a type without a canonical form.</exception>
    public static async Task<string> ExpressionAsync(NpgsqlDataReader reader, ChainedLog log, CancellationToken ct)
    {
        var parts = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            var column = reader.GetString(0);
            if (log.LeftOut.Contains(column))
                continue;
            var name = Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(column));
            var content = Content($"r.{column}", reader.GetString(1))
                ?? throw new NotSupportedException($"{log.Table}.{column} has the type {reader.GetString(1)}, which has no canonical form yet.");
            parts.Add($@"coalesce('\x{name}00'::bytea || sha256({content}), '')");
        }

        return $"sha256({string.Join(" || ", parts)})";
    }

    private static string? Content(string column, string type) => type switch
    {
        "text" or "varchar" => $"convert_to({column}, 'UTF8')",
        "uuid" or "int2" or "int4" or "int8" or "xid8" or "bool" or "numeric" or "jsonb" => $"convert_to({column}::text, 'UTF8')",
        "bytea" => column,
        "timestamptz" => $"convert_to((extract(epoch from {column}) * 1000000)::bigint::text, 'UTF8')",
        "date" => $"convert_to(({column} - date '1970-01-01')::text, 'UTF8')",
        "_uuid" or "_text" or "_varchar" or "_int2" or "_int4" or "_int8" => $"convert_to(to_jsonb({column})::text, 'UTF8')",
        _ => null,
    };
}
