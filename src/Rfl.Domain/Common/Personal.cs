using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Rfl.Domain.Common;

/// <summary>A data subject: whoever the Movement holds data about. Staff are identified by their account instead.</summary>
[JsonConverter(typeof(IdJsonConverter<PersonId>))]
public readonly record struct PersonId(Guid Value) : IId<PersonId>
{
    public static PersonId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>What the store needs of a personal value without knowing its type.</summary>
public interface IPersonal
{
    PersonId Subject { get; }

    bool IsReadable { get; }
}

/// <summary>
/// A personal value together with the person whom it is about. The store writes it encrypted with that person's own key, so that destroying the key
/// erases the value in every event, view and backup (handbook §8.2). Its text form never shows the value: no log, trace or exception can carry it.
/// </summary>
/// <param name="Subject">The person whose key protects the value, and who may ask for its erasure.</param>
/// <param name="Value">The value; <c>default</c> when the person was erased or the record cannot be read.</param>
[DebuggerDisplay("personal")]
public sealed record Personal<T>(PersonId Subject, T? Value) : IPersonal
    where T : notnull
{
    /// <summary>Whether the value could be decrypted. False after erasure, for ever.</summary>
    [JsonIgnore]
    public bool IsReadable { get; init; } = true;

    /// <summary>Whether the person was erased. What is neither readable nor erased is damaged, or its key is not at hand.</summary>
    [JsonIgnore]
    public bool IsErased { get; init; }

    public override string ToString() => "personal";
}

public static class Personal
{
    public static Personal<T> Of<T>(PersonId subject, T value)
        where T : notnull => new(subject, value);

    /// <summary>Stands for a value that is damaged, or whose key is not at hand.</summary>
    public static Personal<T> Unreadable<T>(PersonId subject)
        where T : notnull => new(subject, default) { IsReadable = false };

    /// <summary>The placeholder that remains of a value whose key was destroyed.</summary>
    public static Personal<T> Erased<T>(PersonId subject)
        where T : notnull => new(subject, default) { IsReadable = false, IsErased = true };
}
