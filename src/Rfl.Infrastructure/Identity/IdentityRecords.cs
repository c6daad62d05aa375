namespace Rfl.Infrastructure.Identity;

/// <summary>A partner society's, the ICRC's or a referral organisation's system. Its secrets live apart, so that a rotation can overlap.</summary>
public sealed class ApiKey
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The name of one of the roles of outside organisations.</summary>
    public required string Role { get; init; }

    public required string Society { get; init; }

    public required string[] Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required Guid CreatedBy { get; init; }

    public required DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>Exact to the hour: written at the first use of each hour only.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }
}

public sealed class ApiKeySecret
{
    public required byte[] Hash { get; init; }

    public required Guid KeyId { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; set; }
}

/// <summary>A line of the sign-in audit: codes, ids and keyed hashes only.</summary>
public sealed class AuditEntry
{
    public long Seq { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Action { get; init; }

    public required string Outcome { get; init; }

    public Guid? ActorId { get; init; }

    public Guid? SubjectId { get; init; }

    public byte[]? UnknownAccount { get; init; }

    public byte[]? IpHash { get; init; }

    public string? Detail { get; init; }
}
