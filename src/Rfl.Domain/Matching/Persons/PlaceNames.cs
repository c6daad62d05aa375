using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using Rfl.Domain.Matching.Phonemes;

namespace Rfl.Domain.Matching.Persons;

/// <summary>
/// Places that bear several names: renamed by states (Saigon, Adi Ugri), called otherwise in another language (Peć and Peja, Hewlêr and Erbil), or
/// written in a way that no comparison of sounds finds. A place that is not here is compared by its sounds.
/// </summary>
public static class PlaceNames
{
    private static readonly FrozenDictionary<string, int> places = Read();

    /// <summary>The place that the text names, as a number that only means the same place; null where it is not known here.</summary>
    public static int? Find(string? text) => text is not null && places.TryGetValue(Fold(text), out var place) ? place : null;

    private static string Fold(string text)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var letter in Spelling.WithoutMarks(Spelling.Decompose(text)))
        {
            if (char.IsLetter(letter))
                letters.Append(letter);
        }
        return letters.ToString();
    }

    private static FrozenDictionary<string, int> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Rfl.Domain.Matching.places.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var result = new Dictionary<string, int>();
        for (var place = 0; reader.ReadLine() is { } line; place++)
        {
            if (line.StartsWith('#'))
                continue;
            foreach (var name in line.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                // One name of two places would make them the same.
                if (!result.TryAdd(Fold(name), place) && result[Fold(name)] != place)
                    throw new InvalidOperationException($"'{name}' names two places.");
            }
        }
        return result.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
