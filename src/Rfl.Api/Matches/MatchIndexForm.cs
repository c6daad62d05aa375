using Npgsql;
using Rfl.Infrastructure.Projections;

namespace Rfl.Api.Matches;

/// <summary>
/// The form of the rows in the index and of its matches: which keys are made, how a person is sealed, which columns there are. A build with another form makes all rows anew from their streams, while
/// the service runs; a node that stops on the way, or a second one that does the same, harms nothing.
/// </summary>
public sealed class MatchIndexForm(NpgsqlDataSource database, ViewRebuilder rebuilder)
{
    /// <summary>To be raised whenever keys or the sealed form change.</summary>
    public const int Current = 3;

    public async Task BringUpToDateAsync(CancellationToken ct)
    {
        await using var reading = database.CreateCommand("select form from match_index_form");
        if ((int)(await reading.ExecuteScalarAsync(ct))! == Current)
            return;
        await rebuilder.RebuildAsync(RequestMatchRecords.ViewName, null, ct);
        await rebuilder.RebuildAsync(RegisteredMatchRecords.ViewName, null, ct);
        await rebuilder.RebuildAsync(MatchRows.ViewName, null, ct);
        await using var noting = database.CreateCommand("update match_index_form set form = $1");
        noting.Parameters.AddWithValue(Current);
        await noting.ExecuteNonQueryAsync(ct);
    }
}
