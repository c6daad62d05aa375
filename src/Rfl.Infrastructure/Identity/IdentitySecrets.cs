using System.Security.Cryptography;
using System.Text;
using Rfl.Infrastructure.Secrets;

namespace Rfl.Infrastructure.Identity;

/// <summary>What stands between a stolen database and its use: random tokens stored as hashes, authenticator secrets encrypted, addresses hashed under a key.</summary>
public sealed class IdentitySecrets(IdentityKeys keys)
{
    private readonly byte[][] encryption =
        [.. keys.Secrets.Select(secret => HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: "authenticator-secrets"u8.ToArray()))];
    private readonly byte[] fingerprints = HKDF.DeriveKey(HashAlgorithmName.SHA256, keys.Secret, 32, info: "audit-fingerprints"u8.ToArray());

    /// <summary>256 random bits as lower-case hexadecimal, which survives every shell, header and double click.</summary>
    public static string NewToken() => RandomNumberGenerator.GetHexString(64, lowercase: true);

    /// <summary>A plain hash is enough for 256 random bits; there is nothing to guess.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Recognises the same address or e-mail again; without the key nobody can try them all.</summary>
    public byte[] Fingerprint(string text) => HMACSHA256.HashData(fingerprints, Encoding.UTF8.GetBytes(text))[..16];

    /// <param name="secret">What to encrypt.</param>
    /// <param name="owner">The account; a secret copied to another account does not decrypt.</param>
    public byte[] Encrypt(byte[] secret, Guid owner) => SealedBytes.Seal(encryption[0], secret, owner.ToByteArray());

    /// <exception cref="CryptographicException">It was encrypted under no secret that this node has, or for another account.</exception>
    public byte[] Decrypt(byte[] sealedSecret, Guid owner) =>
        encryption.Select(key => SealedBytes.TryOpen(key, sealedSecret, owner.ToByteArray())).FirstOrDefault(secret => secret is not null)
        ?? throw new CryptographicException("An authenticator's secret was encrypted under another Identity:SecretKey, or for another account.");
}
