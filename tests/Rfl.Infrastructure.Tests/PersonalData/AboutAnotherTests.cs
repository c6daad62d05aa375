using Npgsql;
using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.Tests.EventStore;
using Rfl.Testing;

namespace Rfl.Infrastructure.Tests.PersonalData;

/// <summary>What a sheet says of somebody else is under the key of that other person: each can go, or be out of reach, without the rest.</summary>
public sealed class AboutAnotherTests : IAsyncLifetime
{
    private const string CoveredType = "sample-covered";

    private static readonly PersonId described = Samples.Rahima;
    private static readonly PersonId sister = Samples.Yonas;
    private static readonly PersonId brother = PersonId.From(new Guid("0199bbbb-0000-7000-8000-000000000003"));
    private static readonly PersonId neighbour = PersonId.From(new Guid("0199bbbb-0000-7000-8000-000000000004"));
    private static readonly PersonId guardian = PersonId.From(new Guid("0199bbbb-0000-7000-8000-000000000005"));

    private static readonly EnquirerDetails sheet = new(
        new PersonDetails(
            [Name("Rahima")],
            Relatives: [new RelatedPerson(Name("Laila"), FamilyRelation.Sister, "lives in Herat", sister), new RelatedPerson(Name("Yonas"), FamilyRelation.Brother, null, brother)]),
        "prs",
        false,
        "Asked her cousins.",
        [new ContactPoint(ContactKind.Phone, "+33600000001"), new ContactPoint(ContactKind.Phone, "+33600000002", "the neighbour", true, neighbour)],
        LegalRepresentative: new LegalRepresentative(
            Name("Claire"), "guardian", [new ContactPoint(ContactKind.Phone, "+33600000003"), new ContactPoint(ContactKind.Email, "n@home.example", "the neighbour", OfPerson: neighbour)], guardian));

    private static readonly SampleSheetTold told = new(Personal.Of(described, sheet));

    private static readonly EventCatalogue catalogue = EventCatalogue.Of(
        [typeof(SampleSheetTold), typeof(SampleFound)],
        [new StreamKind(Samples.Type, typeof(SampleSheetTold)), new StreamKind(CoveredType, typeof(SampleFound)) { SealedAs = "sample-fact.v1" }]);

    private TestDatabase database = null!;
    private TestStore store = null!;

    [EventType("sample-sheet-told.v1")]
    private sealed record SampleSheetTold(Personal<EnquirerDetails> Sheet) : IDomainEvent;

    [EventType("sample-found.v1")]
    private sealed record SampleFound(Personal<EnquirerDetails> Sheet) : IDomainEvent;

    /// <summary>The names of the family, open: a row that an erasure has to reach though no key of theirs seals it.</summary>
    private sealed class FamilyView : IInlineView
    {
        public string StreamType => Samples.Type;

        public string Name => "family";

