using Microsoft.Net.Http.Headers;

namespace Rfl.Api.Http;

/// <summary>The languages in which the service answers.</summary>
public static class Language
{
    public const string English = "en";
    public const string French = "fr";

    public static IReadOnlyList<string> All { get; } = [English, French];

    /// <summary>The best of ours that the caller accepts; English where nothing fits or the header cannot be read.</summary>
    public static string Of(HttpContext context)
    {
        if (!StringWithQualityHeaderValue.TryParseList(context.Request.Headers.AcceptLanguage, out var accepted))
            return English;
        return accepted
            .Where(language => language.Quality is not 0)
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => Known(language.Value.Value ?? ""))
            .FirstOrDefault(language => language is not null) ?? English;
    }

    private static string? Known(string tag) =>
        tag == "*" ? English : All.FirstOrDefault(language => tag.Split('-')[0].Equals(language, StringComparison.OrdinalIgnoreCase));
}
