using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Rfl.Api.Pipeline;

/// <summary>The service's own traces and figures, under the name <c>Rfl</c>.</summary>
public static class Telemetry
{
    public const string Name = "Rfl";

    public static ActivitySource Source { get; } = new(Name);

    public static Meter Meter { get; } = new(Name);

    /// <summary>Seconds that commands and queries took, by message and outcome.</summary>
    public static Histogram<double> Messages { get; } = Meter.CreateHistogram<double>("rfl.messages", "s", "Duration of commands and queries");
}
