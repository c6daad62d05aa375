namespace Rfl.Infrastructure.Jobs;

/// <summary>What one run has done so far. The run's id is recorded as correlation with every event of the run.</summary>
public sealed class JobProgress(Guid runId)
{
    public Guid RunId { get; } = runId;

    /// <summary>Items found due.</summary>
    public int Due { get; private set; }

    public int Done { get; private set; }

    public int Failed { get; private set; }

    /// <summary>The code of the last failure.</summary>
    public string? Error { get; private set; }

    public void Found(int items = 1) => Due += items;

    public void Succeeded(int items = 1) => Done += items;

    public void FailedWith(string error)
    {
        Failed++;
        Error = error;
    }
}
