using System.Security.Cryptography;
using System.Text;

namespace Rfl.Demo;

internal static class Ids
{
    /// <summary>An id that follows from words: the same demo makes the same ids, so that running it twice is running it once.</summary>
    public static Guid Of(params IEnumerable<object> words)
    {
        var id = SHA256.HashData(Encoding.UTF8.GetBytes("rfl-demo/" + string.Join('/', words)))[..16];
        id[6] = (byte)((id[6] & 0x0F) | 0x50);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
