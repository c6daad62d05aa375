using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Rfl.Infrastructure.Identity;

/// <summary>
/// The schema <c>identity</c>, as the numbered migrations create it; Entity Framework maps and never changes it. Sessions, refresh tokens and counters are
/// written by single statements (<see cref="Sessions"/>, <see cref="SignInAttempts"/>), because they must stay right under races.
/// </summary>
public sealed class IdentityDatabase(DbContextOptions<IdentityDatabase> options, AccountTexts texts) : IdentityUserContext<StaffAccount, Guid>(options)
{
    /// <summary>The model holds the texts' keys, so it is one per installation and not one per process.</summary>
    internal AccountTexts Texts => texts;

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<ApiKeySecret> ApiKeySecrets => Set<ApiKeySecret>();

    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasDefaultSchema("identity");
        builder.Ignore<IdentityUserClaim<Guid>>();
        builder.Ignore<IdentityUserLogin<Guid>>();
        builder.Ignore<IdentityUserToken<Guid>>();
        builder.Entity<StaffAccount>(account =>
        {
            account.ToTable("accounts");
            account.Ignore(a => a.Roles);
            account.Ignore(a => a.HasUnreadableRole);
            account.Ignore(a => a.IsEnquirers);
            account.Ignore(a => a.EmailConfirmed);
            account.Ignore(a => a.PhoneNumber);
            account.Ignore(a => a.PhoneNumberConfirmed);
            account.Ignore(a => a.LockoutEnabled);
            account.Property(a => a.RoleNames).HasColumnName("roles");
            account.Property(a => a.Email).HasConversion(email => texts.Seal(email!), stored => texts.Open(stored));
            account.Property(a => a.DisplayName).HasConversion(name => texts.Seal(name), stored => texts.Open(stored));
            // One way only: a loaded account has the hash, until ASP.NET Identity makes it anew from the address.
            account.Property(a => a.NormalizedEmail).HasConversion(address => texts.Hash(address!), hash => hash);
            // Counted by single statements; an update of a loaded account must not put an older count back.
            account.Property(a => a.AccessFailedCount).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
            account.Property(a => a.LockoutEnd).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        });
        builder.Entity<ApiKey>(key =>
        {
            key.ToTable("api_keys");
            key.Property(k => k.LastUsedAt).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        });
        builder.Entity<ApiKeySecret>(secret =>
        {
            secret.ToTable("api_key_secrets").HasKey(s => s.Hash);
            secret.HasOne<ApiKey>().WithMany().HasForeignKey(s => s.KeyId);
        });
        builder.Entity<AuditEntry>().ToTable("audit").HasKey(entry => entry.Seq);
        foreach (var property in builder.Model.GetEntityTypes().SelectMany(type => type.GetProperties()).Where(property => property.Name != nameof(StaffAccount.RoleNames)))
            property.SetColumnName(SnakeCase(property.Name));
    }

    internal sealed class ModelPerInstallation : IModelCacheKeyFactory
    {
        public object Create(DbContext context, bool designTime) => (context.GetType(), designTime, (context as IdentityDatabase)?.Texts);
    }

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append('_');
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
