using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Rfl.Infrastructure.Identity;

/// <summary>
/// Time-based one-time codes as every authenticator app makes them: RFC 6238 with HMAC-SHA1, 30 seconds, six digits. Identity's own provider reads the
/// machine's clock and accepts a code again and again within its window; here the clock is given and the caller learns which step matched, to burn it.
/// </summary>
public static class Totp
{
    private const int StepSeconds = 30;
    private const string Base32Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>160 bits, as RFC 4226 recommends.</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(20);

    public static string CodeAt(byte[] secret, DateTimeOffset moment) => Code(secret, StepOf(moment));

    /// <summary>The step whose code was given, one step of clock difference allowed either way; null when none matches.</summary>
    public static long? MatchingStep(byte[] secret, string code, DateTimeOffset now)
    {
        foreach (var step in (long[])[StepOf(now), StepOf(now) - 1, StepOf(now) + 1])
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Code(secret, step)), Encoding.ASCII.GetBytes(code)))
                return step;
        }

        return null;
    }

    /// <summary>The secret as a person types it into an app (RFC 4648 base32, no padding).</summary>
    public static string Base32(byte[] secret)
    {
        var text = new StringBuilder();
        int buffer = 0, bits = 0;
        foreach (var value in secret)
        {
            buffer = (buffer << 8) | value;
            for (bits += 8; bits >= 5; bits -= 5)
                text.Append(Base32Letters[(buffer >> (bits - 5)) & 31]);
        }

        if (bits > 0)
            text.Append(Base32Letters[(buffer << (5 - bits)) & 31]);
        return text.ToString();
    }

    /// <summary>The address behind the QR code. It names the account by <paramref name="label"/>.</summary>
    public static string Uri(byte[] secret, string label) =>
        $"otpauth://totp/RFL:{System.Uri.EscapeDataString(label)}?secret={Base32(secret)}&issuer=RFL&digits=6&period={StepSeconds}";

    private static long StepOf(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / StepSeconds;

    private static string Code(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // RFC 6238 and every authenticator app use HMAC-SHA1; its collisions do not matter in an HMAC.
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var truncated = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (truncated % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }
}
