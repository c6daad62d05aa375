using System.Globalization;
using System.Text.RegularExpressions;

namespace Rfl.Infrastructure.LocalPostgres;

/// <summary>An installed PostgreSQL server.</summary>
/// <param name="Folder">Holds <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>.</param>
/// <param name="MajorVersion">15 or later.</param>
public sealed partial record PostgresBinaries(string Folder, int MajorVersion)
{
    public const int OldestSupported = 15;

    private static readonly string[] needed = ["initdb", "pg_ctl", "postgres"];

    /// <summary>
    /// The newest installed server, or exactly <paramref name="majorVersion"/> (a cluster is opened only by the version that made it); null when
    /// there is none. Looks where PATH and <c>pg_config</c> point, where Debian puts its packages, and where a source build goes.
    /// </summary>
    public static async Task<PostgresBinaries?> FindAsync(int? majorVersion = null)
    {
        PostgresBinaries? best = null;
        foreach (var folder in (await CandidatesAsync()).Where(HoldsServer).Select(Resolve).Distinct())
        {
            if (await VersionOfAsync(folder) is { } version
                && (majorVersion is null ? version >= OldestSupported : version == majorVersion)
                && version > (best?.MajorVersion ?? 0))
            {
                best = new(folder, version);
            }
        }

        return best;
    }

    public string PathOf(string program) => Path.Combine(Folder, program);

    private static async Task<IEnumerable<string>> CandidatesAsync()
    {
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var configured = await ExternalProgram.RunAsync("pg_config", ["--bindir"]);
        const string debian = "/usr/lib/postgresql";
        return
        [
            .. onPath.Where(Path.IsPathRooted),
            .. configured.Succeeded ? new[] { configured.Output.Trim() } : [],
            .. Directory.Exists(debian) ? Directory.GetDirectories(debian).Select(version => Path.Combine(version, "bin")) : [],
            "/usr/local/bin",
            "/usr/local/pgsql/bin",
        ];
    }

    private static bool HoldsServer(string folder) => needed.All(program => File.Exists(Path.Combine(folder, program)));

    private static string Resolve(string folder) =>
        Path.GetDirectoryName(File.ResolveLinkTarget(Path.Combine(folder, "postgres"), returnFinalTarget: true)?.FullName) is { } real && HoldsServer(real)
            ? real
            : folder;

    private static async Task<int?> VersionOfAsync(string folder)
    {
        var result = await ExternalProgram.RunAsync(Path.Combine(folder, "postgres"), ["--version"]);
        return VersionPattern().Match(result.Output) is { Success: true } match
            ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : null;
    }

    [GeneratedRegex(@"PostgreSQL\)? (\d+)")]
    private static partial Regex VersionPattern();
}
