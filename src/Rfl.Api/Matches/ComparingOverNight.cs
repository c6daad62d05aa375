using Rfl.Infrastructure.Jobs;

namespace Rfl.Api.Matches;

/// <summary>
/// Compares whoever still waits, after a failure or where the service was down when they were recorded, and everybody once more who was compared by another
/// model than the one in force.
/// </summary>
public sealed class ComparingOverNight(MatchProposing proposing) : IScheduledJob
{
    public const string JobName = "comparing-over-night";

    private const int AtATime = 100;

    public string Name => JobName;

    public TimeSpan Every => TimeSpan.FromDays(1);

    public async Task RunAsync(JobProgress run, CancellationToken ct)
    {
        int compared;
        do
        {
            compared = await proposing.RunAsync(AtATime, ct, MatchProposing.NewOrByAnotherModel);
            run.Found(compared);
            run.Succeeded(compared);
        }
        while (compared == AtATime);
    }
}
