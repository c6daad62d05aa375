using Rfl.Api.Pipeline;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.DataSubjects;

/// <summary>
/// Carries out again, before anybody is served, what the ledger outside the database knows and the database does not: a backup from before an erasure was restored.
/// </summary>
public sealed partial class ErasedAgain(ErasureLedger ledger, PersonErasure keys, IServiceScopeFactory scopes, ILogger<ErasedAgain> logger)
{
    /// <returns>How many persons were erased again.</returns>
    /// <exception cref="InvalidDataException">The file is no ledger of erasures.</exception>
    /// <exception cref="InvalidOperationException">An erasure could not be carried out; the service must not serve the person's data.</exception>
    public async Task<int> ApplyAsync(ErasureFile file, CancellationToken ct)
    {
        var lines = file.Read();
        if (lines.Count == 0)
            return 0;
        var known = (await ledger.ReadAsync(0, ct)).Erasures.Select(erasure => erasure.Erased.Person).ToHashSet();
        var missing = lines.Where(erased => !known.Contains(erased.Person)).DistinctBy(erased => erased.Person).ToList();
        foreach (var erased in missing)
            await EraseAsync(erased, ct);
        if (missing.Count > 0)
            LogApplied(missing.Count, file.Path);
        return missing.Count;
    }

    private async Task EraseAsync(ErasedPerson erased, CancellationToken ct)
    {
        try
        {
            if (await scopes.SendAsServiceAsync(new EraseAgain(erased), correlation: null, ct) is var outcome and not Outcome.Done)
                throw new InvalidOperationException($"Person {erased.Person} could not be erased again: {outcome.GetType().Name}.");
        }
        catch (KeyEncryptionKeyUnavailableException)
        {
            // Without the key-encryption key the lists cannot be written; the person's key can go all the same. The rest is done at the next start.
            await keys.ErasePersonAsync(erased.Person, ct);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} erasures of {Path} were missing in the database and were carried out again.")]
    private partial void LogApplied(int count, string path);
}
