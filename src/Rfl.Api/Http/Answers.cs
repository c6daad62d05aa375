using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Rfl.Api.Pipeline;

namespace Rfl.Api.Http;

/// <summary>What a command answers where it has nothing else to show.</summary>
/// <param name="Id">What was made or changed.</param>
/// <param name="Version">To be named in <c>If-Match</c> by the next command; also in the ETag.</param>
public sealed record CarriedOut(Guid? Id, long? Version);

/// <summary>From outcomes to HTTP: the one place that knows which outcome is which status.</summary>
public static class Answers
{
    /// <summary>200 or 201 with <see cref="CarriedOut"/>, or 204 where there is neither id nor version; otherwise a problem.</summary>
    public static CommandAnswer<CarriedOut> ToHttp(this Outcome outcome) => new(outcome);

    /// <summary>200 or 201 with the outcome's body, which is a <typeparamref name="TBody"/>; otherwise a problem.</summary>
    public static CommandAnswer<TBody> ToHttp<TBody>(this Outcome outcome) => new(outcome);

    /// <summary>200 with what was found and its ETag; otherwise a problem.</summary>
    public static QueryAnswer<T> ToHttp<T>(this QueryOutcome<T> outcome) => new(outcome);

    internal static void SetVersion(HttpContext context, long? version)
    {
        if (version is { } known)
            context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{known}\"");
    }

    /// <summary>401 where the caller has not signed in, since signing in may help; 403 otherwise.</summary>
    internal static ProblemDetails NotAllowed(HttpContext context) =>
        Problems.Of(
            context,
            context.RequestServices.GetRequiredService<CurrentViewer>().OrNobody is null
                ? StatusCodes.Status401Unauthorized
                : StatusCodes.Status403Forbidden);
}

/// <summary>The HTTP answer to a command.</summary>
public sealed class CommandAnswer<TBody>(Outcome outcome) : IResult, IEndpointMetadataProvider
{
    public Outcome Outcome { get; } = outcome;

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(TBody), ["application/json"]));

    public Task ExecuteAsync(HttpContext httpContext) => Outcome switch
    {
        Outcome.Done done => WriteAsync(httpContext, done),
        Outcome.Refused refused => httpContext.WriteProblemAsync(Problems.Of(httpContext, refused.Refusal)),
        Outcome.Invalid invalid => httpContext.WriteProblemAsync(Problems.Of(httpContext, invalid.Problems)),
        Outcome.NotFound => httpContext.WriteProblemAsync(Problems.Of(httpContext, StatusCodes.Status404NotFound)),
        Outcome.Stale stale => WriteStaleAsync(httpContext, stale),
        Outcome.VersionRequired => httpContext.WriteProblemAsync(Problems.Of(httpContext, StatusCodes.Status428PreconditionRequired)),
        Outcome.DifferentContent => httpContext.WriteProblemAsync(Problems.Of(httpContext, StatusCodes.Status409Conflict, "content-differs")),
        Outcome.DifferentRequest =>
            httpContext.WriteProblemAsync(Problems.Of(httpContext, StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused")),
        Outcome.Forbidden => httpContext.WriteProblemAsync(Answers.NotAllowed(httpContext)),
        _ => throw new InvalidOperationException($"No answer for {Outcome.GetType().Name}."),
    };

    private static async Task WriteAsync(HttpContext context, Outcome.Done done)
    {
        Answers.SetVersion(context, done.Version);
        if (done.Location is not null)
            context.Response.Headers.Location = done.Location;
        var body = done.Body ?? (done.Id is null && done.Version is null ? null : new CarriedOut(done.Id, done.Version));
        context.Response.StatusCode = done.Created ? StatusCodes.Status201Created : body is null ? StatusCodes.Status204NoContent : StatusCodes.Status200OK;
        if (body is not null)
            await context.Response.WriteAsJsonAsync(body, body.GetType(), context.RequestAborted);
    }

    private static Task WriteStaleAsync(HttpContext context, Outcome.Stale stale)
    {
        Answers.SetVersion(context, stale.Current);
        return context.WriteProblemAsync(Problems.Of(context, StatusCodes.Status412PreconditionFailed));
    }
}

/// <summary>The HTTP answer to a query.</summary>
public sealed class QueryAnswer<T>(QueryOutcome<T> outcome) : IResult, IEndpointMetadataProvider
{
    public QueryOutcome<T> Outcome { get; } = outcome;

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));

    public Task ExecuteAsync(HttpContext httpContext) => Outcome switch
    {
        QueryOutcome<T>.Found found => WriteAsync(httpContext, found),
        QueryOutcome<T>.Refused refused => httpContext.WriteProblemAsync(Problems.Of(httpContext, refused.Refusal)),
        QueryOutcome<T>.NotFound => httpContext.WriteProblemAsync(Problems.Of(httpContext, StatusCodes.Status404NotFound)),
        QueryOutcome<T>.Invalid invalid => httpContext.WriteProblemAsync(Problems.Of(httpContext, invalid.Problems)),
        QueryOutcome<T>.Forbidden => httpContext.WriteProblemAsync(Answers.NotAllowed(httpContext)),
        _ => throw new InvalidOperationException($"No answer for {Outcome.GetType().Name}."),
    };

    private static Task WriteAsync(HttpContext context, QueryOutcome<T>.Found found)
    {
        Answers.SetVersion(context, found.Version);
        return context.Response.WriteAsJsonAsync(found.Value, context.RequestAborted);
    }
}
