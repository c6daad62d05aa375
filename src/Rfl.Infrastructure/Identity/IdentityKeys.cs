using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.Tokens;
using Rfl.Infrastructure.Files;
using Rfl.Infrastructure.LocalPostgres;

namespace Rfl.Infrastructure.Identity;

/// <summary>
/// The keys that every node of an installation shares: the one that signs access tokens, others still (or already) accepted while a rotation is under way,
/// and the one behind <see cref="IdentitySecrets"/>. A key's id is a hash of it, so that a token names its key without anybody numbering keys.
/// </summary>
public sealed class IdentityKeys
{
    private const string FileName = "identity-keys.json";

    private IdentityKeys(byte[] signing, IEnumerable<byte[]> accepted, byte[] secret, IEnumerable<byte[]> formerSecrets)
    {
        Signing = Named(signing);
        Accepted = [Signing, .. accepted.Select(Named)];
        Secret = secret;
        Secrets = [secret, .. formerSecrets];
    }

    public SymmetricSecurityKey Signing { get; }

    /// <summary>The signing key and those that are rotated in or out.</summary>
    public IReadOnlyList<SymmetricSecurityKey> Accepted { get; }

    /// <summary>Protects authenticator secrets and the texts of accounts, and keys the hashes of the audit.</summary>
    public byte[] Secret { get; }

    /// <summary>The secret, and those that it replaced: what they protected is protected anew at start.</summary>
    public IReadOnlyList<byte[]> Secrets { get; }

    /// <summary>
    /// From <c>Identity:SigningKey</c>, <c>Identity:AcceptedSigningKeys</c>, <c>Identity:SecretKey</c> and <c>Identity:FormerSecretKeys</c> (base64, 32 bytes or more). Outside Production, what is
    /// not configured comes from a file in <c>Rfl:DataFolder</c> that only its owner may read.
    /// </summary>
    /// <exception cref="InvalidOperationException">A key is missing in Production, is no base64, or is too short; the message says which and what to do.</exception>
    public static IdentityKeys Load(IConfiguration configuration, IHostEnvironment environment)
    {
        var signing = Configured(configuration["Identity:SigningKey"], "Identity:SigningKey");
        var secret = Configured(configuration["Identity:SecretKey"], "Identity:SecretKey");
        var accepted = ConfiguredList(configuration, "Identity:AcceptedSigningKeys");
        var former = ConfiguredList(configuration, "Identity:FormerSecretKeys");
        if (signing is null || secret is null)
        {
            if (environment.IsProduction())
            {
                throw new MisconfigurationException(
                    $"Identity:{(signing is null ? "SigningKey" : "SecretKey")} is not configured. Make one with `openssl rand -base64 32` and give it to every node.");
            }

            var folder = LocalDatabase.DataFolder(configuration[LocalDatabase.DataFolderKey], environment.ContentRootPath);
            var stored = ReadOrCreate(Path.Combine(folder, FileName));
            signing ??= stored.SigningKey;
            secret ??= stored.SecretKey;
        }

        return new IdentityKeys(signing, accepted, secret, former);
    }

    private static List<byte[]> ConfiguredList(IConfiguration configuration, string path) =>
        [.. configuration.GetSection(path).GetChildren().Select(key => Configured(key.Value, key.Path)!)];

    /// <summary>Whether <see cref="Load"/> finds the secret rather than making one.</summary>
    public static bool AreAtHand(IConfiguration configuration, IHostEnvironment environment) =>
        !string.IsNullOrEmpty(configuration["Identity:SecretKey"])
        || File.Exists(Path.Combine(LocalDatabase.DataFolder(configuration[LocalDatabase.DataFolderKey], environment.ContentRootPath), FileName));

    private static byte[]? Configured(string? base64, string name)
    {
        if (string.IsNullOrEmpty(base64))
            return null;
        var key = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, key, out var length) || length < 32)
            throw new MisconfigurationException($"{name} must be base64 of at least 32 random bytes. Make one with `openssl rand -base64 32`.");
        return key[..length];
    }

    private static SymmetricSecurityKey Named(byte[] key) => new(key) { KeyId = Convert.ToHexStringLower(SHA256.HashData(key))[..16] };

    private static StoredKeys ReadOrCreate(string path)
    {
        // Where another node starting at the same moment was faster, its keys are the ones.
        if (!File.Exists(path))
        {
            var made = new StoredKeys(RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
            WholeFile.TryCreate(path, JsonSerializer.SerializeToUtf8Bytes(made));
        }

        using var stored = File.OpenRead(path);
        return JsonSerializer.Deserialize<StoredKeys>(stored)
            ?? throw new MisconfigurationException($"{FileName} in the data folder is empty. Remove it to have new keys made; everybody signs in again.");
    }

    private sealed record StoredKeys(byte[] SigningKey, byte[] SecretKey);
}
