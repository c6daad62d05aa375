using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;
using Rfl.Api.Pipeline;

namespace Rfl.Api.Http;

/// <summary>
/// Looks at every request to the API before it is bound: conditions in the headers, parameters, and the JSON body. What passes is in shape as text; what it
/// means is judged further in.
/// </summary>
public sealed partial class Door(RequestDelegate next)
{
    /// <summary>Bytes of a body where the endpoint says nothing else with <c>[RequestSizeLimit]</c>.</summary>
    public const int DefaultBodySize = 256 * 1024;

    public const string IdempotencyKeyHeader = "Idempotency-Key";
    public const string CorrelationHeader = "X-Correlation-Id";

    private const int LongestParameter = 500;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not { } endpoint)
        {
            await next(context);
            return;
        }

        if (!AcceptsAnswer(context.Request, endpoint))
        {
            await context.WriteProblemAsync(Problems.Of(context, StatusCodes.Status406NotAcceptable));
            return;
        }

        List<FieldProblem> problems = [];
        ReadConditions(context, problems);
        Parameters.Check(context, endpoint, LongestParameter, problems);
        if (!await CheckBodyAsync(context, endpoint, problems))
            return;
        if (problems.Count > 0)
        {
            await context.WriteProblemAsync(Problems.Of(context, problems));
            return;
        }

        await next(context);
    }

    /// <summary>A UUID for everything that follows from this request: the caller's own, or the trace's.</summary>
    public static Guid CorrelationOf(HttpContext context)
    {
        if (Guid.TryParseExact(context.Request.Headers[CorrelationHeader], "D", out var sent) && sent != Guid.Empty)
            return sent;
        return Activity.Current is { } activity && Guid.TryParseExact(activity.TraceId.ToHexString(), "N", out var trace) && trace != Guid.Empty
            ? trace
            : Guid.CreateVersion7();
    }

    private static void ReadConditions(HttpContext context, List<FieldProblem> problems)
    {
        var conditions = context.RequestServices.GetRequiredService<RequestConditions>();
        var headers = context.Request.Headers;
        if (!StringValues.IsNullOrEmpty(headers.IfMatch))
        {
            // One strong tag as this API gives them. A list, a weak tag or * would promise less than the caller believes.
            if (StrongTag().Match(headers.IfMatch.ToString()) is { Success: true } tag
                && long.TryParse(tag.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
                conditions.IfMatch = version;
            else
                problems.Add(new FieldProblem("If-Match", "if-match-invalid"));
        }

        if (headers.TryGetValue(IdempotencyKeyHeader, out var key))
        {
            if (VisibleCharacters().IsMatch(key.ToString()))
                conditions.IdempotencyKey = key.ToString();
            else
                problems.Add(new FieldProblem(IdempotencyKeyHeader, "idempotency-key-invalid"));
        }
    }

    private static bool AcceptsAnswer(HttpRequest request, Endpoint endpoint)
    {
        var accept = request.Headers.Accept;
        if (StringValues.IsNullOrEmpty(accept))
            return true;
        return Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParseList(accept, out var ranges)
            && ranges.Any(range => range.Quality is not 0
                && (range.MatchesAllTypes
                    || (range.Type.Equals("application", StringComparison.OrdinalIgnoreCase)
                        && (range.MatchesAllSubTypes
                            || range.SubType.Equals("json", StringComparison.OrdinalIgnoreCase)
                            || range.SubType.Equals("problem+json", StringComparison.OrdinalIgnoreCase)
                            || (range.SubType.Equals("pdf", StringComparison.OrdinalIgnoreCase) && endpoint.Metadata.GetMetadata<AnswersInPrint>() is not null)))));
    }

    /// <summary>False where an answer was written.</summary>
    private static async Task<bool> CheckBodyAsync(HttpContext context, Endpoint endpoint, List<FieldProblem> problems)
    {
        var request = context.Request;
        if (endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.Contains("application/json") is not true
            || !request.HasJsonContentType())
            return true;
        if (!IsPlainUtf8(request))
        {
            await context.WriteProblemAsync(Problems.Of(context, StatusCodes.Status415UnsupportedMediaType));
            return false;
        }

        var most = endpoint.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? DefaultBodySize;
        if (await ReadAsync(request, most, context.RequestAborted) is not { } body)
        {
            await context.WriteProblemAsync(
                Problems.Of(context, StatusCodes.Status413PayloadTooLarge, "body-too-large", [(most / 1024).ToString(CultureInfo.InvariantCulture)]));
            return false;
        }

        var longest = endpoint.Metadata.GetMetadata<LongTextAttribute>()?.Longest ?? TextRules.DefaultLength;
        if (body.Length > 0)
            body = JsonBody.Check(body, longest, problems);
        request.Body = new MemoryStream(body.ToArray());
        request.ContentLength = body.Length;
        return true;
    }

    private static bool IsPlainUtf8(HttpRequest request) =>
        StringValues.IsNullOrEmpty(request.Headers.ContentEncoding)
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (type.CharSet is null || type.CharSet.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    /// <summary>Null where there are more bytes than allowed; counted, since a length may be missing or wrong.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, long most, CancellationToken cancellationToken)
    {
        if (request.ContentLength > most)
            return null;
        using var buffer = new MemoryStream((int)(request.ContentLength ?? 4096));
        var chunk = new byte[16 * 1024];
        while (await request.Body.ReadAsync(chunk, cancellationToken) is > 0 and var read)
        {
            if (buffer.Length + read > most)
                return null;
            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }

    [GeneratedRegex("^\"([0-9]{1,18})\"$", RegexOptions.CultureInvariant)]
    private static partial Regex StrongTag();

    [GeneratedRegex("^[!-~]{1,100}$", RegexOptions.CultureInvariant)]
    private static partial Regex VisibleCharacters();
}
