using System.Numerics;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Rfl.Infrastructure.Identity;

namespace Rfl.Infrastructure.TamperEvidence;

/// <summary>
/// Signs checkpoints: ECDSA on P-256 with SHA-256, so that anybody can verify with the public key. The private key is derived from <c>Identity:SecretKey</c>,
/// which every node has and the database does not; there is nothing more to configure, to share or to lose.
/// </summary>
public sealed class CheckpointKey : IDisposable
{
    /// <summary>Public keys (base64) that signed earlier, where the secret was changed: <c>Checkpoints:FormerKeys:0</c> …</summary>
    public const string FormerKeys = "Checkpoints:FormerKeys";

    // The order of P-256's group.
    private static readonly BigInteger order = BigInteger.Parse("115792089210356248762697446949407573529996955224135760342422259061068512044369", null);
    private readonly ECDsa key;

    // The native key is not documented as safe for two threads; a checkpoint is signed once an hour.
    private readonly Lock gate = new();

    public CheckpointKey(byte[] secret)
    {
        // 128 bits more than the order needs, so that the remainder favours no key.
        var random = new BigInteger(HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 48, info: "rfl checkpoint signing v1"u8.ToArray()), isUnsigned: true, isBigEndian: true);
        var number = (random % (order - 1)) + 1;
        var d = new byte[32];
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(d, d.Length - bytes.Length);
        key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = d });
        Public = key.ExportSubjectPublicKeyInfo();
    }

    /// <summary>The public key as SubjectPublicKeyInfo.</summary>
    public byte[] Public { get; }

    /// <summary>This installation's public keys: the one that signs and those that signed before; null where no secret is at hand, as for an auditor.</summary>
    public static IReadOnlyCollection<byte[]>? KnownKeys(IConfiguration configuration, IHostEnvironment environment)
    {
        if (!IdentityKeys.AreAtHand(configuration, environment))
            return null;
        using var key = new CheckpointKey(IdentityKeys.Load(configuration, environment).Secret);
        return [key.Public, .. configuration.GetSection(FormerKeys).GetChildren().Select(former => Convert.FromBase64String(former.Value ?? ""))];
    }

    /// <summary>An ASN.1 signature.</summary>
    public byte[] Sign(byte[] statement)
    {
        lock (gate)
            return key.SignData(statement, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    public static bool Verify(byte[] publicKey, byte[] statement, byte[] signature)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(publicKey, out _);
            return key.VerifyData(statement, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public void Dispose() => key.Dispose();
}
