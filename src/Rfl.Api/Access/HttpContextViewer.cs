using Rfl.Domain.Access;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Access;

public static class HttpContextViewer
{
    /// <summary>Whoever sent the request.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in: the endpoint is open to everyone and must not ask.</exception>
    public static Viewer Viewer(this HttpContext context) => context.User.ToViewer();

    public static bool IsSignedIn(this HttpContext context) => context.User.Identity is { IsAuthenticated: true };
}
