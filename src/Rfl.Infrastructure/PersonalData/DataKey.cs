using System.Security.Cryptography;
using Rfl.Domain.Common;

namespace Rfl.Infrastructure.PersonalData;

/// <summary>
/// One person's key and the envelope made with it: <c>version (1 byte, 1) | key id (16) | nonce (12) | tag (16) | ciphertext</c>, AES-256-GCM with the
/// version, the person and the key id as associated data.
/// <para>
/// The nonce is derived from the value (HMAC-SHA-256 under a key of its own), so the same value of the same person always gives the same bytes: a rebuilt
/// view is identical to the byte, and no nonce can repeat for two values. What this shows a thief is only that a person's value is the same in two places.
/// Values are padded with white space, so that short ones do not differ by their length.
/// </para>
/// </summary>
#pragma warning disable CA1001 // A key that left the cache may still be in use; the cipher's safe handle frees itself when nobody holds it any more.
internal sealed class DataKey
#pragma warning restore CA1001
{
    public const int Size = 32;
    private const byte EnvelopeVersion = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int HeaderSize = 1 + 16 + NonceSize + TagSize;

    // None where the key opens one value and is dropped: a cipher that nobody disposes costs the collector more than setting it up.
    private readonly AesGcm? cipher;
    private readonly byte[] secret;
    private readonly byte[] associatedData;

    // The cipher's native context is not safe for two threads; one person is rarely worked on by two.
    private readonly Lock gate = new();

    // Derived for sealing only: a search opens a hundred persons and seals none.
    private byte[]? nonceKey;

    /// <param name="keep">Whether the key will be used again.</param>
    public DataKey(PersonId person, Guid id, ReadOnlySpan<byte> secret, bool keep = true)
    {
        Id = id;
        cipher = keep ? new AesGcm(secret, TagSize) : null;
        this.secret = secret.ToArray();
        associatedData = [EnvelopeVersion, .. person.Value.ToByteArray(bigEndian: true), .. id.ToByteArray(bigEndian: true)];
    }

    public Guid Id { get; }

    /// <param name="json">The value as UTF-8 JSON.</param>
    public byte[] Seal(ReadOnlySpan<byte> json)
    {
        var padded = new byte[PaddedSize(json.Length)];
        json.CopyTo(padded);
        padded.AsSpan(json.Length).Fill((byte)' ');

        var envelope = new byte[HeaderSize + padded.Length];
        associatedData.AsSpan(0, 1).CopyTo(envelope);
        associatedData.AsSpan(17).CopyTo(envelope.AsSpan(1));
        Span<byte> mac = stackalloc byte[32];
        HMACSHA256.HashData(nonceKey ??= HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, Size, info: "rfl nonce v1"u8.ToArray()), padded, mac);
        var nonce = envelope.AsSpan(17, NonceSize);
        mac[..NonceSize].CopyTo(nonce);
        lock (gate)
        {
            using var once = Once();
            (cipher ?? once!).Encrypt(nonce, padded, envelope.AsSpan(HeaderSize), envelope.AsSpan(17 + NonceSize, TagSize), associatedData);
        }

        return envelope;
    }

    /// <summary>The JSON within, or null when the envelope is not this key's, damaged, or of an unknown version.</summary>
    public byte[]? TryOpen(ReadOnlySpan<byte> envelope)
    {
        if (envelope.Length < HeaderSize || envelope[0] != EnvelopeVersion || !envelope.Slice(1, 16).SequenceEqual(associatedData.AsSpan(17)))
            return null;
        var json = new byte[envelope.Length - HeaderSize];
        try
        {
            lock (gate)
            {
                using var once = Once();
                (cipher ?? once!).Decrypt(envelope.Slice(17, NonceSize), envelope[HeaderSize..], envelope.Slice(17 + NonceSize, TagSize), json, associatedData);
            }

            return json;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private AesGcm? Once() => cipher is null ? new AesGcm(secret, TagSize) : null;

    /// <summary>The next power of two from 32, and whole kilobytes beyond the first.</summary>
    internal static int PaddedSize(int length) => length switch
    {
        <= 32 => 32,
        <= 1024 => (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)length),
        _ => (length + 1023) / 1024 * 1024,
    };
}
