using Rfl.Domain.Access;

namespace Rfl.Api.Pipeline;

/// <summary>
/// Who asks, in this scope: set once, by the door from the request's identity or by a job as <see cref="Viewer.System"/>, before the first message is sent.
/// </summary>
public sealed class CurrentViewer
{
    private Viewer? viewer;

    /// <summary>Null for a caller who has not signed in.</summary>
    public Viewer? OrNobody => viewer;

    /// <exception cref="InvalidOperationException">Nobody signed in; a message allowed for anybody must not ask.</exception>
    public Viewer Viewer => viewer ?? throw new InvalidOperationException("Nobody has signed in.");

    /// <exception cref="InvalidOperationException">Another viewer acts in this scope already.</exception>
    public void ActAs(Viewer who)
    {
        if (viewer is not null && viewer != who)
            throw new InvalidOperationException("A scope has one viewer.");
        viewer = who;
    }
}