        public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer)
        {
            yield return new NpgsqlBatchCommand("insert into family_view (id, names) values ($1, $2) on conflict (id) do update set names = excluded.names")
            {
                Parameters =
                {
                    new() { Value = after.Id },
                    new()
                    {
                        Value = string.Join(',', ((SampleSheetTold)after.Events[^1].Event).Sheet.Value!.Person.Relatives.Select(relative => relative.Name.Written())),
                    },
                },
            };
        }
    }

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync("migrated", TestStore.MigrateAsync);
        store = await TestStore.OpenAsync(database.ConnectionString, views: [new FamilyView()], catalogue: catalogue);
        await store.ExecuteAsync("create table family_view (id uuid primary key, names text not null)");
        await store.AppendAsync(Samples.Stream, told);
    }

    public async Task DisposeAsync()
    {
        await store.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Everybody_on_a_sheet_has_a_key_and_stands_in_the_stream_and_the_sheet_is_read_as_it_was_told()
    {
        Assert.Equal(sheet, await ReadAsync());
        Assert.Equal(5, await store.ScalarAsync<long>("select count(*) from person_keys"));
        Assert.Equal(
            new[] { described, sister, brother, neighbour, guardian }.Select(person => person.Value).Order(),
            (await store.ScalarAsync<Guid[]>("select persons from mt_streams")).Order());
    }

    [Fact]
    public async Task Whoever_is_erased_leaves_a_mark_without_a_name_and_all_others_stay()
    {
        await store.Erasure.ErasePersonAsync(sister, default);
        await store.Erasure.ErasePersonAsync(neighbour, default);

        var read = (await ReadAsync())!;
        Assert.Equal([RelatedPerson.Erased(sister), sheet.Person.Relatives[1]], read.Person.Relatives);
        Assert.Equal([sheet.Contacts[0], ContactPoint.Erased(neighbour)], read.Contacts);
        Assert.Equal([sheet.LegalRepresentative!.Contacts[0], ContactPoint.Erased(neighbour)], read.LegalRepresentative!.Contacts);
        Assert.Equal((sheet.Person.Names, "Claire"), (read.Person.Names, read.LegalRepresentative.Name.Written()));

        await store.Erasure.ErasePersonAsync(guardian, default);
        Assert.Equal(LegalRepresentative.Erased(guardian), (await ReadAsync())!.LegalRepresentative);
        await store.Erasure.ErasePersonAsync(described, default);
        Assert.Null(await ReadAsync());
    }

    [Fact]
    public async Task The_mark_of_an_erased_person_can_be_told_again_and_the_person_cannot()
    {
        await store.Erasure.ErasePersonAsync(sister, default);
        var read = (await ReadAsync())!;

        await store.AppendAsync(Samples.Stream, new SampleSheetTold(Personal.Of(described, read)));

        Assert.Equal(read, await ReadAsync());
        var erased = await Assert.ThrowsAsync<PersonErasedException>(() => store.AppendAsync(Samples.Stream, told));
        Assert.Equal(sister, erased.Person);
    }

    [Fact]
    public async Task With_the_key_of_the_described_person_alone_no_other_name_is_read_and_nobody_is_taken_for_erased()
    {
        await store.ExecuteAsync($"delete from person_keys where person_id <> '{described}'");

        var read = (await ReadAsync())!;
        Assert.Equal("Rahima", read.Person.Names[0].Written());
        Assert.Equal([RelatedPerson.Unreadable(sister), RelatedPerson.Unreadable(brother)], read.Person.Relatives);
        Assert.Equal(ContactPoint.Unreadable(neighbour), read.Contacts[1]);
        Assert.Equal(LegalRepresentative.Unreadable(guardian), read.LegalRepresentative);
    }

    [Fact]
    public async Task What_cannot_be_read_of_somebody_is_not_stored_as_if_it_were_gone()
    {
        await store.ExecuteAsync($"update person_keys set wrapped_key = decode('00', 'hex') where person_id = '{sister}'");
        await using var other = await TestStore.OpenAsync(database.ConnectionString, catalogue: catalogue);
        var loaded = await other.Store.LoadAsync(Samples.Stream, Samples.Type, default);
        var read = ((SampleSheetTold)loaded.Events[^1].Event).Sheet;
        Assert.Equal(RelatedPerson.Unreadable(sister), read.Value!.Person.Relatives[0]);

        await Assert.ThrowsAsync<PersonKeyDamagedException>(
            () => other.Store.AppendAsync([new(loaded, [new SampleSheetTold(read)])], Samples.Context, [], default));
    }

    [Fact]
    public async Task Somebody_without_an_id_is_not_kept_under_the_key_of_another()
    {
        var nameless = sheet with { Person = sheet.Person with { Relatives = [new RelatedPerson(Name("Laila"), FamilyRelation.Sister)] } };

        await Assert.ThrowsAsync<NotSupportedException>(() => store.AppendAsync(Samples.Stream, new SampleSheetTold(Personal.Of(described, nameless))));
    }

    [Fact]
    public async Task An_erasure_makes_the_rows_of_a_stream_anew_and_refuses_where_the_stream_has_moved()
    {
        var loaded = await store.Store.LoadAsync(Samples.Stream, Samples.Type, default);
        Assert.Equal("Laila,Yonas", await store.ScalarAsync<string>("select names from family_view"));
        await store.AppendAsync(Samples.Stream, told);
        await Assert.ThrowsAsync<ConcurrencyConflict>(() => store.Store.AppendAsync([new(loaded, [], sister)], Samples.Context, [], default));

        loaded = await store.Store.LoadAsync(Samples.Stream, Samples.Type, default);
        await store.Store.AppendAsync([new(loaded, [], sister)], Samples.Context, [], default);

        Assert.Equal(",Yonas", await store.ScalarAsync<string>("select names from family_view"));
        Assert.Equal(2, await store.ScalarAsync<long>("select version from mt_streams"));
    }

    [Fact]
    public async Task Under_a_cover_nobody_else_gets_a_key_that_would_tell_of_it()
    {
        var (stream, found) = (Guid.CreateVersion7(), PersonId.From(Guid.CreateVersion7()));
        await store.Store.AppendAsync(
            [new(StreamHistory.Empty(stream, CoveredType), [new SampleFound(Personal.Of(found, sheet))])], Samples.Context, [], default);

        Assert.Equal(6, await store.ScalarAsync<long>("select count(*) from person_keys"));
        Assert.Equal(sheet, ((SampleFound)(await store.Store.LoadAsync(stream, CoveredType, default)).Events[0].Event).Sheet.Value);
    }

    private async Task<EnquirerDetails?> ReadAsync() =>
        ((SampleSheetTold)(await store.Store.LoadAsync(Samples.Stream, Samples.Type, default)).Events[^1].Event).Sheet.Value;

    private static PersonName Name(string text) => PersonName.Of(new NameComponent(NameComponentKind.Given, text));
}
