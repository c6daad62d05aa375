using Npgsql;

namespace Rfl.Api.Matches;

/// <summary>
/// How many persons stand under a key, by the statistics that PostgreSQL gathers about the index by itself: the commonest keys with their shares. Nothing is
/// counted when a person is added, so that a common name is no row that everybody waits for.
/// </summary>
public sealed class KeyShares(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>Shares move slowly; what was true a moment ago chooses the same keys.</summary>
    private static readonly TimeSpan kept = TimeSpan.FromMinutes(5);

    private const string Query =
        """
        select greatest(c.reltuples, 0)::float8, s.most_common_elems::text::integer[], s.most_common_elem_freqs::float4[]
        from pg_class c left join pg_stats s on s.schemaname = current_schema() and s.tablename = c.relname and s.attname = 'keys'
        where c.oid = 'match_record'::regclass
        """;

    private Known known = new(DateTimeOffset.MinValue, new Shares(0, new Dictionary<int, float>(), 0));

    public async ValueTask<Shares> CurrentAsync(CancellationToken ct)
    {
        var (at, shares) = known;
        var now = clock.GetUtcNow();
        if (now - at < kept)
            return shares;
        shares = await ReadAsync(ct);
        known = new Known(now, shares);
        return shares;
    }

    private async Task<Shares> ReadAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand(Query);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var persons = reader.GetDouble(0);
        if (reader.IsDBNull(1))
            return new Shares(persons, new Dictionary<int, float>(), 0);
        var (keys, shares) = (reader.GetFieldValue<int[]>(1), reader.GetFieldValue<float[]>(2));
        var common = new Dictionary<int, float>(keys.Length);
        // Three numbers about all keys follow the shares.
        for (var i = 0; i < keys.Length; i++)
            common[keys[i]] = shares[i];
        return new Shares(persons, common, common.Values.DefaultIfEmpty().Min());
    }

    private sealed record Known(DateTimeOffset At, Shares Shares);
}

/// <param name="Persons">In the index, about.</param>
/// <param name="Common">The commonest keys.</param>
/// <param name="Least">The share of the rarest of them; all others are rarer.</param>
public sealed record Shares(double Persons, IReadOnlyDictionary<int, float> Common, float Least)
{
    /// <summary>How large a share of all persons stands under a key, about.</summary>
    public double Of(int key) => Common.TryGetValue(key, out var share) ? share : Least / 2;
}
