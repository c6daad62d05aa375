using System.ComponentModel;
using System.Diagnostics;

namespace Rfl.Infrastructure.LocalPostgres;

/// <summary>Runs another program, under another account where asked and permitted.</summary>
public static class ExternalProgram
{
    /// <summary>The outcome of a program that ended.</summary>
    /// <param name="ExitCode">0 is success; -1 when the program could not be started at all.</param>
    /// <param name="Output">What it wrote to standard output and standard error.</param>
    public sealed record Result(int ExitCode, string Output)
    {
        public bool Succeeded => ExitCode == 0;

        /// <summary>The output, or an exception that shows it.</summary>
        public string OrThrow(string whatFailed) =>
            Succeeded ? Output.Trim() : throw new LocalPostgresException($"{whatFailed} (exit code {ExitCode}):{Environment.NewLine}{Output.Trim()}");
    }

    /// <summary>Runs <paramref name="fileName"/> to its end.</summary>
    /// <param name="fileName">A path, or a name looked up in PATH.</param>
    /// <param name="arguments">Passed as they are; no shell is involved.</param>
    /// <param name="account">The account to run under; null for one's own. Only root may name another.</param>
    /// <param name="folder">The working folder; it has to be one that <paramref name="account"/> can enter.</param>
    /// <param name="environment">Variables added to the inherited ones.</param>
    public static async Task<Result> RunAsync(
        string fileName,
        IEnumerable<string> arguments,
        string? account = null,
        string folder = "/",
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = Describe(fileName, arguments, account, folder, environment);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return new(process.ExitCode, await output + await errors);
        }
        catch (Win32Exception exception)
        {
            return new(-1, exception.Message);
        }
    }

    /// <summary>Describes a start without making it. PostgreSQL's own variables (PGDATA, PGPORT …) are not inherited: they mean another server.</summary>
    public static ProcessStartInfo Describe(
        string fileName,
        IEnumerable<string> arguments,
        string? account = null,
        string folder = "/",
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(fileName, arguments) { WorkingDirectory = folder };
        if (account is not null)
            start.UserName = account;
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return start;
    }
}
