using Rfl.Infrastructure.LocalPostgres;

namespace Rfl.Torture.Installation;

/// <summary>A file system that is soon full.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const int Megabytes = 48;

    private readonly string mount;

    private SmallDisk(string mount) => this.mount = mount;

    /// <summary>Given to the database's account.</summary>
    public string Folder => Path.Combine(mount, "tablespace");

    private string Ballast => Path.Combine(mount, "ballast");

    /// <summary>Null where this process may not mount anything.</summary>
    public static async Task<SmallDisk?> TryMountAsync()
    {
        var mount = Directory.CreateDirectory($"/tmp/rfl-disk-{Guid.NewGuid():N}").FullName;
        if (!(await ExternalProgram.RunAsync("mount", ["-t", "tmpfs", "-o", $"size={Megabytes}m", "tmpfs", mount])).Succeeded)
        {
            Directory.Delete(mount);
            return null;
        }

        var disk = new SmallDisk(mount);
        Standing.Add(disk, disk.UnmountAsync);
        Directory.CreateDirectory(disk.Folder);
        await ServerAccount.GiveAsync(disk.Folder, ServerAccount.Default);
        return disk;
    }

    /// <summary>Leaves no room for another page.</summary>
    public async Task FillAsync()
    {
        await using var ballast = File.Create(Ballast);
        var chunk = new byte[4096];
        try
        {
            while (true)
                await ballast.WriteAsync(chunk);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void MakeRoom() => File.Delete(Ballast);

    public ValueTask DisposeAsync() => new(Standing.TakeAwayAsync(this));

    private async Task UnmountAsync()
    {
        (await ExternalProgram.RunAsync("umount", [mount])).OrThrow("The small disk cannot be unmounted");
        Directory.Delete(mount);
    }
}
