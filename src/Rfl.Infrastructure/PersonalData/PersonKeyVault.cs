using System.Security.Cryptography;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using Rfl.Domain.Common;

namespace Rfl.Infrastructure.PersonalData;

/// <summary>
/// Unwraps and makes persons' keys. Unwrapped keys are kept in memory in bounded number and for a bounded time; since every operation reads the rows of
/// <c>person_keys</c> anew, an erased key is refused on every node at once, cached or not.
/// </summary>
public sealed partial class PersonKeyVault(IKeyEncryptionKeys keyEncryptionKeys, KeyEncryptionStatus status, LookupHash lookupHash, ILogger<PersonKeyVault> logger) : IDisposable
{
    /// <summary>How many unwrapped keys one node keeps, at about 500 bytes each.</summary>
    public const int CachedKeys = 50_000;

    private static readonly TimeSpan cachedFor = TimeSpan.FromMinutes(10);
    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = CachedKeys });

    internal LookupHash LookupHash => lookupHash;

    /// <summary>A row of <c>person_keys</c>. <paramref name="Wrapped"/> is null when the person was erased.</summary>
    internal readonly record struct Row(Guid PersonId, Guid KeyId, string KekId, byte[]? Wrapped);

    /// <summary>The key, or null when the key-encryption key is not at hand or the row is damaged.</summary>
    /// <param name="keep">Whether the person is likely to be read again soon.</param>
    internal DataKey? Unwrap(Row row, bool keep)
    {
        if (cache.TryGetValue(row.KeyId, out DataKey? cached))
            return cached;
        if (!keyEncryptionKeys.Ids.Contains(row.KekId))
            return null;
        byte[] secret;
        try
        {
            secret = keyEncryptionKeys.Unwrap(row.KekId, row.Wrapped, Context(row.PersonId, row.KeyId));
        }
        catch (CryptographicException)
        {
            // Once in a while is enough: lists come by often.
            if (!cache.TryGetValue((row.KeyId, "damaged"), out _))
                LogDamaged(row.PersonId);
            cache.Set((row.KeyId, "damaged"), row.KeyId, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = cachedFor });
            return null;
        }

        var key = new DataKey(PersonId.From(row.PersonId), row.KeyId, secret, keep);
        CryptographicOperations.ZeroMemory(secret);
        if (keep)
            Keep(key);
        return key;
    }

    internal bool IsAtHand(string kekId) => keyEncryptionKeys.Ids.Contains(kekId);

    /// <exception cref="KeyEncryptionKeyUnavailableException">The key-encryption keys are not the ones this database is written with.</exception>
    internal (DataKey Key, Row Row) Make(PersonId person)
    {
        status.RequireReady();
        var keyId = Guid.CreateVersion7();
        Span<byte> secret = stackalloc byte[DataKey.Size];
        RandomNumberGenerator.Fill(secret);
        var wrapped = keyEncryptionKeys.Wrap(secret, Context(person.Value, keyId));
        var key = new DataKey(person, keyId, secret);
        CryptographicOperations.ZeroMemory(secret);
        return (key, new Row(person.Value, keyId, keyEncryptionKeys.CurrentId, wrapped));
    }

    internal void Keep(DataKey key) => cache.Set(key.Id, key, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = cachedFor });

    internal bool Holds(Guid keyId) => cache.TryGetValue(keyId, out _);

    internal void Forget(Guid keyId) => cache.Remove(keyId);

    internal PersonKeyRing NewRing(bool keepKeys = true) => new(this, keepKeys);

    /// <summary>Binds a wrapped key to its row, so that rows cannot be exchanged.</summary>
    internal static byte[] Context(Guid personId, Guid keyId) =>
        [.. "rfl person key v1"u8, .. personId.ToByteArray(bigEndian: true), .. keyId.ToByteArray(bigEndian: true)];

    public void Dispose() => cache.Dispose();

    [LoggerMessage(LogLevel.Error, "The key of person {Person} is damaged; what is known of them is shown as unreadable. A backup holds the row of person_keys as it was.")]
    private partial void LogDamaged(Guid person);
}
