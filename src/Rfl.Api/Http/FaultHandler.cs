using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Metadata;
using Rfl.Api.Casework;
using Rfl.Api.Pipeline;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.Http;

/// <summary>
/// Turns what was thrown into a problem. What the sender can mend becomes a 400 that names it; what passes by itself a 503 that asks to come back; everything
/// else a 500 that names only the trace. Log lines
/// carry the kind and the place of the fault but not its message, which may hold what was sent.
/// </summary>
public sealed partial class FaultHandler(ILogger<FaultHandler> log, IHostEnvironment environment) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        switch (exception)
        {
            case OperationCanceledException when httpContext.RequestAborted.IsCancellationRequested:
                httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
                break;
            case BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } bad:
                await httpContext.WriteProblemAsync(Problems.Of(httpContext, [Explain(httpContext, bad)]));
                break;
            case BadHttpRequestException bad:
                await httpContext.WriteProblemAsync(Problems.Of(httpContext, bad.StatusCode));
                break;
            case PersonErasedException:
                await httpContext.WriteProblemAsync(Problems.Of(httpContext, StatusCodes.Status409Conflict, "person-erased"));
                break;
            case PersonKeyDamagedException:
                // The vault has said whose.
                await httpContext.WriteProblemAsync(Problems.Of(httpContext, StatusCodes.Status409Conflict, "record-unreadable"));
                break;
            case KeyEncryptionKeyUnavailableException:
                await httpContext.WriteProblemAsync(Problems.Of(httpContext, StatusCodes.Status503ServiceUnavailable, "personal-data-unavailable"));
                break;
            case UnreadableEventException { IsKnown: false }:
                Failed(log, exception.GetType().FullName!, "a newer build wrote what this one cannot read; it has to be replaced too", Trail(exception));
                await httpContext.WriteProblemAsync(Problems.Of(httpContext, StatusCodes.Status503ServiceUnavailable));
                break;
            case UnreadableEventException { IsKnown: true } damaged when damaged.StreamId == PolicyInForce.StreamId:
                Damaged(log, damaged.Version, damaged.StreamId);
                await httpContext.WriteProblemAsync(Problems.Of(httpContext, StatusCodes.Status409Conflict, "policy-unreadable"));
                break;
            case UnreadableEventException { IsKnown: true } damaged:
                Damaged(log, damaged.Version, damaged.StreamId);
                await httpContext.WriteProblemAsync(Problems.Of(httpContext, StatusCodes.Status409Conflict, "record-unreadable"));
                break;
            case var fault when PassingFaults.IsPassing(fault):
                Failed(log, exception.GetType().FullName!, "the database cannot serve now", Trail(exception));
                await httpContext.WriteProblemAsync(Problems.Of(httpContext, StatusCodes.Status503ServiceUnavailable));
                break;
            default:
                Failed(log, exception.GetType().FullName!, environment.IsDevelopment() ? exception.Message : "not shown", Trail(exception));
                await httpContext.WriteProblemAsync(Problems.Of(httpContext, StatusCodes.Status500InternalServerError));
                break;
        }

        return true;
    }

    private static FieldProblem Explain(HttpContext context, BadHttpRequestException bad)
    {
        // The exception handler clears the endpoint but keeps it with the fault.
        var endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint();
        if (bad.InnerException is JsonException fault)
            return ExpectedShape.Explain(fault, endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType);
        if (Unfit().Match(bad.Message) is { Success: true } unfit)
        {
            var name = unfit.Groups[1].Value;
            var parameter = endpoint?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>().FirstOrDefault(parameter => parameter.Name == name);
            return parameter is null ? new FieldProblem(name, "value-unfit") : ExpectedShape.Expecting(name, parameter.ParameterInfo.ParameterType);
        }

        if (Absent().Match(bad.Message) is { Success: true } absent)
        {
            return absent.Groups[2].Value.Contains("body", StringComparison.Ordinal)
                ? new FieldProblem("", "body-missing")
                : new FieldProblem(absent.Groups[1].Value, "parameter-missing");
        }

        return new FieldProblem("", bad.Message.Contains("body", StringComparison.OrdinalIgnoreCase) ? "body-missing" : "value-unfit");
    }

    private static string Trail(Exception exception) =>
        string.Join(" <- ", Chain(exception).Select(one => $"{one.GetType().Name}{Environment.NewLine}{one.StackTrace}"));

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
            yield return exception;
    }

    [LoggerMessage(LogLevel.Error, "A request failed with {Kind} ({Text}): {Trail}")]
    private static partial void Failed(ILogger log, string kind, string text, string trail);

    [LoggerMessage(LogLevel.Error, "Record {Version} of stream {Stream} is damaged; nothing was decided on it. `./rfl verify` tells whether it was altered; a backup holds it as it was.")]
    private static partial void Damaged(ILogger log, long version, Guid stream);

    [GeneratedRegex("^Failed to bind parameter \"[^\"]* (\\w+)\" from")]
    private static partial Regex Unfit();

    [GeneratedRegex("^Required parameter \"[^\"]* (\\w+)\" was not provided from (.+)\\.$")]
    private static partial Regex Absent();
}
