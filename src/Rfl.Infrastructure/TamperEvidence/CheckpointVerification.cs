using Npgsql;

namespace Rfl.Infrastructure.TamperEvidence;

/// <summary>Holds the chains against the signed checkpoints, those in the database and the one that was kept elsewhere.</summary>
internal sealed class CheckpointVerification(NpgsqlConnection connection, IReadOnlyCollection<byte[]>? ownKeys, ExportedCheckpoint? exported)
{
    public List<LogBreak> Breaks { get; } = [];

    public long Verified { get; private set; }

    public async Task VerifyAsync(CancellationToken ct)
    {
        var checkpoints = await ReadAsync(ct);
        if (exported is not null && !exported.IsSigned())
            Break(LogBreakKind.CheckpointAltered, exported.Number);
        var next = 1L;
        foreach (var checkpoint in checkpoints)
        {
            for (; next < checkpoint.Number; next++)
                Break(LogBreakKind.CheckpointMissing, next);
            next = checkpoint.Number + 1;
            Verify(checkpoint);
        }

        // Those at the end can be removed together with the links that they cover; that is what the exported one is for.
        if (exported is not null && checkpoints.All(checkpoint => checkpoint.Number != exported.Number))
            Break(LogBreakKind.CheckpointMissing, exported.Number);
        await VerifyHeadsAsync([.. checkpoints.SelectMany(checkpoint => checkpoint.Heads).Distinct()], ct);
    }

    private void Verify(Checkpoint checkpoint)
    {
        if (!checkpoint.ComputeRoot().AsSpan().SequenceEqual(checkpoint.Root) || !checkpoint.Exported().IsSigned())
            Break(LogBreakKind.CheckpointAltered, checkpoint.Number);
        else if (exported is not null && exported.Number == checkpoint.Number && exported.IsSigned() && exported.Statement != checkpoint.Exported().Statement)
            Break(LogBreakKind.CheckpointAltered, checkpoint.Number);
        else if (ownKeys?.Any(key => key.AsSpan().SequenceEqual(checkpoint.PublicKey)) == false
            || (exported is not null && exported.Number == checkpoint.Number && exported.PublicKey != checkpoint.Exported().PublicKey))
            Break(LogBreakKind.CheckpointOfOtherKey, checkpoint.Number);
        else
            Verified++;
    }

    /// <summary>Whoever replaced a link and all after it made a chain that is right in itself, and other than what was signed.</summary>
    private async Task VerifyHeadsAsync(CheckpointHead[] heads, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            select h.log, h.link, l.hash is not null from unnest($1, $2, $3) as h (log, link, hash)
            left join log_link l on l.log = h.log and l.number = h.link
            where l.hash is distinct from h.hash order by h.log, h.link
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. heads.Select(head => head.Log)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. heads.Select(head => head.Link)] });
        command.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = [.. heads.Select(head => Convert.FromHexString(head.Hash))] });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            Breaks.Add(new LogBreak(reader.GetString(0), reader.GetBoolean(2) ? LogBreakKind.LinkAltered : LogBreakKind.LinkMissing, reader.GetInt64(1)));
    }

    private async Task<List<Checkpoint>> ReadAsync(CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select {Checkpoint.Columns} from log_checkpoint order by number", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var checkpoints = new List<Checkpoint>();
        while (await reader.ReadAsync(ct))
            checkpoints.Add(Checkpoint.Read(reader));
        return checkpoints;
    }

    private void Break(LogBreakKind kind, long number)
    {
        var found = new LogBreak(LogBreak.Checkpoints, kind, number);
        if (!Breaks.Contains(found))
            Breaks.Add(found);
    }
}
