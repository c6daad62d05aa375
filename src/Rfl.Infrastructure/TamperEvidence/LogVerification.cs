using System.Data;
using Npgsql;
using Rfl.Infrastructure.Projections;

namespace Rfl.Infrastructure.TamperEvidence;

/// <param name="Breaks">In the order of the logs and their feed; the first of them is the first broken link or row. Empty where nothing is broken.</param>
/// <param name="Links">Links looked at.</param>
/// <param name="Rows">Rows covered by them.</param>
/// <param name="Checkpoints">Checkpoints whose signature was verified.</param>
public sealed record LogVerificationResult(IReadOnlyList<LogBreak> Breaks, long Links, long Rows, long Checkpoints)
{
    public bool IsIntact => Breaks.Count == 0;
}

/// <summary>
/// Holds the logs against their chains and the chains against the signed checkpoints, in one snapshot of the database, from the beginning. It changes nothing.
/// </summary>
public sealed class LogVerification(NpgsqlDataSource dataSource)
{
    /// <summary>Broken things named for each log; where there are more, more are certainly broken.</summary>
    public const int BreaksNamed = 20;

    private const int LinksAtATime = 200;

    /// <param name="ownKeys">Public keys of this installation; null to accept whatever key a checkpoint names, where none is known.</param>
    /// <param name="exported">A checkpoint kept outside the database: what it covers must still be there.</param>
    public async Task<LogVerificationResult> VerifyAsync(IReadOnlyCollection<byte[]>? ownKeys, ExportedCheckpoint? exported, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var breaks = new List<LogBreak>();
        long links = 0, rows = 0;
        foreach (var log in ChainedLog.All)
        {
            var ofLog = new OneLog(connection, log);
            await ofLog.VerifyAsync(ct);
            breaks.AddRange(ofLog.Breaks.Take(BreaksNamed));
            links += ofLog.Links;
            rows += ofLog.Rows;
        }

        var ofCheckpoints = new CheckpointVerification(connection, ownKeys, exported);
        await ofCheckpoints.VerifyAsync(ct);
        breaks.AddRange(ofCheckpoints.Breaks.Except(breaks).Take(BreaksNamed));
        return new LogVerificationResult(breaks, links, rows, ofCheckpoints.Verified);
    }

    /// <summary>The chain of one log, link by link, and the rows under each.</summary>
    private sealed class OneLog(NpgsqlConnection connection, ChainedLog log)
    {
        private string hash = "";
        private LogLink? last;
        private FeedPosition provenTo;
        private bool isProven = true;

        public List<LogBreak> Breaks { get; } = [];

        public long Links { get; private set; }

        public long Rows { get; private set; }

        public async Task VerifyAsync(CancellationToken ct)
        {
            await using (var batch = new NpgsqlBatch(connection) { BatchCommands = { RowHash.Columns(log) } })
            await using (var reader = await batch.ExecuteReaderAsync(ct))
                hash = await RowHash.ExpressionAsync(reader, log, ct);
            while (Breaks.Count < BreaksNamed && await NextLinksAsync(ct) is { Count: > 0 } page)
                await VerifyAsync(page, ct);
        }

        private async Task<List<LogLink>> NextLinksAsync(CancellationToken ct)
        {
            await using var command = new NpgsqlCommand(
                $"select {LogLink.Columns} from log_link where log = $1 and number > $2 order by number limit {LinksAtATime}", connection);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = log.Name });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = last?.Number ?? 0 });
            await using var reader = await command.ExecuteReaderAsync(ct);
            var links = new List<LogLink>();
            long rows = 0;
            // Few full links or many small ones: about as much work either way.
            while (await reader.ReadAsync(ct) && rows < 5 * LogSealing.LinkSize)
            {
                links.Add(LogLink.Read(log.Name, reader));
                rows += links[^1].Rows.Length;
            }

            return links;
        }

        private async Task VerifyAsync(List<LogLink> page, CancellationToken ct)
        {
            // One query for the rows of all links of the page, which follow each other in the feed.
            var rows = new Queue<LogRow>(await LogRows.BetweenAsync(connection, log, hash, provenTo, page.Max(link => link.End), ct));
            foreach (var link in page)
            {
                Links++;
                Rows += link.Rows.Length;
                if (link.Number != (last?.Number ?? 0) + 1)
                {
                    Break(LogBreakKind.LinkMissing, (last?.Number ?? 0) + 1);
                    isProven = false;
                }
                else if (!link.Previous.AsSpan().SequenceEqual(last?.Hash ?? LogLink.Nothing))
                {
                    // Either of the two was changed; where the earlier one is not itself, it is named already.
                    Break(LogBreakKind.LinkAltered, last is { } earlier && link.IsItself() ? earlier.Number : link.Number);
                }

                if (link.IsItself())
                    await VerifyRowsAsync(link, rows, ct);
                else
                    Break(LogBreakKind.LinkAltered, link.Number);
                // What an altered link says of its rows proves nothing, nor does what stands in the place of a missing one.
                isProven = link.IsItself();
                if (isProven)
                    provenTo = link.End;
                last = link;
            }
        }

        private async Task VerifyRowsAsync(LogLink link, Queue<LogRow> rows, CancellationToken ct)
        {
            var found = new List<LogRow>();
            while (rows.TryPeek(out var row) && row.Position <= link.End)
                found.Add(rows.Dequeue());
            var unmatched = found.ToDictionary(row => row.Position.Sequence, row => row.Hash);
            for (var i = 0; i < link.Rows.Length && Breaks.Count < BreaksNamed; i++)
            {
                if (unmatched.Remove(link.Rows[i], out var actual))
                {
                    if (!actual.AsSpan().SequenceEqual(link.HashOf(i)))
                        Break(LogBreakKind.RowAltered, link.Rows[i]);
                }
                else
                {
                    // It may stand elsewhere in the feed: then its transaction or epoch was changed.
                    Break(await LogRows.ExistsAsync(connection, log, link.Rows[i], ct) ? LogBreakKind.RowAltered : LogBreakKind.RowMissing, link.Rows[i]);
                }
            }

            if (isProven)
            {
                foreach (var row in found.Where(row => unmatched.ContainsKey(row.Position.Sequence)))
                    Break(LogBreakKind.RowInserted, row.Position.Sequence);
            }
        }

        private void Break(LogBreakKind kind, long number)
        {
            var found = new LogBreak(log.Name, kind, number);
            if (!Breaks.Contains(found))
                Breaks.Add(found);
        }
    }
}
