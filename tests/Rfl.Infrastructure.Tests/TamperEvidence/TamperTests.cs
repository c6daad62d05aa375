using System.Security.Cryptography;
using System.Text;
using Rfl.Infrastructure.TamperEvidence;
using Rfl.Infrastructure.Tests.EventStore;

namespace Rfl.Infrastructure.Tests.TamperEvidence;

/// <summary>Whoever can write to the database changes something behind the service's back; each time it is named.</summary>
public sealed class TamperTests
{
    [Theory]
    [InlineData("update mt_events set data = jsonb_set(data, '{note}', '\"x\"') where seq_id = 6", "events: row 6 was altered")]
    [InlineData("update mt_events set headers = headers || '{\"actor_id\": \"0199cccc-0000-7000-8000-000000000009\"}' where seq_id = 2", "events: row 2 was altered")]
    [InlineData("update mt_events set timestamp = timestamp + interval '1 microsecond' where seq_id = 12", "events: row 12 was altered")]
    [InlineData("update mt_events set persons = '{}' where seq_id = 1", "events: row 1 was altered")]
    [InlineData("update mt_events set tenant_id = null where seq_id = 7", "events: row 7 was altered")]
    [InlineData("update mt_events set seq_id = 99 where seq_id = 7", "events: row 7 is missing")]
    [InlineData("delete from mt_events where seq_id = 8", "events: row 8 is missing")]
    [InlineData("update identity.audit set outcome = 'refused' where seq = 2", "sign-in-audit: row 2 was altered")]
    [InlineData("update identity.audit set detail = null where seq = 3", "sign-in-audit: row 3 was altered")]
    [InlineData("delete from identity.audit where seq = 1", "sign-in-audit: row 1 is missing")]
    [InlineData(
        "insert into mt_events (id, stream_id, version, data, type, transaction_id) select gen_random_uuid(), gen_random_uuid(), 1, data, type, transaction_id from mt_events where seq_id = 4",
        "events: row 13 was inserted afterwards")]
    [InlineData("update log_link set row_hashes = set_byte(row_hashes, 40, get_byte(row_hashes, 40) # 1) where log = 'events' and number = 2", "events: link 2 was altered")]
    [InlineData("update log_link set sealed_at = sealed_at - interval '1 day' where log = 'events' and number = 3", "events: link 3 was altered")]
    [InlineData("update log_link set hash = sha256(hash) where log = 'events' and number = 1", "events: link 1 was altered")]
    [InlineData("delete from log_link where log = 'events' and number = 2", "events: link 2 is missing")]
    [InlineData("delete from log_link where log = 'events' and number = 1", "events: link 1 is missing")]
    public async Task A_change_behind_the_services_back_is_named(string change, string named)
    {
        await using var chained = await ChainedDatabase.CreateAsync();
        Assert.Empty(await chained.VerifyAsync());

        await chained.Store.ExecuteAsync(change);

        Assert.Equal(named, (await chained.VerifyAsync())[0]);
    }

    [Fact]
    public async Task A_row_moved_within_the_feed_is_named()
    {
        await using var chained = await ChainedDatabase.CreateAsync();
        await chained.Store.ExecuteAsync("update mt_events set transaction_id = (select transaction_id from mt_events where seq_id = 12) where seq_id = 2");

        Assert.Contains("events: row 2 was altered", await chained.VerifyAsync());
    }

    [Fact]
    public async Task Several_changes_are_all_named_the_first_first()
    {
        await using var chained = await ChainedDatabase.CreateAsync();
        await chained.Store.ExecuteAsync("delete from mt_events where seq_id = 10; update mt_events set type = 'x' where seq_id in (3, 11)");

        Assert.Equal(["events: row 3 was altered", "events: row 10 is missing", "events: row 11 was altered"], await chained.VerifyAsync());
    }

