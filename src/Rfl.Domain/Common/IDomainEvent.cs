namespace Rfl.Domain.Common;

/// <summary>A fact in the past tense. Its stored name and JSON are the storage format for ever: see <see cref="EventTypeAttribute"/>.</summary>
public interface IDomainEvent;

/// <summary>
/// The stored name and version of an event, for example <c>tracing-request-submitted.v1</c>. It never changes; another shape is another
/// version (<c>.v2</c>) with an upcaster. Members are added as optional ones only; none is renamed, retyped or removed.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EventTypeAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
