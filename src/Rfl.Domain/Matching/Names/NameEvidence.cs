namespace Rfl.Domain.Matching.Names;

/// <summary>What two names say, in log-odds: the sum of what agrees (0 or more), what contradicts and what only one side has (0 or less).</summary>
public readonly record struct NameEvidence(float Agreement, float Contradiction, float Omission)
{
    public float Total => Agreement + Contradiction + Omission;
}
