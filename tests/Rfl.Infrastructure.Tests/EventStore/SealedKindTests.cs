using Microsoft.Extensions.Logging.Abstractions;
using Rfl.Domain.Common;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Projections;
using Rfl.Testing;

namespace Rfl.Infrastructure.Tests.EventStore;

/// <summary>A kind of stream that is sealed as a whole: whoever has the database sees neither what happened nor to whom.</summary>
public sealed class SealedKindTests : IAsyncLifetime
{
    private const string SealedType = "sample-sealed";

    private static readonly EventCatalogue catalogue = EventCatalogue.Of(
        [typeof(SampleDecided), typeof(SampleUndone), typeof(SampleMoved)],
        [new StreamKind(SealedType, typeof(ISealedEvent)) { SealedAs = "sample-fact.v1" }, new StreamKind(Samples.Type, typeof(SampleMoved))]);

    private static readonly SampleDecided decided = new(Samples.Rahima, Personal.Of(Samples.Rahima, "nothing at all"), "Form 11");
    private static readonly SampleUndone undone = new(new DateOnly(2026, 3, 4));

    private TestDatabase database = null!;
    private TestStore store = null!;

    private interface ISealedEvent : IDomainEvent;

    [EventType("sample-decided.v1")]
    private sealed record SampleDecided(PersonId Person, Personal<string> Decision, string Note) : ISealedEvent;

    [EventType("sample-undone.v1")]
    private sealed record SampleUndone(DateOnly Day) : ISealedEvent;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync("migrated", TestStore.MigrateAsync);
        store = await TestStore.OpenAsync(database.ConnectionString, catalogue: catalogue);
        await store.Store.AppendAsync([new(StreamHistory.Empty(Samples.Stream, SealedType), [decided, undone])], Samples.Context, [], default);
    }

    public async Task DisposeAsync()
    {
        await store.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Stored_all_events_look_alike_and_name_nobody()
    {
        Assert.Equal(
            ["(sample-fact.v1,{},sealed,10960)"],
            await store.RowsAsync(
                """
                select distinct e.type, e.persons, k.key, octet_length(e.data ->> 'sealed')
                from mt_events e cross join lateral jsonb_object_keys(e.data) as k (key)
                """));
        var raw = string.Join('\n', await store.RowsAsync("select e, s from mt_events e join mt_streams s on s.id = e.stream_id"));
        var key = await store.ScalarAsync<Guid>("select key_id from person_keys");
        foreach (var telling in new[] { Samples.Rahima.ToString(), key.ToString(), Convert.ToBase64String(key.ToByteArray(bigEndian: true))[..16], "Decided", "Undone", "decided", "nothing", "Form" })
            Assert.DoesNotContain(telling, raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_are_loaded_as_they_were_appended_whether_or_not_their_person_is_named()
    {
        foreach (var persons in new[] { [], new[] { Samples.Rahima } })
        {
            var loaded = await store.Store.LoadAsync([(Samples.Stream, SealedType)], [], persons, default);

            Assert.Equal([decided, undone], loaded[Samples.Stream].Events.Select(recorded => recorded.Event));
        }
    }

    [Fact]
    public async Task The_feed_opens_them()
    {
        await using var connection = await store.DataSource.OpenConnectionAsync();
        var feed = new EventFeed(catalogue, store.Vault, NullLogger<EventFeed>.Instance);
        // Transactions of other tests in the cluster hold the feed back for a moment.
        EventFeed.Page page;
        do
            page = await feed.ReadAsync(connection, default, 10, default);
        while (page.Events.Count < 2);

        Assert.Equal([decided, undone], page.Events.Select(recorded => recorded.Event));
    }

    [Fact]
    public async Task A_sealed_stream_is_none_of_another_kind_nor_another_one_sealed()
    {
        var plain = new Guid("0199aaaa-0000-7000-8000-000000000078");
        await store.Store.AppendAsync([new(StreamHistory.Empty(plain, Samples.Type), [new SampleMoved(1)])], Samples.Context, [], default);

        Assert.Equal(0, (await store.Store.LoadAsync(Samples.Stream, Samples.Type, default)).Version);
        Assert.Equal(0, (await store.Store.LoadAsync(plain, SealedType, default)).Version);
    }

    [Fact]
    public async Task An_erased_person_is_gone_from_them_and_they_are_not()
    {
        await store.Erasure.ErasePersonAsync(Samples.Rahima, default);

        var events = (await store.Store.LoadAsync(Samples.Stream, SealedType, default)).Events;

        Assert.True(((SampleDecided)events[0].Event).Decision.IsErased);
        Assert.Equal(undone, events[1].Event);
    }

    [Theory]
    [InlineData("""{"sealed": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""")]
    [InlineData("""{"sealed": "no base64"}""")]
    [InlineData("""{}""")]
    public async Task A_damaged_one_is_unreadable(string data)
    {
        await store.ExecuteAsync($"update mt_events set data = '{data}' where version = 2");

        var exception = await Assert.ThrowsAsync<UnreadableEventException>(() => store.Store.LoadAsync(Samples.Stream, SealedType, default));

        Assert.Equal((2, true), (exception.Version, exception.IsKnown));
    }

    [Fact]
    public void The_one_name_is_no_events_name() => Assert.Throws<InvalidOperationException>(() => EventCatalogue.Of(
        [typeof(SampleUndone)], [new StreamKind(SealedType, typeof(ISealedEvent)) { SealedAs = "sample-undone.v1" }]));
}
