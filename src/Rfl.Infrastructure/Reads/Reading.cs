using Npgsql;
using NpgsqlTypes;

namespace Rfl.Infrastructure.Reads;

/// <summary>Somebody's looking at personal data: what the read log keeps of every one, whoever and whatever was shown.</summary>
/// <param name="Viewer">The account or API key.</param>
/// <param name="Roles">The viewer's roles at that moment.</param>
/// <param name="Society">The society of a partner's account or key.</param>
/// <param name="View">The name of what was shown.</param>
/// <param name="CorrelationId">The request in which it happened.</param>
/// <param name="InCircle">Inside the disclosure circle: such reads go into a log of their own.</param>
/// <param name="Asked">The records that were asked for; kept where nothing was shown.</param>
/// <param name="Searched">Keyed hash of what was searched for.</param>
public sealed record Reading(
    Guid Viewer,
    string[] Roles,
    string? Society,
    string View,
    DateTimeOffset At,
    Guid CorrelationId,
    bool InCircle,
    Guid[] Asked,
    byte[]? Searched = null)
{
    /// <summary>The parameters that every statement of <see cref="ReadLogSql"/> needs.</summary>
    public void AddTo(NpgsqlParameterCollection parameters)
    {
        parameters.AddWithValue("log_at", At);
        parameters.AddWithValue("log_viewer", Viewer);
        parameters.AddWithValue("log_roles", Roles);
        parameters.AddWithValue("log_society", NpgsqlDbType.Text, (object?)Society ?? DBNull.Value);
        parameters.AddWithValue("log_view", View);
        parameters.AddWithValue("log_correlation", CorrelationId);
        parameters.AddWithValue("log_asked", Asked);
        parameters.AddWithValue("log_searched", NpgsqlDbType.Bytea, (object?)Searched ?? DBNull.Value);
    }
}

/// <summary>What was shown, where the program knows it only after the database answered.</summary>
/// <param name="Ground">A name of the viewer's ground; see the log's column <c>grounds</c>.</param>
public sealed record Shown(Guid Record, string Ground, IReadOnlyList<Guid> Persons);
