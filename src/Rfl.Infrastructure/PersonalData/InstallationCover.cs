using System.Security.Cryptography;
using Rfl.Infrastructure.Secrets;

namespace Rfl.Infrastructure.PersonalData;

/// <summary>
/// Hides what belongs together: ids under another name, and whole records as bytes of a few sizes, with keys that follow from the installation's secret. A person's
/// own key cannot do this: its id, which stands beside every value sealed with it, leads to the person. What is personal is sealed with the person's key all the
/// same, within the cover; the cover outlives an erasure.
/// </summary>
public sealed class InstallationCover
{
    private readonly byte[] nameKey;
    private readonly byte[] coverKey;
    private readonly byte[] nonceKey;

    /// <param name="secret">The installation's: 32 random bytes.</param>
    internal InstallationCover(byte[] secret)
    {
        nameKey = Derive("rfl alias v1"u8);
        coverKey = Derive("rfl cover v1"u8);
        nonceKey = Derive("rfl cover nonce v1"u8);

        byte[] Derive(ReadOnlySpan<byte> purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: purpose.ToArray());
    }

    /// <summary>The id's other name: always the same one, and of no other id. One block of AES-256; nobody without the key finds the id.</summary>
    public Guid Alias(Guid id) => OneBlock(id, encrypt: true);

    /// <summary>The id of which this is the other name. Any id is one of some id.</summary>
    public Guid IdOf(Guid alias) => OneBlock(alias, encrypt: false);

    /// <summary>The bytes sealed, as long as the next multiple of the unit is; different bytes every time.</summary>
    internal byte[] Cover(ReadOnlySpan<byte> json, int unit) => SealedBytes.Seal(coverKey, Padded(json, unit));

    /// <summary>The same bytes every time, so that a rebuilt view is identical.</summary>
    internal byte[] CoverRepeatably(ReadOnlySpan<byte> json, int unit) => SealedBytes.SealRepeatably(coverKey, nonceKey, Padded(json, unit));

    /// <summary>The JSON within; null where it is damaged or of another installation.</summary>
    internal byte[]? TryUncover(ReadOnlySpan<byte> covered) => SealedBytes.TryOpen(coverKey, covered);

    private static byte[] Padded(ReadOnlySpan<byte> json, int unit)
    {
        var padded = new byte[(json.Length + unit - 1) / unit * unit];
        json.CopyTo(padded);
        padded.AsSpan(json.Length).Fill((byte)' ');
        return padded;
    }

#pragma warning disable CA5358 // One random block and nothing beside it: there is nothing to chain.
    private Guid OneBlock(Guid id, bool encrypt)
    {
        using var aes = Aes.Create();
        aes.Key = nameKey;
        Span<byte> block = stackalloc byte[16];
        id.TryWriteBytes(block, bigEndian: true, out _);
        Span<byte> other = stackalloc byte[16];
        _ = encrypt ? aes.EncryptEcb(block, other, PaddingMode.None) : aes.DecryptEcb(block, other, PaddingMode.None);
        return new Guid(other, bigEndian: true);
    }
#pragma warning restore CA5358
}
