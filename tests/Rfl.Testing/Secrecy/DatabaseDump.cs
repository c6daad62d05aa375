using System.Diagnostics;
using Npgsql;

namespace Rfl.Testing.Secrecy;

/// <summary>A whole database as plain SQL: what was compressed or moved out of its row stands in it as text.</summary>
public static class DatabaseDump
{
    public static async Task<byte[]> MakeAsync(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo("pg_dump", ["-h", settings.Host!, "-p", $"{settings.Port}", "-U", settings.Username!, settings.Database!]) { RedirectStandardOutput = true };
        if (settings.Password is { } password)
            start.Environment["PGPASSWORD"] = password;
        using var dump = Process.Start(start)!;
        using var text = new MemoryStream();
        await dump.StandardOutput.BaseStream.CopyToAsync(text);
        await dump.WaitForExitAsync();
        return dump.ExitCode == 0 ? text.ToArray() : throw new InvalidOperationException($"pg_dump ended with {dump.ExitCode}.");
    }
}
