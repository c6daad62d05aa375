using Rfl.Domain.Common;

namespace Rfl.Infrastructure.PersonalData;

/// <summary>A value was to be stored about a person whose key has been destroyed.</summary>
public sealed class PersonErasedException(PersonId person)
    : Exception($"Person {person} was erased; nothing can be stored about them.")
{
    public PersonId Person { get; } = person;
}

/// <summary>
/// Another operation gave this person a key at the same moment, and values were already sealed with the one made here. Nothing was written; the remedy is
/// to load again, naming the person.
/// </summary>
public sealed class PersonKeyConflict(Exception? innerException = null)
    : Exception("A person named for the first time already has a key.", innerException);

/// <summary>A value was to be stored about a person whose key does not unwrap although its key-encryption key is at hand: the row was damaged. Nothing was written.</summary>
public sealed class PersonKeyDamagedException(PersonId person)
    : Exception($"The key of person {person} is damaged; nothing can be stored about them until it is restored from a backup.");

/// <summary>The key-encryption key is missing or not the one this database was written with. Personal data can be neither read nor written.</summary>
public sealed class KeyEncryptionKeyUnavailableException(string reason)
    : Exception($"Personal data is not available: {reason}");
