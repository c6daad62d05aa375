using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using NpgsqlTypes;

namespace Rfl.Infrastructure.TamperEvidence;

/// <summary>The latest link of one log when a checkpoint was made.</summary>
internal sealed record CheckpointHead(
    [property: JsonPropertyName("log")] string Log, [property: JsonPropertyName("link")] long Link, [property: JsonPropertyName("hash")] string Hash);

/// <summary>
/// A checkpoint as it leaves the house. What is signed is the line <c>rfl-checkpoint.v1 NUMBER ISSUED-AT ROOT</c>. It tells nothing of what the logs hold, not even
/// how much: the root is a hash over the heads of all logs with a salt, and checkpoints are made by the hour, whether there is anything new or not (rule 12).
/// </summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="IssuedAt">UTC, in whole microseconds: <c>2026-11-22T09:00:00.000000Z</c>.</param>
/// <param name="Root">SHA-256, lower-case hexadecimal.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo of a key on P-256, base64.</param>
/// <param name="Signature">ECDSA with SHA-256 over the line, ASN.1, base64.</param>
public sealed record ExportedCheckpoint(long Number, string IssuedAt, string Root, string PublicKey, string Signature)
{
    /// <summary>The line that is signed.</summary>
    [JsonIgnore]
    public string Statement => string.Create(CultureInfo.InvariantCulture, $"rfl-checkpoint.v1 {Number} {IssuedAt} {Root}");

    /// <exception cref="FormatException">It is not a checkpoint.</exception>
    public static ExportedCheckpoint Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ExportedCheckpoint>(json, JsonSerializerOptions.Web) is { IssuedAt: not null, Root: not null, PublicKey: not null, Signature: not null } read
                ? read
                : throw new FormatException("The file is no checkpoint: it needs number, issuedAt, root, publicKey and signature.");
        }
        catch (JsonException)
        {
            throw new FormatException("The file is no checkpoint: it is not JSON.");
        }
    }

    /// <summary>Whether the signature is that of the public key named.</summary>
    public bool IsSigned()
    {
        var signature = new byte[Signature.Length];
        var key = new byte[PublicKey.Length];
        return Convert.TryFromBase64String(Signature, signature, out var length)
            && Convert.TryFromBase64String(PublicKey, key, out var keyLength)
            && CheckpointKey.Verify(key[..keyLength], Encoding.ASCII.GetBytes(Statement), signature[..length]);
    }

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}

/// <summary>A checkpoint as it is stored, with what its root is made of.</summary>
internal sealed record Checkpoint(long Number, DateTimeOffset IssuedAt, byte[] Salt, IReadOnlyList<CheckpointHead> Heads, byte[] Root, byte[] PublicKey, byte[] Signature)
{
    public const string Columns = "number, issued_at, salt, heads, root, public_key, signature";

    public static Checkpoint Sign(long number, DateTimeOffset issuedAt, byte[] salt, IReadOnlyList<CheckpointHead> heads, CheckpointKey key)
    {
        var checkpoint = new Checkpoint(number, issuedAt, salt, heads, [], key.Public, []);
        checkpoint = checkpoint with { Root = checkpoint.ComputeRoot() };
        return checkpoint with { Signature = key.Sign(Encoding.ASCII.GetBytes(checkpoint.Exported().Statement)) };
    }

    public ExportedCheckpoint Exported() => new(
        Number,
        IssuedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        Convert.ToHexStringLower(Root),
        Convert.ToBase64String(PublicKey),
        Convert.ToBase64String(Signature));

    /// <summary>SHA-256 over the salt and a line for each head: <c>LOG LINK HASH</c>, in the order of the logs' names.</summary>
    public byte[] ComputeRoot()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("rfl checkpoint root v1\0"u8);
        hash.AppendData(Salt);
        foreach (var head in Heads.OrderBy(head => head.Log, StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{head.Log} {head.Link} {head.Hash}\n")));
        return hash.GetHashAndReset();
    }

    public static Checkpoint Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetFieldValue<DateTimeOffset>(1),
        reader.GetFieldValue<byte[]>(2),
        JsonSerializer.Deserialize<List<CheckpointHead>>(reader.GetString(3)) ?? [],
        reader.GetFieldValue<byte[]>(4),
        reader.GetFieldValue<byte[]>(5),
        reader.GetFieldValue<byte[]>(6));

    public NpgsqlBatchCommand Insert() => new($"insert into log_checkpoint ({Columns}) values ($1, $2, $3, $4, $5, $6, $7)")
    {
        Parameters =
        {
            new NpgsqlParameter<long> { TypedValue = Number },
            new NpgsqlParameter<DateTimeOffset> { TypedValue = IssuedAt },
            new NpgsqlParameter<byte[]> { TypedValue = Salt },
            new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(Heads), NpgsqlDbType = NpgsqlDbType.Jsonb },
            new NpgsqlParameter<byte[]> { TypedValue = Root },
            new NpgsqlParameter<byte[]> { TypedValue = PublicKey },
            new NpgsqlParameter<byte[]> { TypedValue = Signature },
        },
    };
}
