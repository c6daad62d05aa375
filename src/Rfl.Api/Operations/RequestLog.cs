using System.Diagnostics;
using Rfl.Api.Pipeline;

namespace Rfl.Api.Operations;

/// <summary>One line for each request: method, route template, status, time. Never the path or the query, which may hold ids and searches.</summary>
public sealed partial class RequestLog(RequestDelegate next, ILogger<RequestLog> log)
{
    public async Task InvokeAsync(HttpContext context, RequestConditions conditions)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            // The exception handler and the routing of an error leave the endpoint empty; the route is then not known any more.
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";
            if (!route.StartsWith("/health", StringComparison.Ordinal))
            {
                Answered(log, context.Request.Method, route, context.Response.StatusCode,
                    (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds, conditions.CorrelationId);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "{Method} {Route} {Status} in {Milliseconds} ms; correlation {Correlation}")]
    private static partial void Answered(ILogger log, string method, string route, int status, long milliseconds, Guid correlation);
}
