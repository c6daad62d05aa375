using System.Reflection;
using Rfl.Domain.Common;
using Rfl.Infrastructure.EventStore;
using Rfl.Testing;

namespace Rfl.Infrastructure.Tests.EventStore;

/// <summary>What the store knows of kinds of streams, and need not ask the database.</summary>
public sealed class StreamKindTests : IAsyncLifetime
{
    private const string PersonType = "sample-person";
    private const string PlainType = "sample-plain";

    private static readonly EventCatalogue catalogue = EventCatalogue.Of(
        [typeof(SampleOfPerson), typeof(SampleWithoutPerson), typeof(SampleMoved)],
        [new StreamKind(PersonType, typeof(IPersonEvent)), new StreamKind(PlainType, typeof(IPlainEvent))]);

    private TestDatabase database = null!;
    private TestStore store = null!;

    private interface IPersonEvent : IDomainEvent;

    private interface IPlainEvent : IDomainEvent;

    [EventType("sample-of-person.v1")]
    private sealed record SampleOfPerson(ValueList<Naming> Names) : IPersonEvent;

    private sealed record Naming(int Number, Personal<string> Name);

    [EventType("sample-without-person.v1")]
    private sealed record SampleWithoutPerson(int Step) : IPlainEvent;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync("migrated", TestStore.MigrateAsync);
        store = await TestStore.OpenAsync(database.ConnectionString, catalogue: catalogue);
    }

    public async Task DisposeAsync()
    {
        await store.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public void Every_kind_is_in_the_list_of_all()
    {
        var declared = typeof(StreamKinds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<StreamKind>();

        Assert.Equal(declared, StreamKinds.All);
    }

    [Fact]
    public void Personal_values_are_seen_however_deep_they_lie()
    {
        var ours = new EventCatalogue([typeof(IDomainEvent).Assembly], null, StreamKinds.All);

        Assert.Equal(
            ["disclosure", "match", "policy", "retention", "watched-case"],
            StreamKinds.All.Where(kind => ours.TryFindKind(kind.Name, out var known) && !known.NamesPersons).Select(kind => kind.Name).Order(StringComparer.Ordinal));
        Assert.True(catalogue.TryFindKind(PersonType, out var person) && person.NamesPersons);
        Assert.True(catalogue.TryFindKind(PlainType, out var plain) && !plain.NamesPersons);
    }

    [Theory]
    [InlineData(PersonType)]
    [InlineData(PlainType)]
    public async Task A_stream_of_another_kind_is_no_stream(string type)
    {
        IDomainEvent happened = type == PersonType ? new SampleOfPerson([new Naming(1, Personal.Of(Samples.Rahima, "Rahima"))]) : new SampleWithoutPerson(1);
        await store.Store.AppendAsync([new(StreamHistory.Empty(Samples.Stream, type), [happened])], Samples.Context, [], default);

        Assert.Equal([happened], (await store.Store.LoadAsync(Samples.Stream, type, default)).Events.Select(recorded => recorded.Event));
        var other = await store.Store.LoadAsync(Samples.Stream, type == PersonType ? PlainType : PersonType, default);
        Assert.Equal((0, 0), (other.Version, other.Events.Count));
        await Assert.ThrowsAsync<ConcurrencyConflict>(() => store.Store.AppendAsync([new(other, [happened])], Samples.Context, [], default));
    }

    [Fact]
    public async Task Several_streams_of_different_kinds_are_loaded_at_once()
    {
        var plain = new Guid("0199aaaa-0000-7000-8000-000000000077");
        var named = new SampleOfPerson([new Naming(1, Personal.Of(Samples.Rahima, "Rahima")), new Naming(2, Personal.Of(Samples.Yonas, "Yonas"))]);
        await store.Store.AppendAsync([new(StreamHistory.Empty(Samples.Stream, PersonType), [named, named])], Samples.Context, [], default);
        await store.Store.AppendAsync([new(StreamHistory.Empty(plain, PlainType), [new SampleWithoutPerson(1), new SampleWithoutPerson(2)])], Samples.Context, [], default);

        var loaded = await store.Store.LoadAsync([(plain, PlainType), (Samples.Stream, PersonType)], [], default);

        Assert.Equal([named, named], loaded[Samples.Stream].Events.Select(recorded => recorded.Event));
        Assert.Equal(2, loaded[plain].Version);
    }
}
