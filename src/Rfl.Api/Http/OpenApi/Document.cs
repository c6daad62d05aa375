using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Rfl.Api.Http.OpenApi;

/// <summary>What the description says once for all operations: the problem document, and the tags in order.</summary>
public sealed class Document : IDocumentFilter
{
    public const string ProblemSchema = "Problem";

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        swaggerDoc.Servers = [new OpenApiServer { Url = "/", Description = "This service" }];
        swaggerDoc.Components ??= new OpenApiComponents();
        swaggerDoc.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        swaggerDoc.Components.Schemas[ProblemSchema] = Problem();
        var used = swaggerDoc.Paths.Values
            .SelectMany(path => path.Operations is null ? [] : path.Operations.Values.AsEnumerable())
            .SelectMany(operation => operation.Tags ?? new HashSet<OpenApiTagReference>())
            .Select(tag => tag.Name!)
            .Distinct()
            .Order(StringComparer.Ordinal);
        swaggerDoc.Tags = new HashSet<OpenApiTag>(used.Select(name => new OpenApiTag { Name = name }));
    }

    private static OpenApiSchema Problem() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "A refusal (RFC 9457).",
        Required = new HashSet<string> { "type", "title", "status", "code" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("A stable URN: urn:rfl:problem: and the code."),
            ["title"] = Text("What it is, in the caller's language."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
            ["detail"] = Text("What to do about it, in the caller's language."),
            ["code"] = Text("Stable, for programs."),
            ["field"] = Text("With 409: the member that the rule is about, where there is one."),
            ["traceId"] = Text("With 5xx: what to name when reporting the fault."),
            ["errors"] = Lists("With 400: by member, what to change, in the caller's language."),
            ["errorCodes"] = Lists("With 400: by member, the stable codes of the same."),
        },
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };

    private static OpenApiSchema Lists(string description) => new()
    {
        Type = JsonSchemaType.Object,
        Description = description,
        AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
    };
}
