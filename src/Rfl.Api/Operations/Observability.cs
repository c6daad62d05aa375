using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Rfl.Api.Operations;

/// <summary>
/// Sends traces and figures over OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set in the environment; the other <c>OTEL_…</c> variables apply as usual.
/// Uses what the runtime, the web server and the database driver measure themselves.
/// </summary>
public sealed class Observability : IHostedService, IDisposable
{
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private OpenTelemetrySdk? sdk;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(EndpointVariable)))
            return Task.CompletedTask;
        sdk = OpenTelemetrySdk.Create(telemetry => telemetry
            .ConfigureResource(resource => resource.AddService("rfl", autoGenerateServiceInstanceId: true))
            .WithTracing(traces => traces
                .AddSource(Pipeline.Telemetry.Name, "Microsoft.AspNetCore", "Npgsql")
                .AddProcessor(new RoutesOnly())
                .AddOtlpExporter())
            .WithMetrics(figures => figures
                .AddMeter(
                    Pipeline.Telemetry.Name,
                    "Microsoft.AspNetCore.Hosting",
                    "Microsoft.AspNetCore.Server.Kestrel",
                    "Microsoft.AspNetCore.RateLimiting",
                    "System.Runtime",
                    "Npgsql")
                .AddOtlpExporter()));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends what is left.</summary>
    public void Dispose() => sdk?.Dispose();
}

/// <summary>Takes out of a trace what names a case or a person: addresses and queries. What remains is the route's template, such as <c>/probes/{id}</c>.</summary>
public sealed class RoutesOnly : BaseProcessor<Activity>
{
    private static readonly string[] telling =
    [
        "url.path", "url.query", "url.full", "http.target", "http.url", "client.address", "network.peer.address", "user_agent.original", "enduser.id",
        "exception.message",
    ];

    public override void OnEnd(Activity data)
    {
        foreach (var tag in telling)
            data.SetTag(tag, null);
        if (data.Kind == ActivityKind.Server)
            data.DisplayName = $"{data.GetTagItem("http.request.method") ?? "HTTP"} {data.GetTagItem("http.route") ?? "(no route)"}";
    }
}
