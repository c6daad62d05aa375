using Rfl.Infrastructure.Jobs;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.Operations;

/// <summary>
/// After a new key-encryption key has been the current one for a day, wraps what older ones still wrap, while the service runs; then the older ones may go.
/// <c>dotnet Rfl.Api.dll rewrap-keys</c> does it at once.
/// </summary>
public sealed class RewrappingKeys(KeyRotation rotation) : IScheduledJob
{
    public const string JobName = "rewrapping-keys";

    private static readonly TimeSpan everyNodeHasTheKeyAfter = TimeSpan.FromDays(1);

    public string Name => JobName;

    public TimeSpan Every => TimeSpan.FromHours(6);

    public async Task RunAsync(JobProgress run, CancellationToken ct)
    {
        // How many persons there are, found ones among them, is nobody's business here (rule 12): the run tells whether there was something to do.
        var result = await rotation.RotateAsync(null, ct, everyNodeHasTheKeyAfter);
        if (result.Wrapped + result.Damaged == 0)
            return;
        run.Found();
        if (result.Damaged == 0)
            run.Succeeded();
        else
            run.FailedWith("key-damaged");
    }
}
