using System.Globalization;
using System.Text.RegularExpressions;
using Rfl.Infrastructure.LocalPostgres;

namespace Rfl.Benchmarks.Measuring;

/// <summary>The tables of <c>docs/performance.md</c>: what stands between a part's two markers is replaced by what was measured.</summary>
internal static partial class ResultPage
{
    private static string File => Path.Combine(BenchServer.Root, "docs", "performance.md");

    /// <param name="part">The name in the markers.</param>
    /// <param name="command">What to type to measure it again.</param>
    public static async Task RecordAsync(string part, string command, string measured)
    {
        var (begin, end) = ($"<!-- {part} -->", $"<!-- end of {part} -->");
        var page = await System.IO.File.ReadAllTextAsync(File);
        var (from, to) = (page.IndexOf(begin, StringComparison.Ordinal), page.IndexOf(end, StringComparison.Ordinal));
        if (from < 0 || to < from)
            throw new InvalidOperationException($"{File} has no place for {part}: it needs the lines {begin} and {end}.");
        var text = $"{page[..from]}{begin}\n`{command}`, {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, on {await MachineAsync()}\n\n{measured.ReplaceLineEndings("\n")}\n{page[to..]}";
        await System.IO.File.WriteAllTextAsync(File, text);
    }

    private static async Task<string> MachineAsync()
    {
        var model = await FirstAsync("/proc/cpuinfo", "model name");
        var memory = long.Parse((await FirstAsync("/proc/meminfo", "MemTotal")).Split(' ')[0], CultureInfo.InvariantCulture) / 1024 / 1024;
        var load = (await System.IO.File.ReadAllTextAsync("/proc/loadavg")).Split(' ');
        var postgres = await PostgresBinaries.FindAsync();
        return $"{Environment.ProcessorCount} cores ({model}), {memory + 1} GB, PostgreSQL {postgres?.MajorVersion}, .NET {Environment.Version}; "
            + $"load of the machine over the last minute {load[0]}, over fifteen {load[2]}.";
    }

    private static async Task<string> FirstAsync(string file, string name)
    {
        var lines = await System.IO.File.ReadAllLinesAsync(file);
        return Spaces().Replace(lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown", " ");
    }

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}
