using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Rfl.Infrastructure.TamperEvidence;
using Rfl.Infrastructure.Tests.EventStore;
using Rfl.Infrastructure.Tests.Projections;

namespace Rfl.Infrastructure.Tests.TamperEvidence;

public sealed class SealingTests
{
    [Fact]
    public async Task Racing_writers_and_two_sealing_nodes_leave_one_chain_that_covers_every_row_once()
    {
        await using var chained = await ChainedDatabase.CreateAsync();
        LogSealing[] nodes = [chained.Node(), chained.Node()];
        using var stop = new CancellationTokenSource();
        var sealing = nodes.Select(async node =>
        {
            while (!stop.IsCancellationRequested)
                await node.SealAsync(default);
        }).ToList();

        await Task.WhenAll(Enumerable.Range(0, 12).Select(async writer =>
        {
            for (var i = 0; i < 20; i++)
                await chained.Store.AppendAsync(Guid.CreateVersion7(), new SampleMoved(i));
        }));
        await stop.CancelAsync();
        await Task.WhenAll(sealing);
        await chained.SealAsync();

        Assert.Empty(await chained.VerifyAsync());
        Assert.Equal(12 + (12 * 20), await chained.Store.ScalarAsync<long>("select sum(cardinality(row_seqs))::bigint from log_link where log = 'events'"));
    }

    [Fact]
    public async Task A_row_of_a_transaction_that_commits_late_is_sealed_when_it_has_and_not_taken_for_an_intruder()
    {
        await using var chained = await ChainedDatabase.CreateAsync();
        await using var late = await chained.Store.DataSource.OpenConnectionAsync();
        await using (var transaction = await late.BeginTransactionAsync())
        {
            await using (var insert = new NpgsqlCommand(
                "insert into mt_events (id, stream_id, version, data, type) values (gen_random_uuid(), gen_random_uuid(), 1, '{}', 'sample-moved.v1')", late))
                await insert.ExecuteNonQueryAsync();
            await chained.Store.AppendAsync(Guid.CreateVersion7(), new SampleMoved(1));
            await chained.Sealing.SealAsync(default);
            Assert.Equal(12, await chained.Store.ScalarAsync<long>("select sum(cardinality(row_seqs))::bigint from log_link where log = 'events'"));
            await transaction.CommitAsync();
        }

        await chained.SealAsync();

        Assert.Equal(14, await chained.Store.ScalarAsync<long>("select sum(cardinality(row_seqs))::bigint from log_link where log = 'events'"));
        Assert.Empty(await chained.VerifyAsync());
    }

    [Fact]
    public async Task A_restored_dump_verifies_and_goes_on_under_other_settings()
    {
        await using var chained = await ChainedDatabase.CreateAsync();
        var exported = await chained.Checkpoints.IssueAsync(default);
        await using var restored = await Dump.RestoreElsewhereAsync(chained.Database.ConnectionString);
        await TestStore.MigrateAsync(restored.ConnectionString);
        await using var after = await TestStore.OpenAsync(restored.ConnectionString + ";Timezone=Asia/Kabul;Options=-c datestyle=german,dmy -c bytea_output=escape -c extra_float_digits=0");
        var verification = new LogVerification(after.DataSource);
        Assert.Empty((await verification.VerifyAsync([ChainedDatabase.Key.Public], exported, default)).Breaks);

        await after.AppendAsync(Guid.CreateVersion7(), new SampleMoved(1));
        await after.ExecuteAsync("insert into identity.audit (at, action, outcome) values (now(), 'sign-in', 'done')");
        await new LogSealing(after.DataSource, after.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<LogSealing>.Instance).CatchUpAsync();

        Assert.Empty((await verification.VerifyAsync([ChainedDatabase.Key.Public], exported, default)).Breaks);
        Assert.Equal(["(events,4,2)", "(sign-in-audit,4,2)"], await after.RowsAsync("select log, number, feed_epoch from log_link where number > 3 order by log"));
    }

