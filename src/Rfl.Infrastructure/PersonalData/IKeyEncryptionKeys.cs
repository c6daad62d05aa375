namespace Rfl.Infrastructure.PersonalData;

/// <summary>
/// The keys that wrap the persons' keys. They never lie in the database: they come from a file, a secret of the environment, or a key service behind this
/// seam. Several may be at hand, so that one can replace another while the service runs.
/// </summary>
public interface IKeyEncryptionKeys
{
    /// <summary>The key that wraps what is written now.</summary>
    /// <exception cref="KeyEncryptionKeyUnavailableException">There is no key.</exception>
    string CurrentId { get; }

    /// <summary>Every key at hand. Empty when there is none.</summary>
    IReadOnlyCollection<string> Ids { get; }

    /// <summary>Why there is no key, in words for the operator; null when there is one.</summary>
    string? Problem { get; }

    /// <summary>Wraps with the current key. <paramref name="context"/> is authenticated and needed again to unwrap.</summary>
    byte[] Wrap(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> context);

    /// <exception cref="KeyEncryptionKeyUnavailableException">The key named is not at hand.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The wrapped bytes are damaged or belong to another context.</exception>
    byte[] Unwrap(string id, ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> context);
}
