using System.Security.Cryptography;
using System.Text;

namespace Rfl.Infrastructure.PersonalData;

/// <summary>
/// Keyed hashes for exact look-ups on personal values: HMAC-SHA-256 with a secret that lies in the database only wrapped by a key-encryption key. They
/// outlive the rotation of that key.
/// </summary>
public sealed class LookupHash
{
    private byte[]? secret;
    private InstallationCover? cover;

    /// <summary>False where the key-encryption key is missing or wrong.</summary>
    public bool IsAtHand => secret is not null;

    /// <summary>32 bytes, equal for equal values of one purpose.</summary>
    /// <param name="purpose">Separates kinds of values, for example <c>phone</c>: the same text hashes differently under another purpose.</param>
    /// <param name="value">The value in its one canonical spelling; making it so is the caller's part.</param>
    /// <exception cref="KeyEncryptionKeyUnavailableException">The key-encryption key is missing or wrong.</exception>
    public byte[] Of(string purpose, string value)
    {
        var key = secret ?? throw new KeyEncryptionKeyUnavailableException("the secret of the look-up hashes is not at hand.");
        return HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{purpose}\0{value}"));
    }

    /// <summary>What hides with the same secret.</summary>
    /// <exception cref="KeyEncryptionKeyUnavailableException">The key-encryption key is missing or wrong.</exception>
    public InstallationCover Cover => cover ?? throw new KeyEncryptionKeyUnavailableException("the secret of the covers is not at hand.");

    /// <summary>Takes the installation's secret into use: 32 random bytes.</summary>
    public void Use(byte[] newSecret) => (secret, cover) = (newSecret, new InstallationCover(newSecret));
}
