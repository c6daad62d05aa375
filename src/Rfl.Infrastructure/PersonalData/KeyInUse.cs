using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Rfl.Infrastructure.PersonalData;

/// <summary>
/// On every node: tells the database which key-encryption key new persons' keys are wrapped with here. A key counts as written with for a minute after the last
/// word of a node, by the database's clock; until then no rotation retires it.
/// </summary>
public sealed partial class KeyInUse(NpgsqlDataSource dataSource, IKeyEncryptionKeys keyEncryptionKeys, KeyEncryptionStatus status, ILogger<KeyInUse> logger) : BackgroundService
{
    private static readonly TimeSpan pause = TimeSpan.FromSeconds(20);

    public async Task TellAsync(CancellationToken ct)
    {
        if (!status.IsReady)
            return;
        await using var command = dataSource.CreateCommand(
            "update key_encryption_keys set retired_at = null, written_with_until = clock_timestamp() + interval '1 minute' where kek_id = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = keyEncryptionKeys.CurrentId });
        await command.ExecuteNonQueryAsync(ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await TellAsync(stoppingToken);
            }
            catch (NpgsqlException exception)
            {
                LogFailure(exception.SqlState ?? exception.GetType().Name);
            }

            await Task.Delay(pause, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    [LoggerMessage(LogLevel.Error, "Which key-encryption key is written with here could not be told ({Error}); it is tried again.")]
    private partial void LogFailure(string error);
}
