namespace Rfl.Domain.Common;

/// <summary>
/// A rule's no. <paramref name="Code"/> is stable and part of the public API (it is the tail of the problem's URN and the key of its text
/// in every language); <paramref name="Values"/> fill the text's places and never hold personal data.
/// </summary>
/// <param name="Code">Kebab case, for example <c>security-assessment-missing</c>.</param>
/// <param name="Field">The member of the command that has to change, in camel case, where one is to blame.</param>
/// <param name="Values">Codes, dates or numbers named in the text.</param>
public sealed record Refusal(string Code, string? Field = null, ValueList<string> Values = default);
