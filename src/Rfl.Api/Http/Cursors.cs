using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.Secrets;

namespace Rfl.Api.Http;

/// <summary>One stretch of a list.</summary>
/// <param name="Items">In the list's order.</param>
/// <param name="NextCursor">Names the place after the last item; null at the end of the list. Opaque: only this service can read or make one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 100;
}

/// <summary>
/// Places in a list, sealed: nobody can read which keys they hold, alter them, or use them with another list or filter. They are still not to hold personal
/// data or the store's sequence numbers, since callers keep them. Every node of an installation derives the same key, so any node reads any node's cursor.
/// </summary>
public sealed class Cursors(LookupHash secrets)
{
    public const string Invalid = "cursor-invalid";
    private static readonly byte[] ofThisNode = RandomNumberGenerator.GetBytes(32);

    /// <param name="list">The list and its filters, for example <c>worklist:due:region=north</c>; a cursor opens with the same text only.</param>
    /// <param name="key">The last item's values in the list's order, ending in its id.</param>
    public string Seal<TKey>(string list, TKey key)
        where TKey : notnull =>
        WebEncoders.Base64UrlEncode(SealedBytes.Seal(Key(), JsonSerializer.SerializeToUtf8Bytes(key), Encoding.UTF8.GetBytes(list)));

    /// <summary>False where the cursor is not one of this list: answer 400 with <see cref="Invalid"/> for <c>cursor</c>.</summary>
    public bool TryOpen<TKey>(string list, string cursor, out TKey? key)
        where TKey : notnull
    {
        key = default;
        try
        {
            if (SealedBytes.TryOpen(Key(), WebEncoders.Base64UrlDecode(cursor), Encoding.UTF8.GetBytes(list)) is not { } plain)
                return false;
            key = JsonSerializer.Deserialize<TKey>(plain);
            return key is not null;
        }
        catch (Exception fault) when (fault is FormatException or JsonException)
        {
            return false;
        }
    }

    /// <summary>Without the installation's secret lists are still paged, on this node and until it ends.</summary>
    private byte[] Key() => secrets.IsAtHand ? secrets.Of("cursors", "v1") : ofThisNode;
}
