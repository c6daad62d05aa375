using System.Security.Cryptography;
using System.Text;

namespace Rfl.Infrastructure.Identity;

/// <summary>
/// How e-mail addresses and names of accounts stand in the database: sealed, and an address also as a keyed hash by which whoever signs in is found. Under the
/// identity secret, not under persons' keys, so that people can sign in while those are missing.
/// </summary>
public sealed class AccountTexts(IdentityKeys keys)
{
    private const string SealedPrefix = "sealed:";
    private const string HashedPrefix = "hashed:";
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>Lengths of names and addresses tell little in steps of this size.</summary>
    private const int Step = 48;

    private readonly byte[][] sealing = [.. keys.Secrets.Select(secret => HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: "account-texts"u8.ToArray()))];
    private readonly byte[] hashing = HKDF.DeriveKey(HashAlgorithmName.SHA256, keys.Secret, 32, info: "account-addresses"u8.ToArray());

    public string Seal(string text)
    {
        var written = Encoding.UTF8.GetBytes(text);
        var padded = new byte[((written.Length / Step) + 1) * Step];
        written.CopyTo(padded, 0);
        // Ends the text; what follows is zero.
        padded[written.Length] = 0x80;
        var sealedText = new byte[NonceLength + padded.Length + TagLength];
        RandomNumberGenerator.Fill(sealedText.AsSpan(0, NonceLength));
        using var aes = new AesGcm(sealing[0], TagLength);
        aes.Encrypt(sealedText.AsSpan(0, NonceLength), padded, sealedText.AsSpan(NonceLength, padded.Length), sealedText.AsSpan(NonceLength + padded.Length));
        return SealedPrefix + Convert.ToBase64String(sealedText);
    }

    /// <summary>The text; one that was never sealed comes back as it is.</summary>
    /// <exception cref="InvalidOperationException">It was sealed under a secret that this node does not have.</exception>
    public string Open(string stored)
    {
        if (!stored.StartsWith(SealedPrefix, StringComparison.Ordinal))
            return stored;
        var sealedText = Convert.FromBase64String(stored[SealedPrefix.Length..]);
        foreach (var key in sealing)
        {
            if (TryOpen(sealedText, key) is { } text)
                return text;
        }

        throw new InvalidOperationException("An account's text was sealed under another Identity:SecretKey. Name that one in Identity:FormerSecretKeys.");
    }

    /// <summary>An address in the form by which accounts are looked up. What has this form already stays.</summary>
    public string Hash(string normalizedAddress) => normalizedAddress.StartsWith(HashedPrefix, StringComparison.Ordinal)
        ? normalizedAddress
        : HashedPrefix + Convert.ToBase64String(HMACSHA256.HashData(hashing, Encoding.UTF8.GetBytes(normalizedAddress)));

    /// <summary>Whether it is sealed under the present secret.</summary>
    public bool IsCurrent(string stored) =>
        stored.StartsWith(SealedPrefix, StringComparison.Ordinal) && TryOpen(Convert.FromBase64String(stored[SealedPrefix.Length..]), sealing[0]) is not null;

    private static string? TryOpen(byte[] sealedText, byte[] key)
    {
        var padded = new byte[sealedText.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        try
        {
            aes.Decrypt(sealedText.AsSpan(0, NonceLength), sealedText.AsSpan(NonceLength, padded.Length), sealedText.AsSpan(NonceLength + padded.Length), padded);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return Encoding.UTF8.GetString(padded.AsSpan(0, padded.AsSpan().LastIndexOf((byte)0x80)));
    }
}