    [Fact]
    public async Task A_chain_made_anew_over_a_changed_row_is_right_in_itself_and_not_what_was_signed()
    {
        await using var chained = await ChainedDatabase.CreateAsync();
        await chained.Checkpoints.IssueAsync(default);
        await chained.Store.ExecuteAsync("update mt_events set type = 'x' where seq_id = 6; delete from log_link where log = 'events'");
        await chained.SealAsync();
        Assert.Equal(["events: link 3 is missing"], await chained.VerifyAsync());

        for (var link = 2; link <= 3; link++)
        {
            await chained.Store.AppendAsync(Guid.CreateVersion7(), new SampleMoved(link));
            await chained.SealAsync();
        }

        Assert.Equal(["events: link 3 was altered"], await chained.VerifyAsync());
    }

    [Fact]
    public async Task What_was_removed_at_the_end_together_with_its_checkpoints_is_missed_by_an_exported_one()
    {
        await using var chained = await ChainedDatabase.CreateAsync();
        await chained.Checkpoints.IssueAsync(default);
        await chained.Store.AppendAsync(Guid.CreateVersion7(), new SampleMoved(1));
        await chained.SettleAsync();
        var exported = ExportedCheckpoint.Parse((await chained.Checkpoints.IssueAsync(default)).ToJson());
        Assert.Empty(await chained.VerifyAsync(exported));

        await chained.Store.ExecuteAsync("delete from mt_events where seq_id = 13; delete from log_link where log = 'events' and number = 4");
        Assert.Equal(["events: link 4 is missing"], await chained.VerifyAsync());

        await chained.Store.ExecuteAsync("delete from log_checkpoint where number = 2");
        Assert.Empty(await chained.VerifyAsync());
        Assert.Equal(["checkpoint 2 is missing"], await chained.VerifyAsync(exported));
    }

    [Fact]
    public async Task A_checkpoint_changed_or_signed_by_somebody_else_is_named()
    {
        await using var chained = await ChainedDatabase.CreateAsync();
        await chained.Checkpoints.IssueAsync(default);
        var exported = await chained.Checkpoints.IssueAsync(default);

        await chained.Store.ExecuteAsync("update log_checkpoint set issued_at = issued_at - interval '1 hour' where number = 1");
        Assert.Equal(["checkpoint 1 was altered"], await chained.VerifyAsync(exported));
        await chained.Store.ExecuteAsync("delete from log_checkpoint where number = 1");
        Assert.Equal(["checkpoint 1 is missing"], await chained.VerifyAsync(exported));
        Assert.Equal(["checkpoint 2 was altered", "checkpoint 1 is missing"], await chained.VerifyAsync(exported with { Root = new string('0', 64) }));

        // Who holds no secret can still sign with a key of his own.
        using var forger = new CheckpointKey(new byte[32]);
        await chained.Store.ExecuteAsync("delete from log_checkpoint");
        await new LogCheckpoints(chained.Store.DataSource, chained.Sealing, forger, chained.Store.Clock).IssueAsync(default);
        Assert.Equal(["checkpoint 1 was signed with another key than this installation's"], await chained.VerifyAsync());
    }

    [Fact]
    public async Task A_third_party_verifies_a_checkpoint_with_the_public_key_alone()
    {
        await using var chained = await ChainedDatabase.CreateAsync();

        var exported = await chained.Checkpoints.IssueAsync(default);

        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(exported.PublicKey), out _);
        var line = $"rfl-checkpoint.v1 1 2026-03-04T05:06:07.000000Z {exported.Root}";
        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes(line), Convert.FromBase64String(exported.Signature), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        Assert.NotEqual(exported.Root, (await chained.Checkpoints.IssueAsync(default)).Root);
    }

    [Fact]
    public async Task Erasing_a_person_and_wrapping_keys_again_breaks_nothing()
    {
        await using var chained = await ChainedDatabase.CreateAsync();
        await chained.Checkpoints.IssueAsync(default);
        byte[] newKey = [.. Enumerable.Range(101, 32).Select(number => (byte)number)];
        await using var rotating = await TestStore.OpenAsync(
            chained.Database.ConnectionString, new Infrastructure.PersonalData.KeyEncryptionKeys([newKey, TestStore.Key]));
        await rotating.Rotation.RotateAsync(null, default);
        await chained.Store.Erasure.ErasePersonAsync(Samples.Rahima, default);

        Assert.Empty(await chained.VerifyAsync());
    }
}
