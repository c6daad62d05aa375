using System.Globalization;
using System.Text.RegularExpressions;
using FluentValidation;
using FluentValidation.Validators;

namespace Rfl.Api.Pipeline;

/// <summary>The codes of the rules of shape: those of the library are told as this API tells its own, <c>not-empty</c> and not <c>NotEmptyValidator</c>.</summary>
public static partial class RuleCodes
{
    /// <summary>The first day that anything recorded here can have been done on: a bound of our own, wide enough for files taken over from before, and against slips of the keyboard.</summary>
    public static DateOnly FirstDay { get; } = new(1900, 1, 1);

    /// <summary>For every validator of the process.</summary>
    public static void Use() => ValidatorOptions.Global.ErrorCodeResolver = Of;

    public static string Of(IPropertyValidator rule) => WordStart().Replace(rule.Name.Replace("Validator", "", StringComparison.Ordinal), "-").ToLowerInvariant();

    /// <summary>A day on which somebody did something for the service: not before <see cref="FirstDay"/>. That it has come, the rule of each concept says.</summary>
    public static IRuleBuilderOptions<T, DateOnly> InTheServicesTime<T>(this IRuleBuilder<T, DateOnly> rule) =>
        rule.GreaterThanOrEqualTo(FirstDay).WithErrorCode("day-too-early");

    /// <summary>A rule's limit as its text shows it.</summary>
    internal static string Limit(object? value) =>
        value is DateOnly day ? day.ToString("O", CultureInfo.InvariantCulture) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    [GeneratedRegex("(?<!^)(?=[A-Z])")]
    private static partial Regex WordStart();
}
