using System.Security.Cryptography;
using System.Text;
using Rfl.Infrastructure.Files;

namespace Rfl.Infrastructure.LocalPostgres;

/// <summary>Where a private cluster lives, and under whose account.</summary>
/// <param name="Path">Holds the cluster, its password, its log and its locks; closed to everybody but the account.</param>
/// <param name="Account">The account of the server; null for one's own.</param>
internal sealed record ClusterFolder(string Path, string? Account)
{
    /// <summary>Taken as root, when PostgreSQL's account cannot reach the data folder (a clone in root's home, for example).</summary>
    private const string ReachableByEverybody = "/var/lib/rfl";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>PostgreSQL's own data directory. It exists only once it is complete.</summary>
    public string Cluster => System.IO.Path.Combine(Path, "cluster");

    /// <summary>Readable by the account alone.</summary>
    public string PasswordFile => System.IO.Path.Combine(Path, "password");

    public string LogFile => System.IO.Path.Combine(Path, "postgres.log");

    public bool Exists => File.Exists(System.IO.Path.Combine(Cluster, "PG_VERSION"));

    /// <summary>
    /// Finds the cluster of a data folder, or decides where a new one goes: into the data folder, unless one is root and the server's account cannot
    /// reach it. The cluster then has a place elsewhere, which the data folder remembers. The folder exists afterwards.
    /// </summary>
    /// <exception cref="LocalPostgresException">The folder cannot be made or entered.</exception>
    public static async Task<ClusterFolder> OpenAsync(string dataFolder)
    {
        var inside = System.IO.Path.Combine(System.IO.Path.GetFullPath(dataFolder), "postgres");
        try
        {
            Directory.CreateDirectory(dataFolder);
            var path = ServerAccount.Default is null || new ClusterFolder(inside, null).Exists || (!File.Exists(IdentityFile(dataFolder)) && IsReachable(dataFolder))
                ? inside
                : System.IO.Path.Combine(ReachableByEverybody, Fingerprint($"{inside} {Identity(dataFolder)}"));
            if (!Directory.Exists(path))
            {
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
                Directory.CreateDirectory(path, OwnerOnly);
            }

            // As root, a cluster that an ordinary user made keeps running under that user's account.
            return new(path, await ServerAccount.OwnerOfAsync(path) ?? ServerAccount.Default);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new LocalPostgresException(
                $"""
                The data folder '{dataFolder}' cannot be used: {exception.Message}
                Name one that you may write to, for example:
                    export Rfl__DataFolder="$HOME/rfl-data"
                """,
                exception);
        }
    }

    /// <summary>
    /// Kept in the data folder, beside the keys without which the cluster's personal data cannot be read: whoever removes the one starts anew with both,
    /// and a copy of the data folder does not share the cluster of the original.
    /// </summary>
    private static string IdentityFile(string dataFolder) => System.IO.Path.Combine(dataFolder, "cluster-id");

    private static string Identity(string dataFolder)
    {
        var file = IdentityFile(dataFolder);
        if (!File.Exists(file))
            WholeFile.TryCreate(file, Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(16, lowercase: true)));
        return File.ReadAllText(file);
    }

    /// <summary>Whether an account that is neither owner nor in the group may pass every folder on the way.</summary>
    private static bool IsReachable(string folder)
    {
        for (var step = new DirectoryInfo(System.IO.Path.GetFullPath(folder)); step is not null; step = step.Parent)
        {
            if (!step.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
                return false;
        }

        return true;
    }

    private static string Fingerprint(string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..16];
}
