using Rfl.Domain.Common;

namespace Rfl.Infrastructure.PersonalData;

/// <summary>Seals and opens personal values for columns and bodies, with the keys that the operation at hand has loaded.</summary>
public interface IPersonalDataSealer
{
    /// <summary>
    /// The value encrypted with its person's key; the same value gives the same bytes. Empty when the value is unreadable, so that what was erased stays so.
    /// A person without a key gets one, which is stored with the append.
    /// </summary>
    /// <exception cref="PersonErasedException">The person was erased; nothing new can be kept about them.</exception>
    /// <exception cref="KeyEncryptionKeyUnavailableException">The key-encryption key is missing or wrong.</exception>
    byte[] Seal<T>(Personal<T> value)
        where T : notnull;

    /// <summary>The value, or an unreadable placeholder when the person was erased, the key is not at hand, or the bytes are damaged. Never throws for those.</summary>
    Personal<T> Open<T>(PersonId person, byte[] envelope)
        where T : notnull;

    /// <inheritdoc cref="InstallationCover.Alias"/>
    /// <exception cref="KeyEncryptionKeyUnavailableException">The key-encryption key is missing or wrong.</exception>
    Guid Alias(Guid id);

    /// <summary>
    /// A row's content as one column that tells nothing, not even whom it is about; personal values in it are sealed with their persons' keys. The same content
    /// gives the same bytes, and their number is a multiple of four kilobytes and a fixed part.
    /// </summary>
    /// <exception cref="PersonErasedException">The person of a readable value was erased.</exception>
    /// <exception cref="KeyEncryptionKeyUnavailableException">The key-encryption key is missing or wrong.</exception>
    byte[] Cover<T>(T row)
        where T : class;

    /// <summary>What was covered, or null when it is damaged. Personal values in it are opened as <see cref="Open"/> does.</summary>
    /// <exception cref="KeyEncryptionKeyUnavailableException">The key-encryption key is missing or wrong.</exception>
    T? Uncover<T>(byte[] covered)
        where T : class;

    /// <inheritdoc cref="LookupHash.Of"/>
    byte[] LookupHash(string purpose, string value);
}
