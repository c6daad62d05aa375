using System.Security.Cryptography;

namespace Rfl.Infrastructure.PersonalData;

/// <summary>
/// Key-encryption keys held in memory. A key's id is a fingerprint of the key itself, so a wrong key can never be taken for the right one.
/// Wrapped form: <c>version (1 byte, 1) | nonce (12) | tag (16) | ciphertext</c>, AES-256-GCM.
/// </summary>
public sealed class KeyEncryptionKeys : IKeyEncryptionKeys
{
    private const byte Version = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int HeaderSize = 1 + NonceSize + TagSize;
    private readonly Dictionary<string, Key> keys = [];
    private readonly string? currentId;

    /// <param name="keys">256-bit keys; the first one wraps, all unwrap.</param>
    public KeyEncryptionKeys(IEnumerable<byte[]> keys)
    {
        foreach (var key in keys)
        {
            var id = Fingerprint(key);
            currentId ??= id;
            this.keys[id] = new Key(key);
        }
    }

    private KeyEncryptionKeys(string problem) => Problem = problem;

    /// <summary>No key at hand: whatever needs no personal data still works.</summary>
    public static KeyEncryptionKeys None(string problem) => new(problem);

    public string CurrentId => currentId ?? throw new KeyEncryptionKeyUnavailableException(Problem ?? "no key-encryption key is configured.");

    public IReadOnlyCollection<string> Ids => keys.Keys;

    public string? Problem { get; }

    public byte[] Wrap(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> context)
    {
        var wrapped = new byte[HeaderSize + secret.Length];
        wrapped[0] = Version;
        var nonce = wrapped.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        var key = keys[CurrentId];
        lock (key.Gate)
            key.Cipher.Encrypt(nonce, secret, wrapped.AsSpan(HeaderSize), wrapped.AsSpan(1 + NonceSize, TagSize), context);
        return wrapped;
    }

    public byte[] Unwrap(string id, ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> context)
    {
        if (!keys.TryGetValue(id, out var key))
            throw new KeyEncryptionKeyUnavailableException($"the key-encryption key {id} is not at hand.");
        if (wrapped.Length < HeaderSize || wrapped[0] != Version)
            throw new CryptographicException("A wrapped key has an unknown form.");
        var secret = new byte[wrapped.Length - HeaderSize];
        lock (key.Gate)
            key.Cipher.Decrypt(wrapped.Slice(1, NonceSize), wrapped[HeaderSize..], wrapped.Slice(1 + NonceSize, TagSize), secret, context);
        return secret;
    }

    // One cipher for all: making one takes longer than unwrapping a key with it. Its native context is not safe for two threads.
    private sealed class Key(byte[] secret)
    {
        public AesGcm Cipher { get; } = new(secret, TagSize);

        public Lock Gate { get; } = new();
    }

    private static string Fingerprint(byte[] key) => key.Length == DataKey.Size
        ? Convert.ToHexStringLower(SHA256.HashData([.. "rfl key-encryption key"u8, .. key]).AsSpan(0, 8))
        : throw new ArgumentException($"A key-encryption key has {DataKey.Size} bytes, not {key.Length}.");
}
