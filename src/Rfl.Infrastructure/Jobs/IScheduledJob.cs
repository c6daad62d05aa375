namespace Rfl.Infrastructure.Jobs;

/// <summary>
/// Work that the service does by itself, again and again. It finds what is due with an indexed query and sends one command per item; every item is its own
/// transaction, and doing one twice is harmless. Register it with <see cref="JobServices.AddScheduledJob"/>: the scheduler wakes it on one node at a time.
/// </summary>
public interface IScheduledJob
{
    /// <summary>Kebab case, stable: part of the API's paths and of the run log.</summary>
    string Name { get; }

    /// <summary>How often it is woken. What is due is judged by the service's clock, not by the schedule.</summary>
    TimeSpan Every { get; }

    /// <summary>Only the disclosure circle may see its runs: their counts would betray findings (handbook, rule 12).</summary>
    bool IsOfCircle => false;

    Task RunAsync(JobProgress run, CancellationToken ct);
}
