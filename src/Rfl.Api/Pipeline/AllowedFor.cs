using System.Collections.Concurrent;
using System.Reflection;
using Rfl.Domain.Access;

namespace Rfl.Api.Pipeline;

/// <summary>
/// Who may send a command or query at all (handbook §9). Whether they may for <em>this</em> case is decided where the case is loaded. The service itself may
/// send every command. A message without a permission is a fault in the program and is never carried out.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public abstract class PermissionAttribute : Attribute
{
    /// <param name="viewer">Null for a caller who has not signed in.</param>
    public abstract bool Allows(Viewer? viewer);

    private static readonly ConcurrentDictionary<Type, PermissionAttribute> known = new();

    /// <exception cref="InvalidOperationException">The message says nothing about who may send it.</exception>
    public static PermissionAttribute Of(Type message) => known.GetOrAdd(message, static type =>
        type.GetCustomAttribute<PermissionAttribute>()
        ?? throw new InvalidOperationException($"{type.Name} does not say who may send it: add [AllowedFor(…)]."));
}

/// <summary>For viewers who hold one of the roles.</summary>
public sealed class AllowedForAttribute(params Role[] roles) : PermissionAttribute
{
    public IReadOnlyList<Role> Roles { get; } = roles;

    public override bool Allows(Viewer? viewer) => viewer is not null && (viewer.IsSystem || viewer.IsAny(roles));
}

/// <summary>For everybody who has signed in.</summary>
public sealed class AllowedForEveryViewerAttribute : PermissionAttribute
{
    public override bool Allows(Viewer? viewer) => viewer is not null;
}

/// <summary>For the service itself: what only a job sends.</summary>
public sealed class AllowedForSystemAttribute : PermissionAttribute
{
    public override bool Allows(Viewer? viewer) => viewer is { IsSystem: true };
}

/// <summary>For everybody, signed in or not.</summary>
public sealed class AllowedForAnybodyAttribute : PermissionAttribute
{
    public override bool Allows(Viewer? viewer) => true;
}
