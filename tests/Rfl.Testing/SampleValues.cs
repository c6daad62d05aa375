using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Rfl.Domain.Common;

namespace Rfl.Testing;

/// <summary>
/// Makes the same example of a type every time: every constructor parameter is filled, lists have one item, optional values are there, so that the
/// example shows the whole shape. A type that accepts only certain values is taught by <see cref="With{T}"/>.
/// </summary>
public sealed class SampleValues
{
    private static readonly DateTimeOffset moment = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    private readonly Dictionary<Type, object> taught = [];
    private readonly SortedDictionary<string, Type> families = new(StringComparer.Ordinal);
    private readonly Stack<Type> within = [];

    /// <summary>The enumerations and abstract types met so far, of which an example shows only one value.</summary>
    public IReadOnlyCollection<Type> Families => [.. families.Values];

    /// <summary>Teaches the example of a type.</summary>
    public SampleValues With<T>(T value)
        where T : notnull
    {
        taught[typeof(T)] = value;
        return this;
    }

    /// <summary>The example of <paramref name="type"/> as the value of a member called <paramref name="member"/>; null where a type would contain itself.</summary>
    /// <exception cref="InvalidOperationException">The type cannot be made; teach it.</exception>
    public object? Make(Type type, string member)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (taught.TryGetValue(type, out var known))
            return known;
        if (Simple(type, member) is { } simple)
            return simple;
        if (type.IsEnum)
        {
            families[Name(type)] = type;
            var values = Enum.GetValues(type);
            return values.GetValue(Math.Min(1, values.Length - 1));
        }

        if (ItemOf(type) is { } item)
            return List(type, item, member);
        if (within.Contains(type))
            return null;
        within.Push(type);
        try
        {
            if (!type.IsAbstract)
                return Construct(type);
            families[Name(type)] = type;
            return Make(MembersOf(type).First(), member);
        }
        finally
        {
            within.Pop();
        }
    }

    /// <summary>The concrete types of an abstract one, in the order of their names.</summary>
    public static IEnumerable<Type> MembersOf(Type family)
    {
        var members = family.Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(family)).OrderBy(Name, StringComparer.Ordinal).ToList();
        return members.Count > 0 ? members : throw new InvalidOperationException($"{family} has no concrete type; teach SampleValues an example.");
    }

    /// <summary>The type's name with those of the types around it.</summary>
    public static string Name(Type type) => type.DeclaringType is { } outer ? $"{Name(outer)}.{type.Name}" : type.Name;

    private static object? Simple(Type type, string member) => Type.GetTypeCode(type) switch
    {
        _ when type.IsEnum => null,
        TypeCode.String => $"sample {member}",
        TypeCode.Boolean => true,
        TypeCode.Int32 => 7,
        TypeCode.Int64 => 7L,
        TypeCode.Int16 => (short)7,
        TypeCode.Byte => (byte)7,
        TypeCode.Char => 'a',
        TypeCode.Decimal => 7.5m,
        TypeCode.Double => 7.5,
        TypeCode.DateTime => moment.UtcDateTime,
        _ when type == typeof(Guid) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(member)).AsSpan(0, 16)),
        _ when type == typeof(DateTimeOffset) => moment,
        _ when type == typeof(DateOnly) => DateOnly.FromDateTime(moment.UtcDateTime),
        _ when type == typeof(TimeOnly) => TimeOnly.FromDateTime(moment.UtcDateTime),
        _ when type == typeof(TimeSpan) => TimeSpan.FromHours(36),
        _ => null,
    };

    private static Type? ItemOf(Type type) => type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.GetGenericArguments() is [var item] && type.IsAssignableTo(typeof(IEnumerable<>).MakeGenericType(item)) ? item
        : null;

    private object List(Type type, Type item, string member)
    {
        var example = Make(item, member);
        var array = Array.CreateInstance(item, example is null ? 0 : 1);
        if (example is not null)
            array.SetValue(example, 0);
        if (type.IsInstanceOfType(array))
            return array;
        if (type.GetGenericTypeDefinition() == typeof(ValueList<>))
            return typeof(ValueList).GetMethod(nameof(ValueList.ToValueList))!.MakeGenericMethod(item).Invoke(null, [array])!;
        return Activator.CreateInstance(type, array)!;
    }

    private object Construct(Type type)
    {
        var constructor = type.GetConstructors().Where(candidate => candidate.GetParameters() is not [{ ParameterType: var only }] || only != type)
            .MaxBy(candidate => candidate.GetParameters().Length);
        if (constructor is null && !type.IsValueType)
            throw new InvalidOperationException($"{type} has no public constructor; teach SampleValues an example.");
        var parameters = constructor?.GetParameters() ?? [];
        try
        {
            var arguments = parameters.Select(parameter => Make(parameter.ParameterType, Camel(parameter.Name!))).ToArray();
            var made = constructor is null ? Activator.CreateInstance(type)! : constructor.Invoke(arguments);
            foreach (var property in type.GetProperties().Where(property => IsLeftToSet(property, parameters)))
                property.SetValue(made, Make(property.PropertyType, Camel(property.Name)));
            return made;
        }
        catch (TargetInvocationException exception)
        {
            throw new InvalidOperationException($"{type} refuses the example; teach SampleValues another: {exception.InnerException!.Message}", exception);
        }
    }

    private static bool IsLeftToSet(PropertyInfo property, ParameterInfo[] parameters) =>
        property.SetMethod is { IsPublic: true }
        && property.GetIndexParameters().Length == 0
        && property.GetCustomAttribute<JsonIgnoreAttribute>() is null
        && !parameters.Any(parameter => string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase));

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
