using System.Diagnostics.Metrics;
using Npgsql;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Infrastructure.Projections;

/// <summary>How far a projection is behind.</summary>
/// <param name="Behind">The age of the oldest event it has not applied; zero when it has applied all.</param>
public sealed record ProjectionLag(string Projection, TimeSpan Behind);

/// <summary>How far the projections are behind the appends; for health, and for the metric <c>rfl.feed.lag</c>, which shows what was measured last.</summary>
public sealed class FeedLag
{
    private readonly NpgsqlDataSource dataSource;
    private readonly TimeProvider clock;
    private readonly string[] names;
    private volatile IReadOnlyList<ProjectionLag> latest = [];

    public FeedLag(NpgsqlDataSource dataSource, IEnumerable<IFeedProjection> projections, TimeProvider clock)
    {
        this.dataSource = dataSource;
        this.clock = clock;
        names = [.. projections.Select(projection => projection.Name)];
        Telemetry.Meter.CreateObservableGauge(
            "rfl.feed.lag",
            () => latest.Select(lag => new Measurement<double>(lag.Behind.TotalSeconds, new KeyValuePair<string, object?>("projection", lag.Projection))),
            "s",
            "Age of the oldest event a projection has not applied.");
    }

    public async Task<IReadOnlyList<ProjectionLag>> MeasureAsync(CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            """
            select n.name, (
                select e.timestamp from mt_events e
                where (e.feed_epoch, e.transaction_id, e.seq_id) > (coalesce(p.feed_epoch, 0), coalesce(p.transaction_id, '0'), coalesce(p.last_seq_id, 0))
                order by e.feed_epoch, e.transaction_id, e.seq_id limit 1)
            from unnest($1) as n (name) left join mt_event_progression p on p.name = n.name
            """);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = names });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var lags = new List<ProjectionLag>();
        var now = clock.GetUtcNow();
        while (await reader.ReadAsync(ct))
        {
            var behind = reader.IsDBNull(1) ? TimeSpan.Zero : now - reader.GetFieldValue<DateTimeOffset>(1);
            lags.Add(new ProjectionLag(reader.GetString(0), behind < TimeSpan.Zero ? TimeSpan.Zero : behind));
        }

        return latest = lags;
    }
}
