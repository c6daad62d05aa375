using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rfl.Infrastructure.Files;

namespace Rfl.Infrastructure.PersonalData;

/// <summary>
/// Key-encryption keys from the configuration section <c>PersonalData</c>: <c>KeyFile</c>, a file with one base64 key of 32 bytes per line, the current
/// one first, then those still to be rotated away; <c>KeyCommand</c>, a command line that prints the same lines, with which any key service, vault or hardware module
/// that has a program of its own is plugged in; or <c>Key</c> and the list <c>PreviousKeys</c>, base64, from a secret of the environment. With none of them, a key
/// file is made in the data folder, except in production.
/// </summary>
public static partial class ConfiguredKeys
{
    private static readonly TimeSpan commandPatience = TimeSpan.FromSeconds(30);

    private const string Remedy = "For a new installation, make one with: openssl rand -base64 32";
    private const string Restore = "Put back the key that this installation was made with, from its copy: with another one nothing personal can be read.";

    /// <exception cref="MisconfigurationException">Production without a configured key.</exception>
    public static IKeyEncryptionKeys Read(IConfigurationSection section, IHostEnvironment environment, string dataFolder, ILogger logger)
    {
        if (section["Key"] is { Length: > 0 } key)
        {
            return Parse("PersonalData:Key", [key, .. section.GetSection("PreviousKeys").GetChildren().Select(child => child.Value ?? "")]);
        }

        if (section["KeyFile"] is { Length: > 0 } configured)
            return FromFile(configured, logger);
        if (section["KeyCommand"] is { Length: > 0 } command)
            return FromCommand(command);
        if (environment.IsProduction())
        {
            throw new MisconfigurationException(
                $"No key for personal data is configured. Set PersonalData:KeyFile (a file), PersonalData:KeyCommand (a program that prints it) or PersonalData:Key (base64, 32 bytes). {Remedy}");
        }

        var local = Path.Combine(dataFolder, "personal-data.key");
        if (!File.Exists(local))
        {
            Make(local);
            LogMade(logger, local);
        }

        return FromFile(local, logger);
    }

    private static KeyEncryptionKeys FromFile(string path, ILogger logger)
    {
        try
        {
            const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
            if ((File.GetUnixFileMode(path) & others) != 0)
                LogOpen(logger, path);
            return Parse("PersonalData:KeyFile", File.ReadAllText(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return KeyEncryptionKeys.None($"the key file {path} cannot be read ({exception.GetType().Name}). Put it in place and start again.");
        }
    }

    /// <summary>The program's complaints go where the service's own go; what it prints goes nowhere but here.</summary>
    private static KeyEncryptionKeys FromCommand(string command)
    {
        using var program = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        program.StandardInput.Close();
        var printed = program.StandardOutput.ReadToEndAsync();
        if (!program.WaitForExit(commandPatience))
        {
            program.Kill(entireProcessTree: true);
            return KeyEncryptionKeys.None($"PersonalData:KeyCommand did not end within {commandPatience.TotalSeconds:0} seconds. Mend it and start again.");
        }

        return program.ExitCode == 0
            ? Parse("PersonalData:KeyCommand", printed.GetAwaiter().GetResult())
            : KeyEncryptionKeys.None($"PersonalData:KeyCommand ended with {program.ExitCode}. Mend it and start again.");
    }

    private static KeyEncryptionKeys Parse(string setting, string text) =>
        Parse(setting, text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#'));

    private static KeyEncryptionKeys Parse(string setting, IEnumerable<string> lines)
    {
        var keys = new List<byte[]>();
        foreach (var line in lines)
        {
            var key = new byte[DataKey.Size + 1];
            if (!Convert.TryFromBase64String(line, key, out var length) || length != DataKey.Size)
                return KeyEncryptionKeys.None($"{setting} holds something that is not a base64 key of {DataKey.Size} bytes. {Restore} {Remedy}");
            keys.Add(key[..length]);
        }

        return keys.Count == 0 ? KeyEncryptionKeys.None($"{setting} holds no key. {Restore} {Remedy}") : new KeyEncryptionKeys(keys);
    }

    /// <summary>When two nodes start at once, the first one's key stays.</summary>
    private static void Make(string path) =>
        WholeFile.TryCreate(path, Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(DataKey.Size)) + "\n"));

    [LoggerMessage(LogLevel.Warning, "No key for personal data is configured. Made {Path}; whoever has that file and the database can read everything.")]
    private static partial void LogMade(ILogger logger, string path);

    [LoggerMessage(LogLevel.Warning, "{Path} can be read or written by others than its owner. Close it: chmod 600 {Path}")]
    private static partial void LogOpen(ILogger logger, string path);
}
