namespace Rfl.Domain.Matching.Names;

/// <summary>What two names say, in log-odds: the sum of what agrees (0 or more), what contradicts and what only one side has (0 or less).</summary>
/// <param name="AgreedA">A bit for each part of the first name that found its counterpart.</param>
/// <param name="AgreedB">The same of the second name.</param>
public readonly record struct NameEvidence(float Agreement, float Contradiction, float Omission, int AgreedA = 0, int AgreedB = 0)
{
    public float Total => Agreement + Contradiction + Omission;
}
