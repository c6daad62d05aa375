using System.Security.Cryptography;
using System.Text;

namespace Rfl.Infrastructure.Identity;

/// <summary>What stands between a stolen database and its use: random tokens stored as hashes, authenticator secrets encrypted, addresses hashed under a key.</summary>
public sealed class IdentitySecrets(IdentityKeys keys)
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

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
    public byte[] Encrypt(byte[] secret, Guid owner)
    {
        var sealedSecret = new byte[NonceLength + secret.Length + TagLength];
        var nonce = sealedSecret.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(encryption[0], TagLength);
        aes.Encrypt(nonce, secret, sealedSecret.AsSpan(NonceLength, secret.Length), sealedSecret.AsSpan(NonceLength + secret.Length), owner.ToByteArray());
        return sealedSecret;
    }

    /// <exception cref="AuthenticationTagMismatchException">It was encrypted under no secret that this node has, or for another account.</exception>
    public byte[] Decrypt(byte[] sealedSecret, Guid owner)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                return Decrypt(sealedSecret, owner, encryption[i]);
            }
            catch (AuthenticationTagMismatchException) when (i < encryption.Length - 1)
            {
                // Then it is one of the former.
            }
        }
    }

    private static byte[] Decrypt(byte[] sealedSecret, Guid owner, byte[] key)
    {
        var secret = new byte[sealedSecret.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(sealedSecret.AsSpan(0, NonceLength), sealedSecret.AsSpan(NonceLength, secret.Length), sealedSecret.AsSpan(NonceLength + secret.Length), secret, owner.ToByteArray());
        return secret;
    }
}
