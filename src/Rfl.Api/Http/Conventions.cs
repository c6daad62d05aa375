using Microsoft.AspNetCore.Mvc;

namespace Rfl.Api.Http;

/// <summary>What an endpoint says of itself beyond its signature; read by the door and by the API's description.</summary>
public static class Conventions
{
    /// <summary>A request as one would really send it, shown in the API's description. Fictional people only.</summary>
    public static TBuilder WithExample<TBuilder>(this TBuilder endpoint, object example)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RequestExample(example));

    /// <summary>The endpoint changes something that has versions: <c>If-Match</c> is described, and 412 and 428 are among the answers.</summary>
    public static TBuilder RequiresVersion<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new VersionRequired());

    /// <summary>The endpoint knows a repeated request by its <c>Idempotency-Key</c>.</summary>
    public static TBuilder TakesIdempotencyKey<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new IdempotencyKeyTaken());

    /// <summary>The endpoint answers 201 with a Location, now and when it is repeated.</summary>
    public static TBuilder Creates<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new CreatesResource());

    /// <summary>The endpoint answers 204: its command has neither id nor version to show.</summary>
    public static TBuilder AnswersNothing<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new NothingToShow());

    /// <summary>What the endpoint is about may not be there, though its address names nothing: 404 is among the answers.</summary>
    public static TBuilder MayFindNothing<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new NothingFound());

    /// <summary>Rules that may refuse the command, described under 409.</summary>
    public static TBuilder MayRefuse<TBuilder>(this TBuilder endpoint, params string[] codes)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RefusalCodes(codes));

    /// <summary>Takes a whole interview: 1 MiB, and accounts of up to 20,000 characters.</summary>
    public static TBuilder TakesDocument<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RequestSizeLimitAttribute(1024 * 1024), new LongTextAttribute(20_000));
}

public sealed record RequestExample(object Value);

public sealed record VersionRequired;

public sealed record IdempotencyKeyTaken;

public sealed record CreatesResource;

public sealed record NothingToShow;

public sealed record NothingFound;

public sealed record RefusalCodes(IReadOnlyList<string> Codes);
