using System.Security.Cryptography;

namespace Rfl.Infrastructure.Secrets;

/// <summary>
/// Bytes sealed under a key of the installation, with a nonce of their own: <c>nonce (12) | ciphertext | tag (16)</c>, AES-256-GCM. What belongs to a person is
/// sealed under that person's key instead (<see cref="PersonalData.PersonKeyRing"/>).
/// </summary>
public static class SealedBytes
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <param name="associated">What it belongs to: sealed bytes that are moved elsewhere do not open.</param>
    public static byte[] Seal(byte[] key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> associated = default)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        RandomNumberGenerator.Fill(nonce);
        return Seal(key, nonce, plain, associated);
    }

    /// <summary>The same bytes whenever the same is sealed, so that what is made anew is identical; equal content can be seen to be equal.</summary>
    /// <param name="nonceKey">Another key than <paramref name="key"/>: the nonce is a hash of the content under it, so that none meets two contents.</param>
    public static byte[] SealRepeatably(byte[] key, byte[] nonceKey, ReadOnlySpan<byte> plain) =>
        Seal(key, HMACSHA256.HashData(nonceKey, plain).AsSpan(0, NonceLength), plain, default);

    private static byte[] Seal(byte[] key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> associated)
    {
        var sealedBytes = new byte[NonceLength + plain.Length + TagLength];
        nonce.CopyTo(sealedBytes);
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceLength..^TagLength), sealedBytes.AsSpan(^TagLength..), associated);
        return sealedBytes;
    }

    /// <summary>What is within; null where it was altered, belongs to something else, or was sealed under another key.</summary>
    public static byte[]? TryOpen(byte[] key, ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> associated = default)
    {
        if (sealedBytes.Length < NonceLength + TagLength)
            return null;
        var plain = new byte[sealedBytes.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(key, TagLength);
        try
        {
            cipher.Decrypt(sealedBytes[..NonceLength], sealedBytes[NonceLength..^TagLength], sealedBytes[^TagLength..], plain, associated);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
