namespace Rfl.Infrastructure.Jobs;

/// <summary>What one run has done so far. The run's id is recorded as correlation with every event of the run. Safe to tell from several threads.</summary>
public sealed class JobProgress(Guid runId)
{
    private int due;
    private int done;
    private int failed;

    public Guid RunId { get; } = runId;

    /// <summary>Items found due.</summary>
    public int Due => due;

    public int Done => done;

    public int Failed => failed;

    /// <summary>The code of the last failure.</summary>
    public string? Error { get; private set; }

    public void Found(int items = 1) => Interlocked.Add(ref due, items);

    public void Succeeded(int items = 1) => Interlocked.Add(ref done, items);

    public void FailedWith(string error)
    {
        Interlocked.Increment(ref failed);
        Error = error;
    }
}
