using Npgsql;

namespace Rfl.Infrastructure.Identity;

/// <summary>Asked once per request: is the session behind this access token still open? One lookup by primary key, no cache, so a sign-out acts at once.</summary>
public sealed class OpenSessions(NpgsqlDataSource database, TimeProvider clock)
{
    public async Task<bool> Contains(Guid session, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            "select exists (select from identity.sessions where id = $1 and revoked_at is null and expires_at > $2)");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() });
        return await command.ExecuteScalarAsync(cancel) is true;
    }
}
