using Rfl.Domain.Common;

namespace Rfl.Infrastructure.Tests.EventStore;

// Events of no concept, so that the store's tests stand when the field's events change.
[EventType("sample-registered.v1")]
public sealed record SampleRegistered(PersonId Person, Personal<string> Name, SampleKind Kind, string? Note = null) : IDomainEvent;

[EventType("sample-moved.v1")]
public sealed record SampleMoved(int Step) : IDomainEvent;

[EventType("sample-companions-named.v2")]
public sealed record SampleCompanionsNamed(ValueList<Personal<string>> Names, DateOnly Day) : IDomainEvent;

public enum SampleKind
{
    Ordinary,
    VeryUnusual,
}

public static class Samples
{
    public const string Type = "sample";

    public static readonly Guid Stream = new("0199aaaa-0000-7000-8000-000000000001");
    public static readonly PersonId Rahima = PersonId.From(new Guid("0199bbbb-0000-7000-8000-000000000001"));
    public static readonly PersonId Yonas = PersonId.From(new Guid("0199bbbb-0000-7000-8000-000000000002"));
    public static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public static readonly Infrastructure.EventStore.AppendContext Context = new(
        new Guid("0199cccc-0000-7000-8000-000000000001"),
        ["Caseworker", "Supervisor"],
        new Guid("0199cccc-0000-7000-8000-000000000002"),
        new Guid("0199cccc-0000-7000-8000-000000000003"),
        new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public static SampleRegistered Registered(PersonId person, string name) => new(person, Personal.Of(person, name), SampleKind.VeryUnusual);
}

/// <summary>A clock that stands still until told.</summary>
public sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
