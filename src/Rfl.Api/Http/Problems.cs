using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;
using Rfl.Api.Pipeline;
using Rfl.Domain.Common;

namespace Rfl.Api.Http;

/// <summary>Every <em>no</em> of the API, as problem details (RFC 9457) in the caller's language.</summary>
public static class Problems
{
    public const string UrnPrefix = "urn:rfl:problem:";

    /// <summary>Seconds after which whoever was told that the service is not available may ask again.</summary>
    private const string ComeBackAfter = "5";

    /// <summary>Codes of the problems that have no rule behind them, by status.</summary>
    private static readonly Dictionary<int, string> byStatus = new()
    {
        [StatusCodes.Status400BadRequest] = "request-invalid",
        [StatusCodes.Status401Unauthorized] = "not-signed-in",
        [StatusCodes.Status403Forbidden] = "not-allowed",
        [StatusCodes.Status404NotFound] = "not-found",
        [StatusCodes.Status405MethodNotAllowed] = "method-not-allowed",
        [StatusCodes.Status406NotAcceptable] = "not-acceptable",
        [StatusCodes.Status408RequestTimeout] = "request-too-slow",
        [StatusCodes.Status412PreconditionFailed] = "version-stale",
        [StatusCodes.Status413PayloadTooLarge] = "body-too-large",
        [StatusCodes.Status414UriTooLong] = "address-too-long",
        [StatusCodes.Status415UnsupportedMediaType] = "media-type-unsupported",
        [StatusCodes.Status428PreconditionRequired] = "version-required",
        [StatusCodes.Status429TooManyRequests] = "too-many-requests",
        [StatusCodes.Status500InternalServerError] = "internal-error",
        [StatusCodes.Status503ServiceUnavailable] = "unavailable",
        [StatusCodes.Status504GatewayTimeout] = "took-too-long",
    };

    /// <summary>The codes that the door itself may answer, for the test that each has its texts.</summary>
    public static IEnumerable<string> Codes => byStatus.Values;

    /// <summary>The problem that belongs to a status and to nothing else.</summary>
    public static ProblemDetails Of(HttpContext context, int status) =>
        Of(context, status, byStatus.TryGetValue(status, out var code) ? code : status < 500 ? "request-invalid" : "internal-error");

    public static ProblemDetails Of(HttpContext context, int status, string code, ValueList<string> values = default)
    {
        var text = TextsOf(context).Of(Language.Of(context), code, values);
        var problem = new ProblemDetails { Type = UrnPrefix + code, Title = text.Title, Status = status, Detail = text.Detail };
        problem.Extensions["code"] = code;
        if (status >= StatusCodes.Status500InternalServerError)
            problem.Extensions["traceId"] = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
        return problem;
    }

    /// <summary>400 with every field that has to change.</summary>
    public static ProblemDetails Of(HttpContext context, IReadOnlyList<FieldProblem> problems)
    {
        var language = Language.Of(context);
        var texts = TextsOf(context);
        var problem = Of(context, StatusCodes.Status400BadRequest);
        problem.Extensions["errors"] = problems
            .GroupBy(field => field.Path, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => group.Select(field => texts.Of(language, field.Code, field.Values).Detail).Distinct().ToArray());
        problem.Extensions["errorCodes"] = problems
            .GroupBy(field => field.Path, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(field => field.Code).Distinct().ToArray());
        return problem;
    }

    /// <summary>409 with the rule's code.</summary>
    public static ProblemDetails Of(HttpContext context, Refusal refusal)
    {
        var problem = Of(context, StatusCodes.Status409Conflict, refusal.Code, refusal.Values);
        if (refusal.Field is not null)
            problem.Extensions["field"] = refusal.Field;
        return problem;
    }

    public static async Task WriteProblemAsync(this HttpContext context, ProblemDetails problem)
    {
        context.Response.StatusCode = problem.Status!.Value;
        if (problem.Status == StatusCodes.Status503ServiceUnavailable && StringValues.IsNullOrEmpty(context.Response.Headers.RetryAfter))
            context.Response.Headers.RetryAfter = ComeBackAfter;
        await context.RequestServices.GetRequiredService<IProblemDetailsService>()
            .WriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem });
    }

    private static Texts TextsOf(HttpContext context) => context.RequestServices.GetRequiredService<Texts>();
}

/// <summary>Writes a problem whatever the caller accepts: a refusal that nobody can read helps nobody.</summary>
public sealed class ProblemWriter(Texts texts) : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var response = context.HttpContext.Response;
        PutIntoWords(context.ProblemDetails, Language.Of(context.HttpContext));
        response.Headers.ContentLanguage = Language.Of(context.HttpContext);
        response.Headers.Append("Vary", "Accept-Language");
        // The writer's own type, not the declared one, so that extensions are written; and the options of the API, not those of the framework.
        await response.WriteAsJsonAsync(context.ProblemDetails, Json.Options, "application/problem+json", CancellationToken.None);
    }

    /// <summary>A problem that brings only its codes gets its words here, so that an endpoint need not know the caller's language.</summary>
    private void PutIntoWords(ProblemDetails problem, string language)
    {
        // The framework adds one to every problem; a 404 that differs each time would not be the same 404.
        if (problem.Status < StatusCodes.Status500InternalServerError)
            problem.Extensions.Remove("traceId");
        if (problem.Extensions.TryGetValue("code", out var code) && code is string known && (problem.Title == known || problem.Title is null))
        {
            var text = texts.Of(language, known);
            problem.Title = text.Title.Length > 0 ? text.Title : text.Detail;
            problem.Detail = text.Detail;
        }

        if (problem.Extensions.TryGetValue("errorCodes", out var codes) && codes is IDictionary<string, string[]> byField
            && (!problem.Extensions.TryGetValue("errors", out var errors) || errors is not IDictionary<string, string[]> written || AreCodes(written, byField)))
        {
            problem.Extensions["errors"] = byField.ToDictionary(
                field => field.Key, field => field.Value.Select(one => texts.Of(language, one).Detail).ToArray());
        }
    }

    private static bool AreCodes(IDictionary<string, string[]> errors, IDictionary<string, string[]> codes) =>
        errors.All(field => codes.TryGetValue(field.Key, out var same) && same.SequenceEqual(field.Value));
}
