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

    /// <summary>
    /// Before the service starts: the ledger must be there when a database is restored. One that is missing beside a database with people in it is made, which only
    /// the operator can tell from one that was lost.
    /// </summary>
    public async Task TellOfMissingFileAsync(ErasureFile file, CancellationToken ct)
    {
        try
        {
            if (file.TryMake() && await ledger.KnowsPersonsAsync(ct))
                LogMissing(file.Path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            LogUnwritable(file.Path, problem.GetType().Name);
        }
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

    [LoggerMessage(LogLevel.Warning, "There was no ledger of erasures at {Path}, though the database knows people; an empty one was made. If this database was restored from a backup, stop, put the ledger back and start again: whoever was erased after the backup can be read until then.")]
    private partial void LogMissing(string path);

    [LoggerMessage(LogLevel.Error, "The ledger of erasures {Path} cannot be made ({Error}); erasures will not outlive a restored backup. Let the service's user write there.")]
    private partial void LogUnwritable(string path, string error);

    [LoggerMessage(LogLevel.Warning, "{Count} erasures of {Path} were missing in the database and were carried out again.")]
    private partial void LogApplied(int count, string path);
}
