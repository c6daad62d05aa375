using Rfl.Domain.Matching.Phonemes;

namespace Rfl.Domain.Matching.Names;

/// <summary>
/// Reads the names of many people who are compared with one: they share fathers and places, and most of their words. Each is read once, which takes a third of the
/// time, and is forgotten with the reader, since names are personal. Not for use by several threads.
/// </summary>
public sealed class NameReader
{
    private readonly Dictionary<string, NameForm> names = new(StringComparer.Ordinal);
    private readonly Dictionary<NameWord, NamePart?> words = [];
    private readonly Func<NameWord, NamePart?> readPart;

    public NameReader() => readPart = ReadPart;

    /// <inheritdoc cref="NameForm.Read(string?)"/>
    public NameForm Read(string? text) =>
        string.IsNullOrEmpty(text) ? NameForm.Empty
        : names.TryGetValue(text, out var form) ? form
        : names[text] = NameForm.Read(text, readPart);

    private NamePart? ReadPart(NameWord word) => words.TryGetValue(word, out var part) ? part : words[word] = NameForm.ReadPart(word);
}

/// <summary>All that the reading of one word depends on.</summary>
/// <param name="Words">In the name, up to <see cref="Several"/>.</param>
/// <param name="Own">The word without the article of the next one, which was written to its end; null where there is none.</param>
internal readonly record struct NameWord(string Letters, Script Script, int Words, string? Own)
{
    /// <summary>More make no difference.</summary>
    public const int Several = 3;

    public override string ToString() => "personal";
}
