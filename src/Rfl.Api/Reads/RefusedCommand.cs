using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using Rfl.Api.Disclosures;
using Rfl.Api.Pipeline;
using Rfl.Domain.Common;

namespace Rfl.Api.Reads;

/// <summary>
/// What the read log says of a command that was refused to its viewer, with 403 or as if nothing were there: whoever tries out ids with commands is seen like
/// whoever tries them out with reads (docs/adr/0100).
/// </summary>
public static partial class RefusedCommand
{
    /// <summary>The name of all commands whose own name beside a case would betray what only the disclosure circle may know.</summary>
    public const string Discreet = "discreet-command";

    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> ofMessage = new();

    /// <summary>Whether commands of this type name a person, a case or a record of one.</summary>
    public static bool NamesRecords(Type message) =>
        typeof(ICommand).IsAssignableFrom(message) && (Named(message).Length > 0 || (BodyOf(message) is { } body && Named(body.PropertyType).Length > 0));

    /// <summary>Inside the circle the circle's own log keeps the name; elsewhere a discreet command has none.</summary>
    public static string ViewOf(Type message) =>
        message.IsDefined(typeof(DiscreetAttribute), inherit: false) && !IsInCircle(message)
            ? Discreet
            : Hump().Replace(message.Name, "-$0").ToLowerInvariant();

    public static bool IsInCircle(Type message) => typeof(ICircleCommand).IsAssignableFrom(message);

    /// <summary>The ids that the command itself names; where it names none, those of its body.</summary>
    public static Guid[] RecordsOf(object message)
    {
        var type = message.GetType();
        return Named(type).Length > 0 || BodyOf(type)?.GetValue(message) is not { } body ? Ids(message) : Ids(body);
    }

    private static Guid[] Ids(object named) => [.. Named(named.GetType()).Select(member => member.GetValue(named)).Select(IdOf).OfType<Guid>()];

    private static Guid? IdOf(object? value) => value switch
    {
        null => null,
        Guid id => id,
        _ => (Guid?)value.GetType().GetProperty("Value")!.GetValue(value),
    };

    private static PropertyInfo[] Named(Type type) => ofMessage.GetOrAdd(type, static type => [.. type.GetProperties().Where(IsIdentifier)]);

    private static PropertyInfo? BodyOf(Type message) => message.GetProperty("Body");

    private static bool IsIdentifier(PropertyInfo member)
    {
        var type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        return type == typeof(Guid)
            ? member.Name.EndsWith("Id", StringComparison.Ordinal)
            : type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IId<>));
    }

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Hump();
}
