using System.Reflection;

namespace Rfl.Api.Pipeline;

/// <summary>The identifiers that a message names: members whose name ends in Id and whose type is an identifier; a text that calls itself an id might be a telephone number.</summary>
internal static class MessageIds<TMessage>
{
    public static IReadOnlyList<PropertyInfo> Members { get; } = [.. typeof(TMessage).GetProperties()
        .Where(property => property.Name.EndsWith("Id", StringComparison.Ordinal) && IsIdentifier(property.PropertyType))];

    public static Guid[] Of(TMessage message) => [.. Members.Select(member => member.GetValue(message)).Select(Value).OfType<Guid>()];

    private static Guid? Value(object? id) => id switch
    {
        null => null,
        Guid value => value,
        _ => (Guid?)id.GetType().GetProperty("Value")!.GetValue(id),
    };

    private static bool IsIdentifier(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(Guid) || type.GetInterfaces().Any(face =>
            face.IsGenericType && face.GetGenericTypeDefinition() == typeof(Rfl.Domain.Common.IId<>));
    }
}
