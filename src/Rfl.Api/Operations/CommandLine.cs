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

    private static readonly Dictionary<string, Func<WebApplication, Task<int>>> commands = new()
    {
        ["verify"] = VerifyAsync,
        ["checkpoint"] = IssueCheckpointAsync,
        ["rewrap-keys"] = RewrapKeysAsync,
    };

    /// <returns>The exit code; null where the arguments name no command and the service is to run.</returns>
    public static async Task<int?> RunAsync(string[] args)
    {
        if (args.Length == 0 || !commands.TryGetValue(args[0], out var command))
            return null;
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
    /// <returns>0; 1 where a key is damaged and stays as it was.</returns>
    private static async Task<int> RewrapKeysAsync(WebApplication app)
    {
        await app.Services.StartDatabaseAsync();
        var result = await app.Services.GetRequiredService<KeyRotation>().RotateAsync(null, CancellationToken.None);
        Console.WriteLine($"{result.Wrapped} keys are wrapped with {app.Services.GetRequiredService<IKeyEncryptionKeys>().CurrentId} now."
            + (result.Damaged == 0 ? " No other key-encryption key is needed any more." : $" {result.Damaged} are damaged; keep the old key-encryption keys."));
        return result.Damaged == 0 ? 0 : 1;
    }
}
