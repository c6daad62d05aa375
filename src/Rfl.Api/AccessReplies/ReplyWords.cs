using System.Globalization;
using Rfl.Api.Http;
using Rfl.Domain.Common;

namespace Rfl.Api.AccessReplies;

/// <summary>The words of a reply, in one language.</summary>
internal sealed class ReplyWords(Texts texts, string language)
{
    public string Language => language;

    /// <summary>The person's language where the service speaks it, and otherwise that of whoever makes the reply.</summary>
    public static string LanguageFor(string wanted, string otherwise) =>
        Http.Language.All.FirstOrDefault(known => wanted.Split('-')[0].Equals(known, StringComparison.OrdinalIgnoreCase)) ?? otherwise;

    /// <summary>The words with their places filled, letter by letter.</summary>
    public string Of(string code, params string[] values) => texts.Telling(language, $"access:{code}", values.ToValueList());

    public string Value<T>(T value)
        where T : struct, Enum => texts.Of(language, "access:value", [value.ToString()]).Detail;

    public string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo(language));

    public string Day(DateTimeOffset instant) => Day(Domain.Policies.WorkingCalendar.DayOf(instant));

    public string YesNo(bool value) => Of(value ? "yes" : "no");

    /// <summary>What was written; where it cannot be read, that it was erased, or that it cannot.</summary>
    public string Told(Personal<string> text) => text.Value ?? Missing(text);

    public string Missing<T>(Personal<T> value)
        where T : notnull => Of(value.IsErased ? "erased" : "unreadable");
}
