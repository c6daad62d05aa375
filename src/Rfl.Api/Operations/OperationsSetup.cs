using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Console;

namespace Rfl.Api.Operations;

/// <summary>What the people who run the service need: health, logs, traces, figures, an orderly end.</summary>
public static class OperationsSetup
{
    /// <summary>Tag of the checks that decide whether a node takes requests. Every part adds its own with it.</summary>
    public const string Ready = "ready";

    public static WebApplicationBuilder AddRflOperations(this WebApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks()
            .AddCheck<DatabaseReady>("database", tags: [Ready], timeout: TimeSpan.FromSeconds(5))
            .AddCheck<PersonalDataReady>("personalData", tags: [Ready])
            .AddCheck<PolicyReady>("policy", tags: [Ready], timeout: TimeSpan.FromSeconds(5))
            .AddCheck<FeedReady>("feed", tags: [Ready], timeout: TimeSpan.FromSeconds(5));
        builder.Services.AddHostedService<Observability>();
        builder.Services.Configure<HostOptions>(options =>
            options.ShutdownTimeout = TimeSpan.FromSeconds(builder.Configuration.GetValue("Operations:ShutdownSeconds", 30)));
        AddLogs(builder);
        Welcome.Configure(builder);
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

    /// <summary>
    /// One JSON object a line, for a collector; readable lines in Development. The framework's own request lines hold addresses with their queries, and its
    /// scopes the path: both stay out. <c>RequestLog</c> writes the route instead.
    /// </summary>
    private static void AddLogs(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        if (builder.Environment.IsDevelopment())
        {
            builder.Logging.AddSimpleConsole(options => options.SingleLine = true);
        }
        else
        {
            builder.Logging.AddJsonConsole(options =>
            {
                options.IncludeScopes = false;
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            });
        }

        builder.Logging.AddFilter<ConsoleLoggerProvider>("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter<ConsoleLoggerProvider>("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        builder.Logging.AddFilter<ConsoleLoggerProvider>("Npgsql", LogLevel.Warning);
        builder.Logging.AddFilter<ConsoleLoggerProvider>("System.Net.Http", LogLevel.Warning);
    }

    /// <summary>Names and states only: descriptions and exceptions may name hosts and users.</summary>
    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        Status = Word(report.Status),
        Checks = report.Entries.ToDictionary(entry => entry.Key, entry => Word(entry.Value.Status)),
    });

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}
