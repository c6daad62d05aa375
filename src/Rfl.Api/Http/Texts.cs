using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rfl.Domain.Common;

namespace Rfl.Api.Http;

/// <summary>A problem in words.</summary>
/// <param name="Title">What it is, the same for every occurrence.</param>
/// <param name="Detail">What happened here and what to do; places <c>{0}</c>, <c>{1}</c> are filled with the refusal's values, <c>{*}</c> with all of them. A value with a
/// text of its own, <c>value:…</c>, is put into words, and so are two that belong together: <c>Message: NoConsent</c>.</param>
public sealed record Text(string Title, string Detail);

/// <summary>
/// Every text that the API says, by code and language. Gathered from all <c>Texts/*.en.json</c> and <c>Texts/*.fr.json</c> files of this assembly, so that
/// each concept keeps its texts beside its use cases. An entry is <c>"code": { "title": "…", "detail": "…" }</c>, or <c>"code": "…"</c> for a field's text.
/// </summary>
public sealed partial class Texts
{
    private readonly FrozenDictionary<(string Language, string Code), Text> texts;

    /// <exception cref="InvalidOperationException">Two files give the same code a text, or a file's language is unknown.</exception>
    public Texts(params IEnumerable<Assembly> assemblies)
    {
        Dictionary<(string, string), Text> all = [];
        foreach (var assembly in assemblies)
        {
            foreach (var name in assembly.GetManifestResourceNames().Where(IsTextFile))
                Read(assembly, name, all);
        }

        texts = all.ToFrozenDictionary();
    }

    /// <summary>The texts of this assembly.</summary>
    public static Texts Own { get; } = new(typeof(Texts).Assembly);

    public IEnumerable<string> Codes(string language) => texts.Keys.Where(key => key.Language == language).Select(key => key.Code);

    public bool Knows(string language, string code) => texts.ContainsKey((language, code));

    /// <summary>The text with its places filled. A code without a text, which the tests exclude, answers with the code itself.</summary>
    public Text Of(string language, string code, ValueList<string> values = default)
    {
        if (!texts.TryGetValue((language, code), out var text) && !texts.TryGetValue((Language.English, code), out text))
            return new Text(code, code);
        return values.Count == 0 ? text : text with { Detail = Fill(text.Detail, values.Select(value => InWords(language, value)).ToValueList()) };
    }

    /// <summary>The detail with what somebody told in its places, letter by letter: it is no code to be put into words.</summary>
    public string Telling(string language, string code, ValueList<string> told) => Fill(Of(language, code).Detail, told);

    /// <summary>All places in one pass: a value that looks like a place stays as it is.</summary>
    private static string Fill(string detail, ValueList<string> values) => Place().Replace(detail, place => place.ValueSpan[1..^1] switch
    {
        "*" => string.Join(", ", values),
        var digits => int.Parse(digits, CultureInfo.InvariantCulture) is var number && number < values.Count ? values[number] : place.Value,
    });

    [GeneratedRegex(@"\{(\d|\*)\}")]
    private static partial Regex Place();

    private string InWords(string language, string value) => value.Split(": ") is [var what, var why] && Known(language, what) is { } first && Known(language, why) is { } second
        ? $"{first} ({second})"
        : Known(language, value) ?? value;

    private string? Known(string language, string value) => texts.TryGetValue((language, "value:" + value), out var words) ? words.Detail : null;

    private static bool IsTextFile(string name) =>
        name.Contains(".Texts.", StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal);

    private static void Read(Assembly assembly, string name, Dictionary<(string, string), Text> all)
    {
        var language = Language.All.FirstOrDefault(known => name.EndsWith($".{known}.json", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"{name} names no known language.");
        using var file = JsonDocument.Parse(assembly.GetManifestResourceStream(name)!);
        foreach (var entry in file.RootElement.EnumerateObject())
        {
            var text = entry.Value.ValueKind == JsonValueKind.String
                ? new Text("", entry.Value.GetString()!)
                : new Text(entry.Value.GetProperty("title").GetString()!, entry.Value.GetProperty("detail").GetString()!);
            if (!all.TryAdd((language, entry.Name), text))
                throw new InvalidOperationException($"{name} gives \"{entry.Name}\" a text that it has already.");
        }
    }
}
