using System.Diagnostics;
using Rfl.Infrastructure.LocalPostgres;
using Xunit;

namespace Rfl.Torture;

/// <summary>Whoever stops a run in the middle gets the report so far and finds nothing of it left.</summary>
public sealed class StoppingTests
{
    [Fact]
    public async Task A_run_that_is_terminated_stops_its_processes_and_prints_what_it_has()
    {
        var before = Directory.GetDirectories("/tmp", "rfl-torture-*").ToHashSet();
        using var run = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Rfl.Torture.dll"), "race", "--short"])
        {
            RedirectStandardOutput = true,
        })!;
        var said = run.StandardOutput.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        // Its first node writes its log once everything below it stands.
        string? folder;
        while ((folder = Directory.GetDirectories("/tmp", "rfl-torture-*").Except(before).FirstOrDefault(made => File.Exists(Path.Combine(made, "service.log")))) is null)
            await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
        var server = (await ServersAsync(folder)).Trim();
        Assert.NotEmpty(server);

        await ExternalProgram.RunAsync("sh", ["-c", $"kill -s TERM {run.Id}"], null);
        try
        {
            await run.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!run.HasExited)
                run.Kill();
        }

        Assert.Equal(128 + 15, run.ExitCode);
        Assert.Contains("| fault", await said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
        Assert.Empty(await ServersAsync(folder));
    }

    /// <summary>The processes that work in this folder.</summary>
    private static async Task<string> ServersAsync(string folder)
    {
        var found = new List<string>();
        foreach (var process in Directory.GetDirectories("/proc").Where(entry => Path.GetFileName(entry).All(char.IsDigit)))
        {
            try
            {
                if ((await File.ReadAllTextAsync(Path.Combine(process, "cmdline"))).Contains(folder, StringComparison.Ordinal))
                    found.Add(Path.GetFileName(process));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Gone meanwhile, or nobody's business of ours.
            }
        }

        return string.Join(' ', found);
    }
}
