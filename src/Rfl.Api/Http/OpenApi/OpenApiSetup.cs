using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.Transfers;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Rfl.Api.Http.OpenApi;

/// <summary>The API's description at <c>/swagger/v1/swagger.json</c> and its reader at <c>/swagger</c>.</summary>
public static class OpenApiSetup
{
    public const string BearerScheme = "bearer";
    public const string ApiKeyScheme = "apiKey";
    public const string ApiKeyHeader = "X-Api-Key";

    public static IServiceCollection AddRflOpenApi(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc("v1", new OpenApiInfo
            {
                Title = "Restoring Family Links",
                Version = "v1",
                Description = "Tracing requests from the interview to the answer. Texts are NFC; instants are UTC; uncertain dates are EDTF (ISO 8601-2). "
                    + "Every refusal is a problem document (RFC 9457) with a stable code, in English or French by Accept-Language.",
            });
            options.SupportNonNullableReferenceTypes();
            options.NonNullableReferenceTypesAsRequired();
            options.CustomSchemaIds(SchemaNames.Of);
            options.AddSecurityDefinition(BearerScheme, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "Staff: the access token from signing in, or from the configured identity provider.",
            });
            options.AddSecurityDefinition(ApiKeyScheme, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = ApiKeyHeader,
                Description = "Partner societies: the key shown once when it was made.",
            });
            options.MapType<DateTimeOffset>(() => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" });
            options.MapType<DateOnly>(() => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date" });
            options.MapType<TimeOnly>(() => new OpenApiSchema { Type = JsonSchemaType.String, Format = "time" });
            MapOwnTypes(options);
            options.SchemaFilter<RequestSchemas>();
            options.OperationFilter<Operations>();
            options.DocumentFilter<Document>();
        });
        var standard = services.Last(service => service.ServiceType == typeof(ISerializerDataContractResolver));
        services.Add(new ServiceDescriptor(
            typeof(ISerializerDataContractResolver),
            provider => new ReleasedAsValue((ISerializerDataContractResolver)standard.ImplementationFactory!(provider)),
            standard.Lifetime));
        return services;
    }

    public static void UseRflOpenApi(this WebApplication app)
    {
        app.UseSwagger();
        app.UseSwaggerUI(options =>
        {
            options.SwaggerEndpoint("/swagger/v1/swagger.json", "v1");
            options.DocumentTitle = "Restoring Family Links";
        });
    }

    /// <summary>Types that their converters write as something else than their members.</summary>
    private static void MapOwnTypes(SwaggerGenOptions options)
    {
        options.MapType<CountryCode>(() => new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Pattern = "^[A-Z]{2}$",
            Description = "A country (ISO 3166-1 alpha-2).",
            Examples = [JsonValue.Create("FR")],
        });
        foreach (var type in typeof(Refusal).Assembly.GetTypes().Where(type => type is { IsGenericTypeDefinition: false }))
        {
            if (type.IsValueType && type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IId<>)))
            {
                options.MapType(type, () => new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" });
            }
            else if (type.Name == "UncertainDate")
            {
                options.MapType(type, () => new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Description = "An uncertain date in EDTF (ISO 8601-2).",
                    Examples = [JsonValue.Create("1998-04~")],
                });
            }
        }
    }
}

/// <summary>What may leave the house is written as the value that it holds, and described so.</summary>
internal sealed class ReleasedAsValue(ISerializerDataContractResolver inner) : ISerializerDataContractResolver
{
    public DataContract GetDataContractForType(Type type) => inner.GetDataContractForType(
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Released<>) ? type.GetGenericArguments()[0] : type);
}

/// <summary>Names of schemas: the type's own name; that of a generic type with its arguments, <c>PageOfCaseRow</c>.</summary>
public static class SchemaNames
{
    public static string Of(Type type)
    {
        var name = type.IsNested && !type.IsGenericType ? type.DeclaringType!.Name + type.Name : type.Name;
        return type.IsGenericType
            ? name[..name.IndexOf('`', StringComparison.Ordinal)] + "Of" + string.Concat(type.GetGenericArguments().Select(Of))
            : name;
    }
}
