using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Rfl.Api.Operations;

/// <summary>What the people who run the service need: health, logs, traces, figures, an orderly end.</summary>
public static class OperationsSetup
{
    /// <summary>Tag of the checks that decide whether a node takes requests. Every part adds its own with it.</summary>
    public const string Ready = "ready";

    public static WebApplicationBuilder AddRflOperations(this WebApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks();
        builder.Services.Configure<HostOptions>(options =>
            options.ShutdownTimeout = TimeSpan.FromSeconds(builder.Configuration.GetValue("Operations:ShutdownSeconds", 30)));
        return builder;
    }

    public static WebApplication MapRflOperations(this WebApplication app)
    {
        // Alive is whoever answers; a node with a lost database is to be left alone, not killed.
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync })
            .AllowAnonymous().DisableHttpMetrics();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = WriteAsync })
            .AllowAnonymous().DisableHttpMetrics();
        return app;
    }

    /// <summary>Names and states only: descriptions and exceptions may name hosts and users.</summary>
    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        Status = report.Status.ToString(),
        Checks = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status.ToString()),
    });
}
