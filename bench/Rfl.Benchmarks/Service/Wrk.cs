using System.Globalization;
using System.Text;
using Rfl.Benchmarks.Measuring;
using Rfl.Infrastructure.LocalPostgres;

namespace Rfl.Benchmarks.Service;

/// <summary>What a load made of a service.</summary>
/// <param name="Failures">Answers other than 2xx and connections that broke.</param>
internal sealed record Load(double PerSecond, double MedianMilliseconds, double P99Milliseconds, long Failures);

/// <summary>The load generator wrk, of Debian's package: a process of its own that keeps each connection busy with one request after the other.</summary>
internal static class Wrk
{
    private const string Report =
        """

        done = function(summary, latency, requests)
            local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout + summary.errors.status
            io.write(string.format("RESULT %f %f %f %d\n", summary.requests * 1e6 / summary.duration, latency:percentile(50) / 1000, latency:percentile(99) / 1000, failed))
        end
        """;

    /// <exception cref="InvalidOperationException">It is not installed and cannot be; the message says what to type.</exception>
    public static async Task EnsureAsync()
    {
        if (await IsInstalledAsync())
            return;
        if (Environment.IsPrivilegedProcess)
        {
            Console.Error.WriteLine("Installing Debian's package 'wrk', the load generator.");
            await ExternalProgram.RunAsync(
                "sh", ["-c", "apt-get update -q && apt-get install -q -y --no-install-recommends wrk"],
                environment: new Dictionary<string, string> { ["DEBIAN_FRONTEND"] = "noninteractive" });
        }

        if (!await IsInstalledAsync())
            throw new InvalidOperationException("The load generator wrk is missing. Type: sudo apt-get update && sudo apt-get install -y wrk");
    }

    /// <param name="script">Lua that defines <c>request</c>.</param>
    /// <param name="file">What the script reads, by the variable <c>BENCH_FILE</c>.</param>
    public static async Task<Load> RunAsync(Uri address, string script, string file, int connections, int seconds)
    {
        var path = Path.Combine(BenchServer.Folder, "load.lua");
        await File.WriteAllTextAsync(path, script + Report, new UTF8Encoding(false));
        var result = await ExternalProgram.RunAsync(
            "wrk",
            ["-t1", $"-c{connections}", $"-d{seconds}s", "--timeout", "30s", "-s", path, address.ToString()],
            environment: new Dictionary<string, string> { ["BENCH_FILE"] = file });
        var figures = result.OrThrow("wrk failed").Split('\n').Single(line => line.StartsWith("RESULT ", StringComparison.Ordinal)).Split(' ');
        return new Load(Number(1), Number(2), Number(3), (long)Number(4));

        double Number(int i) => double.Parse(figures[i], CultureInfo.InvariantCulture);
    }

    private static async Task<bool> IsInstalledAsync() => (await ExternalProgram.RunAsync("wrk", ["-v"])).ExitCode != -1;
}
