using System.Security.Cryptography;

namespace Rfl.Domain.Common;

/// <summary>
/// Ids that follow from what they stand for, so that a second one is the same one: UUIDs of version 8 (RFC 9562). Callers choose their ids among all others. If
/// theirs could be one of these, somebody who sends the id of a disclosure as that of a new request would learn from the answer whether the sought person was
/// found (rule 12).
/// </summary>
public static class DerivedId
{
    private const int Version = 8;
    private const int VersionOfNames = 5;

    /// <param name="what">All that the id follows from, its purpose included.</param>
    public static Guid Of(ReadOnlySpan<byte> what) => Of(what, Version);

    /// <summary>An id that follows from a name which a caller gave, and that the caller might have chosen as well.</summary>
    public static Guid OfName(ReadOnlySpan<byte> name) => Of(name, VersionOfNames);

    private static Guid Of(ReadOnlySpan<byte> what, int version)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(what, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | (version << 4));
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>Whether only the service itself may begin a stream of this id.</summary>
    public static bool IsReserved(Guid id) => id is { Version: Version, Variant: >= 8 and <= 11 };
}
