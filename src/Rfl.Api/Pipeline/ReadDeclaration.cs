using System.Collections.Concurrent;
using System.Reflection;

namespace Rfl.Api.Pipeline;

/// <summary>
/// Whether the answer to a message tells of a person (handbook §8.4). Every query says so, and every command that answers more than an id and a version; a query
/// that says nothing is a fault in the program and is never carried out. What a command changes is in its events and is no read.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public abstract class ReadDeclarationAttribute : Attribute
{
    private static readonly ConcurrentDictionary<Type, ReadDeclarationAttribute?> known = new();

    /// <returns>Null for a command that answers with ids and versions only.</returns>
    /// <exception cref="InvalidOperationException">A query that does not say whether it tells of a person.</exception>
    public static ReadDeclarationAttribute? Of(Type message) => known.GetOrAdd(message, static type =>
        type.GetCustomAttribute<ReadDeclarationAttribute>()
        ?? (typeof(ICommand).IsAssignableFrom(type)
            ? null
            : throw new InvalidOperationException(
                $"{type.Name} does not say whether it tells of a person: add [ReadsPersonalData(\"…\")] or [ReadsNoPersonalData(\"why\")].")));
}

/// <summary>
/// The answer names a case or a person, or shows what is known of them. The handler has the read log written by the statement that loads (<c>Rfl.Api/Reads</c>);
/// an answer without its row never leaves.
/// </summary>
/// <param name="view">What is shown, as the log names it: stable, in kebab case.</param>
public sealed class ReadsPersonalDataAttribute(string view) : ReadDeclarationAttribute
{
    public string View { get; } = view;

    /// <summary>Only the disclosure circle may know of the read (rule 12): it is kept in a log of its own.</summary>
    public bool InCircle { get; init; }
}

/// <summary>The answer names nobody.</summary>
/// <param name="because">What it holds instead.</param>
public sealed class ReadsNoPersonalDataAttribute(string because) : ReadDeclarationAttribute
{
    public string Because { get; } = because;
}
