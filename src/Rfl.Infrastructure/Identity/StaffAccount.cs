using Microsoft.AspNetCore.Identity;
using Npgsql;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Infrastructure.Reads;

namespace Rfl.Infrastructure.Identity;

/// <summary>A person who signs in with an e-mail address and a password: staff, volunteers, and enquirers looking at their own request.</summary>
public sealed class StaffAccount : IdentityUser<Guid>
{
    public required string DisplayName { get; set; }

    /// <summary><c>en</c> or <c>fr</c>.</summary>
    public required string Language { get; set; }

    public string[] RoleNames { get; set; } = [];

    public string? Region { get; set; }

    public string? Society { get; set; }

    /// <summary>The one request that an enquirer may see.</summary>
    public Guid? TracingRequestId { get; set; }

    /// <summary>Whether it is an enquirer's: a data subject, whom staff who keep accounts need not read of.</summary>
    public bool IsEnquirers => TracingRequestId is not null || Roles.Contains(Role.Enquirer);

    public bool IsActive { get; set; } = true;

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Set while the password is a one-time one, given by an administrator: the next sign-in must replace it, before this moment.</summary>
    public DateTimeOffset? PasswordExpiresAt { get; set; }

    /// <summary>The shared secret of the authenticator app, encrypted (<see cref="IdentitySecrets"/>).</summary>
    public byte[]? AuthenticatorSecret { get; set; }

    /// <summary>Those that can be read: a damaged one opens nothing, and closes nothing that the others open.</summary>
    public ValueList<Role> Roles => RoleNames.Select(Vocabulary.Find<Role>).OfType<Role>().ToValueList();

    public bool HasUnreadableRole => Roles.Count < RoleNames.Length;

    /// <summary>
    /// Whoever followed their own request by an account has none any more; sessions and authenticators go with it, the audit keeps its id.
    /// </summary>
    /// <param name="request">The enquirer's.</param>
    public static NpgsqlBatchCommand DeleteOfEnquirer(Guid request) => new("delete from identity.accounts where tracing_request_id = $1")
    {
        Parameters = { new NpgsqlParameter<Guid> { TypedValue = request } },
    };

    public void Assign(RoleAssignment assignment)
    {
        RoleNames = [.. assignment.Roles.Select(role => role.ToString())];
        Region = assignment.Region;
        Society = assignment.Society;
        TracingRequestId = assignment.TracingRequestId;
        EndSessionsBeingOpened();
    }

    /// <summary>A sign-in that is under way with the account as it was will open no session.</summary>
    public void EndSessionsBeingOpened() => SecurityStamp = Guid.NewGuid().ToString("N");
}
