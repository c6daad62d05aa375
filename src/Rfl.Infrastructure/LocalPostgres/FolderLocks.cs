using System.Diagnostics;

namespace Rfl.Infrastructure.LocalPostgres;

/// <summary>
/// Lets several processes share one cluster: each holds a shared lock while it uses the server, and whoever stops last, stops the server. The locks
/// are the kernel's, so that a killed process leaves none behind.
/// </summary>
internal sealed class FolderLocks(string folder)
{
    private FileStream? use;

    /// <summary>Held while the server is being made, started or stopped. Waits for another process that does so.</summary>
    public async Task<IDisposable> ChangeAsync(TimeSpan patience)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            if (TryOpen("change.lock", FileShare.None) is { } held)
                return held;
            if (waited.Elapsed > patience)
                throw new LocalPostgresException($"Another process has been starting or stopping the PostgreSQL in '{folder}' for {patience.TotalSeconds:0} seconds.");
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    public void BeginUse() => use = TryOpen("use.lock", FileShare.Read) ?? throw new LocalPostgresException($"The PostgreSQL in '{folder}' is being stopped.");

    /// <summary>Ends this process's use.</summary>
    /// <returns>Whether nobody else uses the server.</returns>
    public bool EndUse()
    {
        use?.Dispose();
        use = null;
        using var alone = TryOpen("use.lock", FileShare.None);
        return alone is not null;
    }

    /// <summary>Opened for reading, <see cref="FileShare.Read"/> is a shared lock and <see cref="FileShare.None"/> an exclusive one. Null when refused.</summary>
    private FileStream? TryOpen(string name, FileShare share)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            File.Open(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite).Dispose();
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, share);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
