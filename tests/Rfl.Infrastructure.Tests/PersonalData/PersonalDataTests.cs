using System.Diagnostics;
using System.Text;
using Npgsql;
using Rfl.Domain.Common;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.Tests.EventStore;
using Rfl.Testing;

namespace Rfl.Infrastructure.Tests.PersonalData;

public sealed class PersonalDataTests : IAsyncLifetime
{
    private static readonly byte[] newKey = [.. Enumerable.Range(101, 32).Select(number => (byte)number)];
    private TestDatabase database = null!;
    private TestStore store = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync("migrated", TestStore.MigrateAsync);
        store = await TestStore.OpenAsync(database.ConnectionString, views: [new SampleView()]);
        await store.ExecuteAsync(SampleView.Table);
    }

    public async Task DisposeAsync()
    {
        await store.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task A_dump_holds_no_personal_value_in_any_encoding()
    {
        string[] values = ["Rahima Sherzad", "رحیمه شیرزاد", "Tesfay Gebremariam", "0033612345678"];
        for (var i = 0; i < values.Length; i++)
            await store.AppendAsync(Guid.CreateVersion7(), Samples.Registered(PersonId.From(Guid.CreateVersion7()), values[i]), new SampleMoved(i));

        var dump = await DumpAsync();

        Assert.Contains("sample-registered.v1", dump, StringComparison.Ordinal);
        foreach (var value in values)
        {
            var bytes = Encoding.UTF8.GetBytes(value);
            Assert.DoesNotContain(value, dump, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Convert.ToHexStringLower(bytes), dump, StringComparison.OrdinalIgnoreCase);
            for (var shift = 0; shift < 3; shift++)
                Assert.DoesNotContain(Convert.ToBase64String(bytes[shift..])[..12], dump, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_erased_person_is_unreadable_on_every_node_at_once_and_for_ever()
    {
        await using var other = await TestStore.OpenAsync(database.ConnectionString);
        await store.AppendAsync(Samples.Stream, Samples.Registered(Samples.Rahima, "Rahima"), Samples.Registered(Samples.Yonas, "Yonas"));
        Assert.Equal(["Rahima", "Yonas"], await NamesAsync(other));

        await store.Erasure.ErasePersonAsync(Samples.Rahima, default);

        Assert.Equal([null, "Yonas"], await NamesAsync(other));
        Assert.Equal([null, "Yonas"], await NamesAsync(store));
        var history = await other.Store.LoadAsync(Samples.Stream, Samples.Type, default);
        Assert.False(((SampleRegistered)history.Events[0].Event).Name.IsReadable);
        await Assert.ThrowsAsync<PersonErasedException>(() => other.AppendAsync(Samples.Stream, Samples.Registered(Samples.Rahima, "Rahima again")));
        await Assert.ThrowsAsync<PersonErasedException>(() => other.AppendAsync(Guid.CreateVersion7(), Samples.Registered(Samples.Rahima, "elsewhere")));
        Assert.Equal(2, (await other.Store.LoadAsync(Samples.Stream, Samples.Type, default)).Version);
    }

    [Fact]
    public async Task Erasing_again_keeps_the_first_time_and_a_person_never_heard_of_can_be_erased()
    {
        var first = await store.Erasure.ErasePersonAsync(Samples.Rahima, default);
        store.Clock.Now += TimeSpan.FromDays(1);

        Assert.Equal(first, await store.Erasure.ErasePersonAsync(Samples.Rahima, default));
        await Assert.ThrowsAsync<PersonErasedException>(() => store.AppendAsync(Samples.Stream, Samples.Registered(Samples.Rahima, "import")));
    }

    [Fact]
    public async Task What_is_unreadable_can_be_carried_on_and_stays_unreadable()
    {
        await store.AppendAsync(Samples.Stream, Samples.Registered(Samples.Rahima, "Rahima"));
        await store.Erasure.ErasePersonAsync(Samples.Rahima, default);
        var loaded = await store.Store.LoadAsync(Samples.Stream, Samples.Type, default);

        await store.AppendAsync(Samples.Stream, loaded.Events[0].Event);

        Assert.Equal([null, null], await NamesAsync(store));
    }

    [Fact]
    public async Task A_person_of_another_stream_is_written_with_the_key_they_have()
    {
        await store.AppendAsync(Samples.Stream, Samples.Registered(Samples.Rahima, "Rahima"));
        var other = Guid.CreateVersion7();

        await store.AppendAsync(other, Samples.Registered(Samples.Rahima, "the same"));

        Assert.Equal(1, await store.ScalarAsync<long>("select count(*) from person_keys"));
        Assert.Equal(["the same"], await NamesAsync(store, other));
        Assert.Equal(2, await store.ScalarAsync<long>("select count(*) from sample_view"));
    }

    [Fact]
    public async Task A_person_whom_an_older_build_named_in_an_event_only_is_read_all_the_same()
    {
        await store.AppendAsync(Samples.Stream, Samples.Registered(Samples.Rahima, "Rahima"));
        await store.ExecuteAsync("update mt_streams set persons = '{}'");

        Assert.Equal(["Rahima"], await NamesAsync(store));
        await store.AppendAsync(Samples.Stream, Samples.Registered(Samples.Rahima, "still she"));
        Assert.Equal(["Rahima", "still she"], await NamesAsync(store));
    }

    [Fact]
    public async Task A_stream_names_each_of_its_persons_once()
    {
        await store.AppendAsync(Samples.Stream, Samples.Registered(Samples.Rahima, "Rahima"), Samples.Registered(Samples.Rahima, "Rahima S."));
        await store.AppendAsync(Samples.Stream, Samples.Registered(Samples.Yonas, "Yonas"));
        await store.AppendAsync(Samples.Stream, Samples.Registered(Samples.Rahima, "again"));

        Assert.Equal(2, await store.ScalarAsync<int>("select cardinality(persons) from mt_streams"));
        Assert.True(await store.ScalarAsync<bool>(
            "select s.persons @> array_agg(p.person) from mt_streams s, mt_events e, unnest(e.persons) p (person) group by s.id"));
    }

    [Fact]
    public async Task Twenty_operations_that_name_a_new_person_at_once_agree_on_one_key()
    {
        Guid[] streams = [.. Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7())];

        await Task.WhenAll(streams.Select(stream => store.AppendAsync(stream, Samples.Registered(Samples.Rahima, $"in {stream}"))));

        Assert.Equal(1, await store.ScalarAsync<long>("select count(*) from person_keys"));
        foreach (var stream in streams)
            Assert.Equal([$"in {stream}"], await NamesAsync(store, stream));
    }

    [Fact]
    public async Task Something_sealed_beside_the_events_with_a_key_that_came_second_is_not_kept()
    {
        await store.AppendAsync(Samples.Stream, Samples.Registered(Samples.Rahima, "Rahima"));
        var unaware = await store.Store.LoadAsync(Guid.CreateVersion7(), Samples.Type, default);
        unaware.Sealer.Seal(Personal.Of(Samples.Rahima, "a body"));

        await Assert.ThrowsAsync<PersonKeyConflict>(() => store.Store.AppendAsync([new(unaware, [new SampleMoved(1)])], Samples.Context, [], default));

        var other = Guid.CreateVersion7();
        var aware = (await store.Store.LoadAsync([(other, Samples.Type)], [], [Samples.Rahima], default))[other];
        var envelope = aware.Sealer.Seal(Personal.Of(Samples.Rahima, "a body"));
        await store.Store.AppendAsync([new(aware, [new SampleMoved(1)])], Samples.Context, [], default);
        Assert.Equal("a body", (await store.Reader.KeysOfAsync([Samples.Rahima], default)).Open<string>(Samples.Rahima, envelope).Value);
    }

    [Fact]
    public async Task A_list_is_opened_with_one_query_and_one_damaged_value_does_not_break_it()
    {
        await store.AppendAsync(Guid.CreateVersion7(), Samples.Registered(Samples.Rahima, "Rahima"));
        await store.AppendAsync(Guid.CreateVersion7(), Samples.Registered(Samples.Yonas, "Yonas"));
        await store.ExecuteAsync($"update sample_view set name = set_byte(name, 50, get_byte(name, 50) # 1) where person = '{Samples.Yonas}'");

        var keys = store.Reader.NewRing();
        var opened = new Dictionary<Guid, Personal<string>>();
        await using var command = store.DataSource.CreateCommand(
            $"select v.person, v.name, {PersonKeyRing.Columns} from sample_view v left join person_keys k on k.person_id = v.person");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            keys.Add(reader, 2);
            opened[reader.GetGuid(0)] = keys.Open<string>(PersonId.From(reader.GetGuid(0)), reader.GetFieldValue<byte[]>(1));
        }

        Assert.Equal("Rahima", opened[Samples.Rahima.Value].Value);
        Assert.False(opened[Samples.Yonas.Value].IsReadable);
    }

    [Fact]
    public async Task Keys_are_wrapped_again_online_and_nothing_else_changes()
    {
        await store.AppendAsync(Samples.Stream, Samples.Registered(Samples.Rahima, "Rahima"), Samples.Registered(Samples.Yonas, "Yonas"));
        var events = await store.RowsAsync("select * from mt_events order by seq_id");
        var hash = store.LookupHash.Of("phone", "0033612345678");
        await using var rotating = await TestStore.OpenAsync(database.ConnectionString, new KeyEncryptionKeys([newKey, TestStore.Key]));

        Assert.Equal(default, await rotating.Rotation.RotateAsync(null, default, inUseFor: TimeSpan.FromDays(1)));
        Assert.Equal(new RotationResult(2, 0), await rotating.Rotation.RotateAsync(null, default));
        Assert.Equal(default, await rotating.Rotation.RotateAsync(null, default));

        await using var afterwards = await TestStore.OpenAsync(database.ConnectionString, new KeyEncryptionKeys([newKey]));
        Assert.True(afterwards.Status.IsReady);
        Assert.Equal(["Rahima", "Yonas"], await NamesAsync(afterwards));
        Assert.Equal(hash, afterwards.LookupHash.Of("phone", "0033612345678"));
        Assert.Equal(events, await store.RowsAsync("select * from mt_events order by seq_id"));
        await using var behind = await TestStore.OpenAsync(database.ConnectionString);
        Assert.False(behind.Status.IsReady);
    }

    [Fact]
    public async Task An_old_key_is_needed_as_long_as_a_node_writes_with_it()
    {
        await store.InUse.TellAsync(default);
        await store.AppendAsync(Guid.CreateVersion7(), Samples.Registered(Samples.Rahima, "Rahima"));
        await using var rotating = await TestStore.OpenAsync(database.ConnectionString, new KeyEncryptionKeys([newKey, TestStore.Key]));

        Assert.Equal(new RotationResult(1, 0), await rotating.Rotation.RotateAsync(null, default));
        Assert.Equal([new NeededKey(store.Keys.CurrentId, IsWrittenWith: true)], await rotating.Rotation.StillNeededAsync(default));
        await using (var early = await TestStore.OpenAsync(database.ConnectionString, new KeyEncryptionKeys([newKey])))
            Assert.Contains(store.Keys.CurrentId, early.Status.Problem, StringComparison.Ordinal);

        await store.ExecuteAsync("update key_encryption_keys set written_with_until = clock_timestamp() - interval '1 second'");
        await rotating.Rotation.RotateAsync(null, default);
        Assert.Empty(await rotating.Rotation.StillNeededAsync(default));
    }

    [Fact]
    public async Task A_retired_key_is_needed_again_for_what_is_wrapped_with_it_after_all()
    {
        await using var rotating = await TestStore.OpenAsync(database.ConnectionString, new KeyEncryptionKeys([newKey, TestStore.Key]));
        await rotating.Rotation.RotateAsync(null, default);
        Assert.Empty(await rotating.Rotation.StillNeededAsync(default));

        // A node that was hidden from the database for more than a minute.
        await store.AppendAsync(Samples.Stream, Samples.Registered(Samples.Rahima, "Rahima"));

        Assert.Equal([new NeededKey(store.Keys.CurrentId, IsWrittenWith: false)], await rotating.Rotation.StillNeededAsync(default));
        await using (var early = await TestStore.OpenAsync(database.ConnectionString, new KeyEncryptionKeys([newKey])))
            Assert.Contains(store.Keys.CurrentId, early.Status.Problem, StringComparison.Ordinal);
        Assert.Equal(new RotationResult(1, 0), await rotating.Rotation.RotateAsync(null, default));
        await using var afterwards = await TestStore.OpenAsync(database.ConnectionString, new KeyEncryptionKeys([newKey]));
        Assert.Equal(["Rahima"], await NamesAsync(afterwards));
    }

    [Fact]
    public async Task Nothing_is_stored_about_a_person_whose_key_is_damaged_and_that_is_what_is_said()
    {
        var stream = Guid.CreateVersion7();
        await store.AppendAsync(stream, Samples.Registered(Samples.Rahima, "Rahima"));
        await store.ExecuteAsync("update person_keys set wrapped_key = set_byte(wrapped_key, 40, get_byte(wrapped_key, 40) # 1)");
        await using var fresh = await TestStore.OpenAsync(database.ConnectionString);

        await Assert.ThrowsAsync<PersonKeyDamagedException>(() => fresh.AppendAsync(stream, Samples.Registered(Samples.Rahima, "known")));
    }

    [Fact]
    public async Task A_damaged_key_keeps_nobody_elses_from_being_wrapped_again_and_the_old_key_in_use()
    {
        await store.AppendAsync(Samples.Stream, Samples.Registered(Samples.Rahima, "Rahima"), Samples.Registered(Samples.Yonas, "Yonas"));
        await store.ExecuteAsync($"update person_keys set wrapped_key = set_byte(wrapped_key, 40, get_byte(wrapped_key, 40) # 1) where person_id = '{Samples.Rahima}'");
        await using var rotating = await TestStore.OpenAsync(database.ConnectionString, new KeyEncryptionKeys([newKey, TestStore.Key]));

        Assert.Equal(new RotationResult(1, 1), await rotating.Rotation.RotateAsync(null, default));

        Assert.Equal([null, "Yonas"], await NamesAsync(rotating));
        Assert.Equal(2, await store.ScalarAsync<long>("select count(*) from key_encryption_keys where retired_at is null"));
    }

    [Fact]
    public async Task With_a_wrong_key_the_rest_works_and_personal_data_is_neither_written_nor_lost()
    {
        await store.AppendAsync(Samples.Stream, Samples.Registered(Samples.Rahima, "Rahima"));
        var keys = await store.RowsAsync("select * from person_keys");
        await using var wrong = await TestStore.OpenAsync(database.ConnectionString, new KeyEncryptionKeys([newKey]));

        Assert.Contains(store.Keys.CurrentId, wrong.Status.Problem, StringComparison.Ordinal);
        Assert.Equal([null], await NamesAsync(wrong));
        await wrong.AppendAsync(Samples.Stream, new SampleMoved(1));
        await Assert.ThrowsAsync<KeyEncryptionKeyUnavailableException>(() => wrong.AppendAsync(Samples.Stream, Samples.Registered(Samples.Yonas, "new")));
        await Assert.ThrowsAsync<KeyEncryptionKeyUnavailableException>(() => wrong.AppendAsync(Samples.Stream, Samples.Registered(Samples.Rahima, "known")));
        var unread = (await wrong.Store.LoadAsync(Samples.Stream, Samples.Type, default)).Events[0].Event;
        await Assert.ThrowsAsync<KeyEncryptionKeyUnavailableException>(() => wrong.AppendAsync(Samples.Stream, unread));
        await Assert.ThrowsAsync<KeyEncryptionKeyUnavailableException>(() => wrong.Rotation.RotateAsync(null, default));
        Assert.Throws<KeyEncryptionKeyUnavailableException>(() => wrong.LookupHash.Of("phone", "1"));

        Assert.Equal(keys, await store.RowsAsync("select * from person_keys"));
        Assert.Equal(["Rahima"], await NamesAsync(store));
    }

    [Fact]
    public async Task Without_a_key_the_reason_is_shown_and_the_rest_works()
    {
        await using var without = await TestStore.OpenAsync(database.ConnectionString, KeyEncryptionKeys.None("the key file is gone."));

        Assert.Equal("the key file is gone.", without.Status.Problem);
        await without.AppendAsync(Samples.Stream, new SampleMoved(1));
        await Assert.ThrowsAsync<KeyEncryptionKeyUnavailableException>(() => without.AppendAsync(Samples.Stream, Samples.Registered(Samples.Rahima, "R")));
    }

    [Fact]
    public void Lookup_hashes_tell_equal_values_of_one_purpose_and_nothing_else()
    {
        Assert.Equal(store.LookupHash.Of("phone", "1"), store.LookupHash.Of("phone", "1"));
        Assert.NotEqual(store.LookupHash.Of("phone", "1"), store.LookupHash.Of("phone", "2"));
        Assert.NotEqual(store.LookupHash.Of("phone", "1"), store.LookupHash.Of("reference", "1"));
    }

    private static async Task<List<string?>> NamesAsync(TestStore node, Guid? stream = null) =>
        [.. (await node.Store.LoadAsync(stream ?? Samples.Stream, Samples.Type, default)).Events
            .Select(recorded => recorded.Event).OfType<SampleRegistered>().Select(registered => registered.Name.Value)];

    private async Task<string> DumpAsync()
    {
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        using var dump = Process.Start(new ProcessStartInfo(
            "pg_dump", ["-h", settings.Host!, "-p", $"{settings.Port}", "-U", settings.Username!, settings.Database!])
        {
            RedirectStandardOutput = true,
        })!;
        var text = await dump.StandardOutput.ReadToEndAsync();
        await dump.WaitForExitAsync();
        Assert.Equal(0, dump.ExitCode);
        return text;
    }
}
