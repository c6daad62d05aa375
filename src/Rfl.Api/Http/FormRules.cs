using System.Text.RegularExpressions;
using FluentValidation;

namespace Rfl.Api.Http;

/// <summary>
/// Forms that fields of several concepts have. What stands in the open because the work needs it has the form of a code, so that nobody writes there whom it is about
/// (docs/adr/0073).
/// </summary>
public static partial class FormRules
{
    public const string LanguageMalformed = "language-malformed";
    public const string CodeMalformed = "code-malformed";

    /// <summary>The first day that anything recorded here can have been done on: a bound of our own, wide enough for files taken over from before, and against slips of the keyboard.</summary>
    public static DateOnly FirstDay { get; } = new(1900, 1, 1);

    /// <summary>A language tag that is well-formed by BCP 47, of its usual subtags: <c>prs</c>, <c>zh-Hant</c>, <c>fr-BE</c>. Whether there is such a language is not asked.</summary>
    public static IRuleBuilderOptions<T, string> LanguageTag<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotEmpty().Must(IsLanguageTag).WithErrorCode(LanguageMalformed);

    /// <summary>Letters and digits of any script in groups of one separator: the code of a society, authority or organisation, or a reference number. At most 50 characters.</summary>
    public static IRuleBuilderOptions<T, string?> Code<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(code => code is null || IsCode(code)).WithErrorCode(CodeMalformed);

    /// <summary>A day on which somebody did something for the service: not before <see cref="FirstDay"/>. That it has come, the rule of each concept says.</summary>
    public static IRuleBuilderOptions<T, DateOnly> InTheServicesTime<T>(this IRuleBuilder<T, DateOnly> rule) =>
        rule.GreaterThanOrEqualTo(FirstDay).WithErrorCode("day-too-early");

    public static bool IsLanguageTag(string? tag) => tag is { Length: <= 35 } && Tag().IsMatch(tag);

    public static bool IsCode(string code) => code.Length <= 50 && Groups().IsMatch(code);

    [GeneratedRegex(@"^[A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex(@"^[\p{L}\p{N}]+([-._/:][\p{L}\p{N}]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Groups();
}
