using System.Security.Cryptography;
using System.Text;
using Rfl.Infrastructure.Secrets;

namespace Rfl.Infrastructure.Identity;

/// <summary>
/// How e-mail addresses and names of accounts stand in the database: sealed, and an address also as a keyed hash by which whoever signs in is found. Under the
/// identity secret, not under persons' keys, so that people can sign in while those are missing.
/// </summary>
public sealed class AccountTexts(IdentityKeys keys)
{
    private const string SealedPrefix = "sealed:";
    private const string HashedPrefix = "hashed:";

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
        return SealedPrefix + Convert.ToBase64String(SealedBytes.Seal(sealing[0], padded));
    }

    /// <summary>The text; one that was never sealed comes back as it is.</summary>
    /// <exception cref="MisconfigurationException">It was sealed under a secret that this node does not have.</exception>
    public string Open(string stored)
    {
        if (!stored.StartsWith(SealedPrefix, StringComparison.Ordinal))
            return stored;
        return sealing.Select(key => TryOpen(stored, key)).FirstOrDefault(text => text is not null)
            ?? throw new MisconfigurationException("An account's text was sealed under another Identity:SecretKey. Name that one in Identity:FormerSecretKeys.");
    }

    /// <summary>An address in the form by which accounts are looked up. What has this form already stays.</summary>
    public string Hash(string normalizedAddress) => normalizedAddress.StartsWith(HashedPrefix, StringComparison.Ordinal)
        ? normalizedAddress
        : HashedPrefix + Convert.ToBase64String(HMACSHA256.HashData(hashing, Encoding.UTF8.GetBytes(normalizedAddress)));

    /// <summary>Whether it is sealed under the present secret.</summary>
    public bool IsCurrent(string stored) => stored.StartsWith(SealedPrefix, StringComparison.Ordinal) && TryOpen(stored, sealing[0]) is not null;

    private static string? TryOpen(string stored, byte[] key) =>
        SealedBytes.TryOpen(key, Convert.FromBase64String(stored[SealedPrefix.Length..])) is { } padded
            ? Encoding.UTF8.GetString(padded.AsSpan(0, padded.AsSpan().LastIndexOf((byte)0x80)))
            : null;
}
