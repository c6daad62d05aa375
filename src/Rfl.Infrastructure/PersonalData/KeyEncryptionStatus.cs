namespace Rfl.Infrastructure.PersonalData;

/// <summary>Whether the key-encryption keys at hand are those of this database. Known once <see cref="PersonalDataStart"/> has looked; shown by health.</summary>
public sealed class KeyEncryptionStatus
{
    private volatile string? problem = "the key-encryption keys have not been checked against the database yet.";

    public bool IsReady => problem is null;

    /// <summary>What is wrong and what to do, in words for the operator; null when nothing is.</summary>
    public string? Problem => problem;

    internal void Set(string? newProblem) => problem = newProblem;

    /// <exception cref="KeyEncryptionKeyUnavailableException">A key is missing or wrong.</exception>
    internal void RequireReady()
    {
        if (problem is { } reason)
            throw new KeyEncryptionKeyUnavailableException(reason);
    }
}
