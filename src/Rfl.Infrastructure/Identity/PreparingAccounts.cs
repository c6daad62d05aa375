using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Rfl.Domain.Access;

namespace Rfl.Infrastructure.Identity;

/// <summary>
/// Runs once at start, after the migrations: the demo accounts where they are wanted, and in a new installation the first administrator. Several nodes may do
/// so at once.
/// </summary>
public sealed class PreparingAccounts(IServiceScopeFactory scopes, IConfiguration configuration, IHostEnvironment environment, TimeProvider clock) : IHostedService
{
    private static readonly TimeSpan demoKeysLast = TimeSpan.FromDays(3650);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        // A node with missing keys must not start, rather than fail at the first sign-in.
        services.GetRequiredService<IdentityKeys>();
        var database = services.GetRequiredService<IdentityDatabase>();
        await SealWhatIsNot(database, services, cancellationToken);
        var hasher = services.GetRequiredService<IPasswordHasher<StaffAccount>>();
        if (environment.IsProduction())
            await DisableDemoAccounts(database, cancellationToken);
        else if (configuration.GetValue("Rfl:DemoData", environment.IsDevelopment()))
            await AddDemoAccounts(database, hasher, cancellationToken);
        await AddFirstAdministrator(database, services, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What an older build wrote in the open, and what was sealed under a secret that was replaced.</summary>
    private static async Task SealWhatIsNot(IdentityDatabase database, IServiceProvider services, CancellationToken cancel)
    {
        var (texts, secrets) = (services.GetRequiredService<AccountTexts>(), services.GetRequiredService<IdentitySecrets>());
        var stored = await database.Database.SqlQuery<StoredTexts>($"select id, email, display_name as name from identity.accounts").ToListAsync(cancel);
        var others = stored.Where(account => !texts.IsCurrent(account.Email) || !texts.IsCurrent(account.Name)).Select(account => account.Id).ToList();
        foreach (var some in others.Chunk(100))
        {
            foreach (var account in await database.Users.Where(account => some.Contains(account.Id)).ToListAsync(cancel))
            {
                var entry = database.Entry(account);
                account.NormalizedEmail = account.Email!.ToUpperInvariant();
                if (account.AuthenticatorSecret is { } secret)
                    account.AuthenticatorSecret = secrets.Encrypt(secrets.Decrypt(secret, account.Id), account.Id);
                entry.Property(a => a.Email).IsModified = true;
                entry.Property(a => a.NormalizedEmail).IsModified = true;
                entry.Property(a => a.DisplayName).IsModified = true;
                account.ConcurrencyStamp = Guid.NewGuid().ToString();
            }

            try
            {
                await database.SaveChangesAsync(cancel);
            }
            catch (DbUpdateConcurrencyException)
            {
                // Another node does the same.
            }

            database.ChangeTracker.Clear();
        }
    }

    private sealed record StoredTexts(Guid Id, string Email, string Name);

    private async Task AddDemoAccounts(IdentityDatabase database, IPasswordHasher<StaffAccount> hasher, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var present = await database.Users.Select(account => account.Id).Where(id => DemoAccounts.All.Select(demo => demo.Id).Contains(id)).ToListAsync(cancel);
        string? passwordHash = null;
        foreach (var demo in DemoAccounts.All.Where(demo => !present.Contains(demo.Id)))
        {
            var account = NewAccount(demo.Id, demo.Email, demo.DisplayName, demo.Language, demo.Assignment, now);
            // One hash for all: the password is published, and hashing is slow on purpose.
            account.PasswordHash = passwordHash ??= hasher.HashPassword(account, DemoAccounts.Password);
            await Insert(database, account, cancel);
        }

        foreach (var key in DemoAccounts.ApiKeys)
        {
            var scopesOfKey = key.Scopes.ToArray();
            await database.Database.ExecuteSqlAsync(
                $"""
                with key as (
                    insert into identity.api_keys (id, name, role, society, scopes, created_at, created_by, expires_at)
                    values ({key.Id}, {key.Name}, {key.Role.ToString()}, {key.Society}, {scopesOfKey}, {now}, {Guid.Empty}, {now + demoKeysLast})
                    on conflict do nothing returning id)
                insert into identity.api_key_secrets (hash, key_id, issued_at, expires_at)
                select {IdentitySecrets.Hash(key.Secret)}, id, {now}, {now + demoKeysLast} from key
                """,
                cancel);
        }
    }

    private async Task DisableDemoAccounts(IdentityDatabase database, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var accounts = DemoAccounts.All.Select(demo => demo.Id).ToArray();
        var keys = DemoAccounts.ApiKeys.Select(key => key.Id).ToArray();
        await database.Database.ExecuteSqlAsync(
            $"""
            with accounts as (update identity.accounts set is_active = false where id = any ({accounts}) and is_active),
                 keys as (update identity.api_keys set revoked_at = {now} where id = any ({keys}) and revoked_at is null)
            update identity.sessions set revoked_at = {now}, revoked_because = 'demo-account' where account_id = any ({accounts}) and revoked_at is null
            """,
            cancel);
    }

    private async Task AddFirstAdministrator(IdentityDatabase database, IServiceProvider services, CancellationToken cancel)
    {
        var first = services.GetRequiredService<IOptions<SignInPolicy>>().Value.FirstAdministrator;
        if (first is not { Email: { Length: > 0 } email, Password: { Length: > 0 } password })
            return;
        var demo = DemoAccounts.All.Select(account => account.Id).ToArray();
        if (await database.Users.AnyAsync(account => !demo.Contains(account.Id) && account.RoleNames.Contains(nameof(Role.SystemAdministrator)), cancel))
            return;
        var now = clock.GetUtcNow();
        var account = NewAccount(Guid.CreateVersion7(now), email, "First administrator", "en", new RoleAssignment([Role.SystemAdministrator]), now);
        var lifetime = services.GetRequiredService<IOptions<SignInPolicy>>().Value.OneTimePasswordLifetime;
        if (await services.GetRequiredService<Passwords>().Replace(account, password, now + lifetime) is [var error, ..])
            throw new MisconfigurationException($"Identity:FirstAdministrator:Password is refused: {error.Description}");
        await Insert(database, account, cancel);
    }

    private static StaffAccount NewAccount(Guid id, string email, string displayName, string language, RoleAssignment assignment, DateTimeOffset now)
    {
        var account = new StaffAccount
        {
            Id = id,
            UserName = id.ToString("N"),
            NormalizedUserName = id.ToString("N").ToUpperInvariant(),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            DisplayName = displayName,
            Language = language,
            CreatedAt = now,
        };
        account.Assign(assignment);
        return account;
    }

    /// <summary>Another node that starts at the same moment may be faster; its row is as good.</summary>
    private static async Task Insert(IdentityDatabase database, StaffAccount account, CancellationToken cancel)
    {
        database.Users.Add(account);
        try
        {
            await database.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException raced) when (raced.InnerException is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation })
        {
            database.ChangeTracker.Clear();
        }
    }
}
