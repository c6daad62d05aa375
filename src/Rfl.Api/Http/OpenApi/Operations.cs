using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Rfl.Api.Http.OpenApi;

/// <summary>
/// Describes of every operation what its code says by convention: security, conditions in headers, the example, and all answers including every problem.
/// </summary>
public sealed class Operations : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var method = context.ApiDescription.HttpMethod;
        var changes = method is not ("GET" or "HEAD");
        var signedIn = metadata.OfType<IAuthorizeData>().Any() && !metadata.OfType<IAllowAnonymous>().Any();
        operation.Responses ??= [];

        DescribeSuccess(operation, metadata);
        if (metadata.OfType<VersionRequired>().Any())
        {
            AddHeader(operation, "If-Match", required: true, "The ETag of the version that the change was decided on.", "\"7\"");
            Problem(operation, 412, "The version is not the current one.");
            Problem(operation, 428, "If-Match is missing.");
        }

        if (metadata.OfType<IdempotencyKeyTaken>().Any())
        {
            AddHeader(operation, Door.IdempotencyKeyHeader, required: false,
                "The sender's own name for this attempt; the same key gets the same answer again.", "0198c5b2-6f0e-7c3a-9d64-2f1e8a7b5c10");
            Problem(operation, 422, "The key was used before with another request.");
        }

        Problem(operation, 400, "Something in the request is not in shape; \"errors\" names it.");
        Problem(operation, 406, "The sender does not accept JSON.");
        Problem(operation, 429, "Too many requests.");
        Problem(operation, 500, "A fault of the service; \"traceId\" names it.");
        Problem(operation, 503, "Not available at the moment; Retry-After says in how many seconds to ask again.");
        Problem(operation, 504, "It took too long; whether it had an effect shows when it is repeated.");
        if (signedIn)
        {
            operation.Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(OpenApiSetup.BearerScheme, context.Document)] = [] },
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(OpenApiSetup.ApiKeyScheme, context.Document)] = [] },
            ];
            Problem(operation, 401, "Not signed in.");
            Problem(operation, 403, "The role does not include this.");
        }
        else
        {
            operation.Security = [];
        }

        if (context.ApiDescription.RelativePath?.Contains('{') is true || metadata.OfType<NothingFound>().Any())
            Problem(operation, 404, "Not there, or not visible to the caller.");
        var codes = metadata.OfType<RefusalCodes>().SelectMany(refusals => refusals.Codes).ToArray();
        if (changes || codes.Length > 0)
            Problem(operation, 409, "A rule says no." + (codes.Length == 0 ? "" : " Codes: " + string.Join(", ", codes) + "."));

        if (operation.RequestBody is OpenApiRequestBody body)
        {
            body.Required = true;
            Problem(operation, 413, "The body is too large.");
            Problem(operation, 415, "The body is not JSON in UTF-8.");
            if (metadata.OfType<RequestExample>().LastOrDefault() is { } example && body.Content?.Values.FirstOrDefault() is OpenApiMediaType media)
                media.Example = JsonSerializer.SerializeToNode(example.Value, example.Value.GetType(), Json.Options);
        }

        var ordered = operation.Responses.OrderBy(response => response.Key, StringComparer.Ordinal).ToArray();
        operation.Responses.Clear();
        foreach (var (status, response) in ordered)
            operation.Responses[status] = response;
    }

    private static void DescribeSuccess(OpenApiOperation operation, IList<object> metadata)
    {
        if (!operation.Responses!.TryGetValue("200", out var ok) || ok is not OpenApiResponse success)
            return;
        success.Description = "Done, or found.";
        success.Headers ??= new Dictionary<string, IOpenApiHeader>();
        success.Headers["ETag"] = Header("The version, to be named in If-Match.", "\"7\"");
        if (metadata.OfType<NothingToShow>().Any())
        {
            operation.Responses.Remove("200");
            operation.Responses["204"] = new OpenApiResponse { Description = "Done." };
        }
        else if (metadata.OfType<CreatesResource>().Any())
        {
            operation.Responses.Remove("200");
            success.Description = "Made, now or when the same request came first.";
            success.Headers["Location"] = Header("Where it can be read.", "/api/v1/…");
            operation.Responses["201"] = success;
        }
    }

    private static OpenApiHeader Header(string description, string example) => new()
    {
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = JsonValue.Create(example),
    };

    private static void AddHeader(OpenApiOperation operation, string name, bool required, string description, string example)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Header,
            Required = required,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            Example = JsonValue.Create(example),
        });
    }

    private static void Problem(OpenApiOperation operation, int status, string description)
    {
        operation.Responses![status.ToString(System.Globalization.CultureInfo.InvariantCulture)] = new OpenApiResponse
        {
            Description = description,
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                ["application/problem+json"] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(Document.ProblemSchema, null) },
            },
        };
    }
}
