using System.Globalization;
using System.Text.RegularExpressions;
using FluentValidation;
using FluentValidation.Validators;

namespace Rfl.Api.Pipeline;

/// <summary>The codes of the rules of shape: those of the library are told as this API tells its own, <c>not-empty</c> and not <c>NotEmptyValidator</c>.</summary>
public static partial class RuleCodes
{
    /// <summary>For every validator of the process.</summary>
    public static void Use() => ValidatorOptions.Global.ErrorCodeResolver = Of;

    public static string Of(IPropertyValidator rule) => WordStart().Replace(rule.Name.Replace("Validator", "", StringComparison.Ordinal), "-").ToLowerInvariant();

    /// <summary>A rule's limit as its text shows it.</summary>
    internal static string Limit(object? value) =>
        value is DateOnly day ? day.ToString("O", CultureInfo.InvariantCulture) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    [GeneratedRegex("(?<!^)(?=[A-Z])")]
    private static partial Regex WordStart();
}