    /// <summary>Written down twice: links are kept for ever, so the form may never change.</summary>
    [Fact]
    public async Task A_rows_canonical_form_is_what_the_decision_says()
    {
        await using var chained = await ChainedDatabase.CreateAsync();
        await chained.Store.ExecuteAsync(
            """
            create table sample_log (
                seq bigint primary key, feed_epoch integer not null, transaction_id xid8 not null, at timestamptz, day date, who uuid, persons uuid[], kinds text[],
                body bytea, data jsonb, yes boolean, nothing text, amount numeric)
            """);
        await chained.Store.ExecuteAsync(
            """
            insert into sample_log values (7, 1, '42', '2026-03-04 05:06:07.123456+02', '1969-12-31', '0199bbbb-0000-7000-8000-000000000001',
                '{0199bbbb-0000-7000-8000-000000000001,0199bbbb-0000-7000-8000-000000000002}', '{"a b","c\"d"}', '\x00ff', '{"b": 1.50, "a": "é"}', true, null, 1.50)
            """);
        var expected = new MemoryStream();
        foreach (var (column, content) in new (string, byte[])[]
        {
            ("amount", Encoding.UTF8.GetBytes("1.50")),
            ("at", Encoding.UTF8.GetBytes("1772593567123456")),
            ("body", [0, 255]),
            ("data", Encoding.UTF8.GetBytes("{\"a\": \"é\", \"b\": 1.50}")),
            ("day", Encoding.UTF8.GetBytes("-1")),
            ("feed_epoch", Encoding.UTF8.GetBytes("1")),
            ("kinds", Encoding.UTF8.GetBytes("[\"a b\", \"c\\\"d\"]")),
            ("persons", Encoding.UTF8.GetBytes("[\"0199bbbb-0000-7000-8000-000000000001\", \"0199bbbb-0000-7000-8000-000000000002\"]")),
            ("seq", Encoding.UTF8.GetBytes("7")),
            ("transaction_id", Encoding.UTF8.GetBytes("42")),
            ("who", Encoding.UTF8.GetBytes("0199bbbb-0000-7000-8000-000000000001")),
            ("yes", Encoding.UTF8.GetBytes("true")),
        })
        {
            expected.Write([.. Encoding.UTF8.GetBytes(column), 0, .. SHA256.HashData(content)]);
        }

        Assert.Equal(SHA256.HashData(expected.ToArray()), (await HashesAsync(chained, new ChainedLog("sample", "sample_log")))[0].Hash);
    }

    [Fact]
    public async Task Every_chained_log_can_be_sealed_and_read_in_the_feeds_order_by_an_index_and_has_its_epoch_kept()
    {
        await using var chained = await ChainedDatabase.CreateAsync();
        // As if a later migration had made the tables in a database that has moved on.
        await chained.Store.ExecuteAsync("insert into feed_epochs (epoch, system_identifier) values (2, 1)");
        await TestStore.MigrateAsync(chained.Database.ConnectionString);
        foreach (var log in ChainedLog.All)
        {
            _ = await HashesAsync(chained, log);
            Assert.Equal(1, await chained.Store.ScalarAsync<long>(
                $"""
                select count(*) from pg_indexes where (schemaname || '.' || tablename)::regclass = '{log.Table}'::regclass
                  and indexdef like 'CREATE UNIQUE INDEX %(feed_epoch, transaction_id, {log.Sequence})'
                """));
            Assert.Equal("3", await chained.Store.ScalarAsync<string>(
                $"select pg_get_expr(adbin, adrelid) from pg_attrdef join pg_attribute on attrelid = adrelid and attnum = adnum where adrelid = '{log.Table}'::regclass and attname = 'feed_epoch'"));
        }
    }

    private static async Task<List<LogRow>> HashesAsync(ChainedDatabase chained, ChainedLog log)
    {
        await using var connection = await chained.Store.DataSource.OpenConnectionAsync();
        string expression;
        await using (var batch = new NpgsqlBatch(connection) { BatchCommands = { RowHash.Columns(log) } })
        await using (var reader = await batch.ExecuteReaderAsync())
            expression = await RowHash.ExpressionAsync(reader, log, default);
        return await LogRows.BetweenAsync(connection, log, expression, default, new Infrastructure.Projections.FeedPosition(int.MaxValue, ulong.MaxValue, long.MaxValue), default);
    }
}
