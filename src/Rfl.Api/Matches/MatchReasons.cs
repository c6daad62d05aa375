using Rfl.Api.Http;
using Rfl.Domain.Matching;
using Rfl.Domain.Matching.Persons;
using Rfl.Domain.People;

namespace Rfl.Api.Matches;

/// <summary>Why two records may be about the same person, field by field, in words for a caseworker.</summary>
/// <param name="Agreement">Code of how the two stand to each other.</param>
/// <param name="Text">The same in the caller's language.</param>
/// <param name="Contribution">In log-odds: above 0 speaks for the same person, below 0 against.</param>
/// <param name="First">The value on the first side, where the viewer may see it.</param>
/// <param name="Second">The value on the second side, where the viewer may see it.</param>
public sealed record ReasonView(MatchField Field, Agreement Agreement, string Text, double Contribution, string? First, string? Second)
{
    public override string ToString() => "personal";
}

public static class MatchReasons
{
    public const string CodePrefix = "match:";

    /// <param name="first">Null where the viewer may not see that side.</param>
    public static ReasonView View(Reason reason, PersonDetails? first, PersonDetails? second, string language) => new(
        reason.Field,
        reason.Agreement,
        Texts.Own.Of(language, CodePrefix + reason.Agreement).Detail,
        Math.Round(reason.LogOdds, 2),
        first is null ? null : Value(reason.Field, first),
        second is null ? null : Value(reason.Field, second));

    /// <summary>A birth or place as it was given, not as the comparison reads it.</summary>
    private static string? Value(MatchField field, PersonDetails person) => field switch
    {
        MatchField.Name => string.Join(" / ", person.Names.Select(name => name.Written())),
        MatchField.Father => person.FatherName?.Written(),
        MatchField.Mother => person.MotherName?.Written(),
        MatchField.Relatives => person.Relatives.Count == 0 ? null : string.Join(", ", person.Relatives.Select(relative => relative.Name.Written())),
        MatchField.Sex => person.Sex == Sex.Unknown ? null : person.Sex.ToString(),
        MatchField.Birth => person.Birth is not { } birth ? null : birth.Words == birth.Interval.ToString() ? birth.Words : $"{birth.Words} ({birth.Interval})",
        MatchField.Birthplace => person.Birthplace?.Text,
        _ => null,
    };
}
