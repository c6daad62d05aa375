using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rfl.Testing.Secrecy;

/// <summary>
/// Looks for many texts at once in bytes, in every encoding in which a text could have been kept: UTF-8 as it is and in other capitals, UTF-16 of both orders, JSON with
/// either kind of escapes, PostgreSQL's COPY, percent-encoding, Base64 at each of its three alignments, hexadecimal. One pass over the bytes, whatever the number of texts.
/// </summary>
public sealed class ZeroHitSearch
{
    private const int KeyBytes = 5;

    // Below this a match inside a run of letters and digits is likely to be ciphertext that happens to spell it.
    private const int SurelyNoChance = 10;

    private readonly Dictionary<ulong, List<Pattern>> patterns = [];

    // Most places are no beginning of anything: one look into 64 KiB tells so.
    private readonly ulong[] filter = new ulong[8192];

    private sealed record Pattern(byte[] Bytes, string Text, string Encoding);

    public ZeroHitSearch(IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            Texts++;
            foreach (var pattern in Encodings(text).DistinctBy(pattern => Convert.ToHexString(pattern.Bytes)))
                Add(pattern);
        }
    }

    public int Texts { get; }

    public int Patterns { get; private set; }

    /// <returns>The texts found, each with the encoding and the place.</returns>
    public IReadOnlyList<string> In(string place, ReadOnlySpan<byte> bytes) =>
        Find(bytes).ConvertAll(hit => $"\"{hit.Pattern.Text}\" as {hit.Pattern.Encoding} in {place} at {hit.At}");

    /// <summary>The texts that stand there, in whatever encoding.</summary>
    public IReadOnlySet<string> TextsIn(ReadOnlySpan<byte> bytes) => Find(bytes).Select(hit => hit.Pattern.Text).ToHashSet();

    private List<(Pattern Pattern, int At)> Find(ReadOnlySpan<byte> bytes)
    {
        var hits = new List<(Pattern, int)>();
        for (var i = 0; i + KeyBytes <= bytes.Length; i++)
        {
            var key = Key(bytes[i..]);
            if (!MayBe(key) || !patterns.TryGetValue(key, out var candidates))
                continue;
            foreach (var candidate in candidates)
            {
                if (bytes[i..].StartsWith(candidate.Bytes) && (candidate.Bytes.Length >= SurelyNoChance || StandsAlone(bytes, i, candidate.Bytes.Length)))
                    hits.Add((candidate, i));
            }
        }

        return hits;
    }

    public IReadOnlyList<string> In(string place, string text) => In(place, Encoding.UTF8.GetBytes(text));

    private static IEnumerable<Pattern> Encodings(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        yield return new(utf8, text, "UTF-8");
        yield return new(Encoding.UTF8.GetBytes(text.ToUpperInvariant()), text, "capitals");
        yield return new(Encoding.UTF8.GetBytes(text.ToLowerInvariant()), text, "small letters");
        yield return new(Encoding.Unicode.GetBytes(text), text, "UTF-16");
        yield return new(Encoding.BigEndianUnicode.GetBytes(text), text, "UTF-16, big-endian");
        var escaped = JsonEncodedText.Encode(text).ToString();
        var relaxed = JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        foreach (var (json, name) in new[] { (escaped, "escaped JSON"), (escaped.ToLowerInvariant(), "JSON with small escapes"), (relaxed, "JSON") })
        {
            yield return new(Encoding.UTF8.GetBytes(json), text, name);
            yield return new(Encoding.UTF8.GetBytes(json.Replace("\\", "\\\\", StringComparison.Ordinal)), text, $"{name} in COPY");
        }

        yield return new(Encoding.UTF8.GetBytes(text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal)), text, "COPY");
        yield return new(Encoding.UTF8.GetBytes(text.Replace("'", "''", StringComparison.Ordinal)), text, "SQL");
        yield return new(Encoding.ASCII.GetBytes(Uri.EscapeDataString(text)), text, "percent-encoding");
        yield return new(Encoding.ASCII.GetBytes(Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal)), text, "form encoding");
        foreach (var bytes in new[] { utf8, Encoding.Unicode.GetBytes(text) })
        {
            yield return new(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes)), text, "hexadecimal");
            yield return new(Encoding.ASCII.GetBytes(Convert.ToHexString(bytes)), text, "hexadecimal in capitals");
            for (var before = 0; before < 3; before++)
                yield return new(Encoding.ASCII.GetBytes(Base64Within(bytes, before)), text, $"Base64 after {before} bytes");
        }
    }

    /// <summary>The characters of Base64 that are the same whatever stands before and after the bytes.</summary>
    private static string Base64Within(byte[] bytes, int before)
    {
        var encoded = Convert.ToBase64String([.. new byte[before], .. bytes]).TrimEnd('=');
        var first = ((before * 8) + 5) / 6;
        var whole = (before + bytes.Length) * 8 / 6;
        return encoded[first..whole];
    }

    private void Add(Pattern pattern)
    {
        if (pattern.Bytes.Length < KeyBytes)
            return;
        Patterns++;
        var key = Key(pattern.Bytes);
        if (!patterns.TryGetValue(key, out var same))
            patterns[key] = same = [];
        same.Add(pattern);
        var (word, bit) = Place(key);
        filter[word] |= bit;
    }

    private bool MayBe(ulong key)
    {
        var (word, bit) = Place(key);
        return (filter[word] & bit) != 0;
    }

    private static (int Word, ulong Bit) Place(ulong key)
    {
        var hash = (uint)((key * 0x9E3779B97F4A7C15) >> 45);
        return ((int)(hash >> 6), 1UL << (int)(hash & 63));
    }

    private static ulong Key(ReadOnlySpan<byte> bytes) =>
        bytes[0] | ((ulong)bytes[1] << 8) | ((ulong)bytes[2] << 16) | ((ulong)bytes[3] << 24) | ((ulong)bytes[4] << 32);

    private static bool StandsAlone(ReadOnlySpan<byte> bytes, int at, int length) =>
        (at == 0 || !IsOfBase64(bytes[at - 1])) && (at + length == bytes.Length || !IsOfBase64(bytes[at + length]));

    private static bool IsOfBase64(byte value) => char.IsAsciiLetterOrDigit((char)value) || value is (byte)'+' or (byte)'/' or (byte)'_' or (byte)'-';
}
