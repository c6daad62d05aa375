using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using Rfl.Infrastructure.Projections;

namespace Rfl.Infrastructure.TamperEvidence;

/// <summary>One link of a log's chain.</summary>
/// <param name="Previous">The hash of the link before; zeros for the first.</param>
/// <param name="End">The place of its last row: every row up to here is in this link or in one before it.</param>
/// <param name="Rows">The numbers of its rows, in the feed's order.</param>
/// <param name="RowHashes">32 bytes for each row.</param>
internal sealed record LogLink(
    string Log, long Number, byte[] Previous, DateTimeOffset SealedAt, FeedPosition End, long[] Rows, byte[] RowHashes, byte[] Hash)
{
    public const string Columns = "number, previous, sealed_at, feed_epoch, transaction_id, last_seq, row_seqs, row_hashes, hash";

    public static readonly byte[] Nothing = new byte[RowHash.Size];

    public ReadOnlySpan<byte> HashOf(int row) => RowHashes.AsSpan(row * RowHash.Size, RowHash.Size);

    /// <summary>The link that follows, hashed.</summary>
    public static LogLink After(LogLink? last, string log, DateTimeOffset now, FeedPosition end, long[] rows, byte[] rowHashes)
    {
        var link = new LogLink(log, (last?.Number ?? 0) + 1, last?.Hash ?? Nothing, now, end, rows, rowHashes, []);
        return link with { Hash = link.ComputeHash() };
    }

    /// <summary>Whether it has the hash that it says.</summary>
    public bool IsItself() => RowHashes.Length == Rows.Length * RowHash.Size && Hash.AsSpan().SequenceEqual(ComputeHash());

    /// <summary>SHA-256 over all members in their order: text with its length, numbers big-endian, the instant in microseconds since 1970.</summary>
    public byte[] ComputeHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("rfl log link v1\0"u8);
        var name = Encoding.UTF8.GetBytes(Log);
        Append(name.Length);
        hash.AppendData(name);
        Append(Number);
        hash.AppendData(Previous);
        Append((SealedAt - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        Append(End.Epoch);
        Append((long)End.TransactionId);
        Append(End.Sequence);
        Append(Rows.Length);
        foreach (var row in Rows)
            Append(row);
        hash.AppendData(RowHashes);
        return hash.GetHashAndReset();

        void Append(long number)
        {
            Span<byte> bytes = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(bytes, number);
            hash.AppendData(bytes);
        }
    }

    public static LogLink Read(string log, NpgsqlDataReader reader) => new(
        log,
        reader.GetInt64(0),
        reader.GetFieldValue<byte[]>(1),
        reader.GetFieldValue<DateTimeOffset>(2),
        new FeedPosition(reader.GetInt32(3), reader.GetFieldValue<ulong>(4), reader.GetInt64(5)),
        reader.GetFieldValue<long[]>(6),
        reader.GetFieldValue<byte[]>(7),
        reader.GetFieldValue<byte[]>(8));

    public NpgsqlBatchCommand Insert() => new(
        $"insert into log_link (log, {Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    {
        Parameters =
        {
            new NpgsqlParameter<string> { TypedValue = Log },
            new NpgsqlParameter<long> { TypedValue = Number },
            new NpgsqlParameter<byte[]> { TypedValue = Previous },
            new NpgsqlParameter<DateTimeOffset> { TypedValue = SealedAt },
            new NpgsqlParameter<int> { TypedValue = End.Epoch },
            new NpgsqlParameter<ulong> { TypedValue = End.TransactionId, NpgsqlDbType = NpgsqlDbType.Xid8 },
            new NpgsqlParameter<long> { TypedValue = End.Sequence },
            new NpgsqlParameter<long[]> { TypedValue = Rows },
            new NpgsqlParameter<byte[]> { TypedValue = RowHashes },
            new NpgsqlParameter<byte[]> { TypedValue = Hash },
        },
    };
}
