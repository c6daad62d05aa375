using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Rfl.Infrastructure.EventStore;

/// <summary>
/// What the store tells of its work: counts and durations only. No names of streams or events, for a sealed decision must not be tellable from a metric
/// (handbook rule 12).
/// </summary>
public static class Telemetry
{
    public const string Name = "Rfl";

    public static ActivitySource Activities { get; } = new(Name);

    public static Meter Meter { get; } = new(Name);

    internal static Counter<long> Appends { get; } = Meter.CreateCounter<long>("rfl.store.appends", "{append}", "Appends committed.");

    internal static Counter<long> Conflicts { get; } = Meter.CreateCounter<long>("rfl.store.conflicts", "{append}", "Appends refused because a stream had moved.");

    internal static Counter<long> Unreadable { get; } = Meter.CreateCounter<long>("rfl.store.unreadable", "{event}", "Events met that could not be read.");

    internal static Counter<long> UnreadableRows { get; } = Meter.CreateCounter<long>(
        "rfl.rows.unreadable", "{row}", "Rows of views and logs met whose value is not of its vocabulary; each is counted once a process.");
}
