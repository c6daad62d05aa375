using Rfl.Domain.Common;

namespace Rfl.Domain.Access;

/// <summary>
/// Whoever asks: a member of staff, a partner society's system, an enquirer, or the service itself. Every visibility rule is a function of a viewer and
/// what is viewed, so that authorisation is decided where data is loaded.
/// </summary>
/// <param name="Id">The account or API key; recorded as the actor of every event.</param>
/// <param name="Roles">Empty for the service itself.</param>
/// <param name="Region">The regional office of a volunteer or focal point.</param>
/// <param name="Society">The National Society or other organisation of a partner's or referral organisation's account.</param>
/// <param name="TracingRequestId">The one request of an enquirer's account.</param>
public sealed record Viewer(
    Guid Id,
    ValueList<Role> Roles,
    string? Region = null,
    string? Society = null,
    Guid? TracingRequestId = null)
{
    /// <summary>The service itself, when a job acts.</summary>
    public static Viewer System { get; } = new(Guid.Empty, []);

    public bool IsSystem => Id == Guid.Empty;

    public bool Is(Role role) => Roles.Contains(role);

    public bool IsAny(params ReadOnlySpan<Role> roles)
    {
        foreach (var role in roles)
        {
            if (Is(role))
                return true;
        }

        return false;
    }
}
