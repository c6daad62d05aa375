using Microsoft.Extensions.Logging.Console;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.LocalPostgres;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.TamperEvidence;

namespace Rfl.Api.Operations;

/// <summary>
/// What the program does besides serving: <c>dotnet Rfl.Api.dll verify</c> and its like, with the same settings as the service, beside it or without it. Answers go
/// to standard output, everything else to standard error.
/// </summary>
public static class CommandLine
{
    private const int CannotTell = 2;
    private const string Verify = "verify";
    private const string Checkpoint = "--checkpoint";

    private static readonly Dictionary<string, Func<WebApplication, Task<int>>> commands = new()
    {
        [Verify] = VerifyAsync,
        ["checkpoint"] = IssueCheckpointAsync,
        ["rewrap-keys"] = RewrapKeysAsync,
    };

    /// <returns>The exit code; null where the arguments name no command and the service is to run.</returns>
    public static async Task<int?> RunAsync(string[] args)
    {
        if (args.Length == 0 || !commands.TryGetValue(args[0], out var command))
            return null;
        if (Unknown(args) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"{args[0]} does not understand {unknown}. It takes {(args[0] == Verify ? "--checkpoint FILE and " : "")}settings such as --ConnectionStrings:Rfl=….");
            return CannotTell;
        }

        var builder = WebApplication.CreateBuilder(args[1..]);
        builder.Logging.ClearProviders().AddSimpleConsole(options => options.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        builder.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        IAsyncDisposable? localDatabase;
        try
        {
            localDatabase = await builder.AddLocalDatabaseAsync();
        }
        catch (LocalPostgresException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return CannotTell;
        }

        await using var stoppedAtTheEnd = localDatabase;
        builder.AddRflData();
        builder.Services.AddSingleton(provider => IdentityKeys.Load(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<IHostEnvironment>()));
        builder.Services.AddTamperEvidence();
        await using var app = builder.Build();
        try
        {
            return await command(app);
        }
        catch (Exception problem) when (problem is InvalidOperationException or FormatException or KeyEncryptionKeyUnavailableException or IOException or UnauthorizedAccessException or Npgsql.NpgsqlException)
        {
            await Console.Error.WriteLineAsync(problem is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UndefinedTable }
                ? "This database has no chained logs: the service of this build has not run on it yet."
                : problem.Message);
            return CannotTell;
        }
    }

    /// <summary>What is neither a setting nor an option of the command. "Intact" must not be the answer to a question that was not understood.</summary>
    private static string? Unknown(string[] args)
    {
        for (var i = 1; i < args.Length; i++)
        {
            var (name, hasValue) = args[i].Split('=', 2) is [var before, var after] ? (before, after.Length > 0) : (args[i], false);
            if (!(name == Checkpoint && args[0] == Verify) && !(name.StartsWith("--", StringComparison.Ordinal) && name.Contains(':', StringComparison.Ordinal)))
                return $"'{args[i]}'";
            if (!hasValue && (++i == args.Length || args[i].StartsWith("--", StringComparison.Ordinal)))
                return $"'{name}' without a value";
        }

        return null;
    }

    /// <summary>Proves that the logs are as they were written, or names what is not; changes nothing. <c>--checkpoint FILE</c> holds them against an exported checkpoint.</summary>
    /// <returns>0 where everything is; 1 where something is broken; 2 where it could not be told.</returns>
    private static async Task<int> VerifyAsync(WebApplication app)
    {
        var file = app.Configuration["checkpoint"];
        var exported = file is null ? null : ExportedCheckpoint.Parse(await File.ReadAllTextAsync(file));
        var ownKeys = CheckpointKey.KnownKeys(app.Configuration, app.Environment);
        var result = await app.Services.GetRequiredService<LogVerification>().VerifyAsync(ownKeys, exported, CancellationToken.None);
        if (!result.IsIntact)
        {
            Console.WriteLine($"BROKEN: {result.Breaks[0]}");
            foreach (var further in result.Breaks.Skip(1))
                Console.WriteLine($"        {further}");
            return 1;
        }

        Console.WriteLine($"Intact: {result.Rows} rows in {result.Links} links, {result.Checkpoints} checkpoints"
            + (exported is null ? "." : $"; everything that checkpoint {exported.Number} of {exported.IssuedAt} covers is there."));
        if (ownKeys is null)
            Console.WriteLine("No Identity:SecretKey is at hand, so whose keys signed the checkpoints was not verified.");
        return 0;
    }

    /// <summary>Makes a signed checkpoint and prints it; to be kept where nobody who can write to the database can change it.</summary>
    private static async Task<int> IssueCheckpointAsync(WebApplication app)
    {
        await app.Services.StartDatabaseAsync();
        Console.WriteLine((await app.Services.GetRequiredService<LogCheckpoints>().IssueAsync(CancellationToken.None)).ToJson());
        return 0;
    }

    /// <summary>Wraps every key again with the current key-encryption key, while the service runs. Every node must have that key already.</summary>
    /// <returns>0; 1 where an old key-encryption key must be kept, since a person's key is damaged or a node still writes with it.</returns>
    private static async Task<int> RewrapKeysAsync(WebApplication app)
    {
        await app.Services.StartDatabaseAsync();
        var rotation = app.Services.GetRequiredService<KeyRotation>();
        var result = await rotation.RotateAsync(null, CancellationToken.None);
        Console.WriteLine($"{result.Wrapped} keys are wrapped with {app.Services.GetRequiredService<IKeyEncryptionKeys>().CurrentId} now.");
        if (result.Damaged > 0)
            Console.WriteLine($"{result.Damaged} are damaged; keep the old key-encryption keys.");
        var needed = await rotation.StillNeededAsync(CancellationToken.None);
        foreach (var key in needed)
        {
            Console.WriteLine(key.IsWrittenWith
                ? $"{key.Id} is still needed: a node writes with it, or did within the last minute. Start every node with the new key as the first, wait a minute, and do this again."
                : $"{key.Id} is still needed: something is wrapped with it.");
        }

        if (needed.Count == 0)
            Console.WriteLine("No other key-encryption key is needed any more.");
        return result.Damaged == 0 && needed.Count == 0 ? 0 : 1;
    }
}
