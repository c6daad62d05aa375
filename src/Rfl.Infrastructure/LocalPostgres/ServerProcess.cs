using System.Globalization;

namespace Rfl.Infrastructure.LocalPostgres;

/// <summary>The running server of a cluster, as its pid file tells and the system confirms.</summary>
/// <param name="Id">Its process.</param>
/// <param name="Port">Null until it listens, and while it stops.</param>
internal sealed record ServerProcess(int Id, int? Port)
{
    public static string FileOf(ClusterFolder folder) => Path.Combine(folder.Cluster, "postmaster.pid");

    /// <summary>Null when no server of this cluster runs, whatever the pid file says: after a crash its number may belong to any other program.</summary>
    public static async Task<ServerProcess?> FindAsync(ClusterFolder folder)
    {
        string[] lines;
        try
        {
            lines = await File.ReadAllLinesAsync(FileOf(folder));
        }
        catch (FileNotFoundException)
        {
            return null;
        }

        // Lines of postmaster.pid: process, data directory, start time, port, socket folder, address, shared memory, status.
        if (lines.Length == 0 || !int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) || !await IsServerAsync(id, folder))
            return null;
        var ready = lines.Length > 7 && lines[7].Trim() == "ready";
        return new(id, ready ? int.Parse(lines[3], CultureInfo.InvariantCulture) : null);
    }

    /// <summary>A server's working folder is its data directory. Asked as the server's account: in a container even root may not look into others' processes.</summary>
    private static async Task<bool> IsServerAsync(int id, ClusterFolder folder)
    {
        var link = await ExternalProgram.RunAsync("readlink", [$"/proc/{id}/cwd"], folder.Account);
        return link.Succeeded && link.Output.Trim() == await RealPathAsync(folder.Cluster, folder.Account);
    }

    private static async Task<string> RealPathAsync(string path, string? account) =>
        (await ExternalProgram.RunAsync("readlink", ["-f", path], account)).Output.Trim();
}
