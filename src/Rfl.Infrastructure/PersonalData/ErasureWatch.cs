using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Rfl.Infrastructure.PersonalData;

/// <summary>
/// On every node: forgets the keys of who was erased, on this node or another, and adds the erasures to the file outside the database. What one look misses, or
/// cannot write, the next one finds.
/// </summary>
public sealed partial class ErasureWatch(ErasureLedger ledger, ErasureFile file, PersonKeyVault vault, ILogger<ErasureWatch> logger) : BackgroundService
{
    private static readonly TimeSpan pause = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim one = new(1);
    private ulong next;

    public async Task LookAsync(CancellationToken ct)
    {
        await one.WaitAsync(ct);
        try
        {
            var page = await ledger.ReadAsync(next, ct);
            foreach (var (_, keyId) in page.Erasures)
                vault.Forget(keyId);
            file.Add(page.Erasures.Select(erasure => erasure.Erased));
            next = page.Next;
        }
        finally
        {
            one.Release();
        }
    }

    public override void Dispose()
    {
        one.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException or UnauthorizedAccessException)
            {
                LogFailure(file.Path, exception.GetType().Name);
            }

            await Task.Delay(pause, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    [LoggerMessage(LogLevel.Error, "Erasures could not be read or added to {Path} ({Error}); it is tried again.")]
    private partial void LogFailure(string path, string error);
}
