using Npgsql;
using Rfl.Domain.Common;

namespace Rfl.Infrastructure.PersonalData;

/// <summary>
/// Opens sealed values outside a stream's history: the rows of a list. Either the list's query joins the keys (<see cref="NewRing"/> and
/// <see cref="PersonKeyRing.Columns"/>), or one further query fetches those of a whole page.
/// </summary>
public sealed class PersonalDataReader(NpgsqlDataSource dataSource, PersonKeyVault vault)
{
    /// <summary>An empty ring, to be filled from the rows of a query.</summary>
    /// <param name="keepKeys">False where many people are looked at once: their keys would drive out of memory those of the cases that are worked on.</param>
    public PersonKeyRing NewRing(bool keepKeys = true) => vault.NewRing(keepKeys);

    /// <summary>
    /// The covered contents of a list's rows, null where one is damaged. Whose keys they need stands inside them, so that these come in a round trip of their own.
    /// </summary>
    /// <exception cref="KeyEncryptionKeyUnavailableException">The key-encryption key is missing or wrong.</exception>
    public async Task<IReadOnlyList<T?>> UncoverAsync<T>(IReadOnlyList<byte[]> rows, CancellationToken ct)
        where T : class
    {
        var ring = vault.NewRing();
        List<T?> contents = [.. rows.Select(ring.Uncover<T>)];
        if (ring.TakeMissed() is not { Length: > 0 } missed)
            return contents;
        var keys = await KeysOfAsync(missed.Select(PersonId.From), ct);
        return [.. rows.Select(keys.Uncover<T>)];
    }

    /// <summary>The keys of these persons, in one round trip.</summary>
    public async Task<IPersonalDataSealer> KeysOfAsync(IEnumerable<PersonId> persons, CancellationToken ct)
    {
        var ring = vault.NewRing();
        Guid[] ids = [.. persons.Select(person => person.Value).Distinct()];
        if (ids.Length == 0)
            return ring;
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await ring.AddAsync(connection, ids, ct);
        return ring;
    }
}
