using System.Collections.Frozen;

namespace Rfl.Domain.Matching.Phonemes;

/// <summary>
/// Letters of one script and the sounds they stand for. The longest spelling that fits is taken.
/// </summary>
/// <remarks>
/// An entry is <c>spelling:SOUND+SOUND</c>; entries are separated by blanks, comments run from # to the end of the line.
/// In a spelling, ^ is the beginning of the word, $ its end, and what follows &gt; is looked at but not consumed. A spelling without sounds (<c>ь:</c>) is silent.
/// </remarks>
public sealed class GraphemeTable
{
    private readonly FrozenDictionary<string, Entry> entries;
    private readonly FrozenDictionary<string, Entry>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly int longest;

    public GraphemeTable(string table)
    {
        var read = new Dictionary<string, Entry>();
        foreach (var line in table.Split('\n'))
        {
            foreach (var item in line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                var colon = item.IndexOf(':');
                var spelling = Spelling.Decompose(item[..colon]);
                var consumed = spelling.IndexOf('>');
                spelling = spelling.Replace(">", "");
                Sound[] sounds = [.. item[(colon + 1)..].Split('+', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Sound>)];
                if (!read.TryAdd(spelling, new Entry(consumed < 0 ? spelling.Length : consumed, sounds)))
                    throw new ArgumentException($"The spelling '{spelling}' stands twice in the table.", nameof(table));
            }
        }
        entries = read.ToFrozenDictionary();
        lookup = entries.GetAlternateLookup<ReadOnlySpan<char>>();
        longest = entries.Keys.Max(key => key.Length);
    }

    /// <summary>Reads one word, in lower case and decomposed; letters not in the table are silent.</summary>
    public void Read(ReadOnlySpan<char> word, List<Sound> sounds)
    {
        Span<char> framed = stackalloc char[Math.Min(word.Length, 64) + 2];
        framed[0] = '^';
        word[..(framed.Length - 2)].CopyTo(framed[1..]);
        framed[^1] = '$';

        for (var position = 0; position < framed.Length;)
        {
            var step = 1;
            for (var length = Math.Min(longest, framed.Length - position); length > 0; length--)
            {
                if (!lookup.TryGetValue(framed.Slice(position, length), out var entry))
                    continue;
                sounds.AddRange(entry.Sounds);
                step = Math.Max(entry.Consumed, 1);
                break;
            }
            position += step;
        }
    }

    private readonly record struct Entry(int Consumed, Sound[] Sounds);
}
