using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;
using Rfl.Domain.Common;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Rfl.Api.Http.OpenApi;

/// <summary>Objects are closed, as the door enforces; lists of values are plain lists; a text's length is the door's.</summary>
public sealed class RequestSchemas : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema own)
            return;
        if (context.Type.IsGenericType && context.Type.GetGenericTypeDefinition() == typeof(ValueList<>))
        {
            own.Type = JsonSchemaType.Array;
            own.Items = context.SchemaGenerator.GenerateSchema(context.Type.GetGenericArguments()[0], context.SchemaRepository);
            own.Properties = null;
            own.Required = null;
        }
        else if (own.Type == JsonSchemaType.Object && own.Properties is { Count: > 0 })
        {
            own.AdditionalPropertiesAllowed = false;
            // A mark that is only written where it is set is nothing that must be sent.
            foreach (var mark in context.Type.GetProperties().Where(member =>
                member.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition == JsonIgnoreCondition.WhenWritingDefault))
                own.Required?.Remove(JsonNamingPolicy.CamelCase.ConvertName(mark.Name));
        }
    }
}
