using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.Policies;

namespace Rfl.Domain.TracingRequests;

/// <summary>
/// What handbook §3 marks as mandatory, and nothing more: no family name, exact date or fixed address is ever demanded.
/// Unknown things are said as such (<c>XXXX</c> for a date).
/// </summary>
public static class SubmissionCheck
{
    public const string Enquirer = "enquirer";
    public const string SoughtPerson = "sought-person";
    public const string LossOfContact = "loss-of-contact";
    public const string SecurityAssessment = "security-assessment";
    public const string MeansOfSearch = "means-of-search";
    public const string LegalRepresentative = "legal-representative";

    public static Refusal? Refusal(CaseFile file, Policy policy)
    {
        var missing = Missing(file, policy).ToList();
        if (missing.Count > 0)
            return TracingRequestRefusals.SubmissionIncomplete(missing);
        return file.SoughtPersons.Select(person => ForbiddenByCountry(person, policy)).FirstOrDefault(refusal => refusal is not null);
    }

    public static IEnumerable<string> Missing(CaseFile file, Policy policy)
    {
        if (file.Enquirer is not { } enquirer)
            yield return Enquirer;
        else if (enquirer is { IsMinor: true, Details.Value: { LegalRepresentative: null or { IsErased: true } } details } && file.Society is null && !MayAskAlone(details, file, policy))
            yield return LegalRepresentative;
        if (file.SoughtPersons.IsEmpty)
            yield return SoughtPerson;
        if (file.SoughtPersons.Any(person => person.Loss is null))
            yield return LossOfContact;
        if (file.Security is not { Assessment: var assessment })
            yield return SecurityAssessment;
        else if (assessment is { DoNotSearch: false, AllowedMeans.Count: 0 })
            yield return MeansOfSearch;
    }

    /// <summary>Only who is certainly old enough; an unknown or uncertain age asks for a representative.</summary>
    private static bool MayAskAlone(EnquirerDetails details, CaseFile file, Policy policy) =>
        details.Person.Birth?.Interval.Latest is { } latestBirth && file.BegunOn is { } today && latestBirth.AddYears(policy.Ages.AskingAlone) <= today;

    /// <summary>Where women may not be searched for, the nearest male relative is sought and the woman listed among the companions (rule 3).</summary>
    private static Refusal? ForbiddenByCountry(SoughtPersonFile person, Policy policy) =>
        person.Loss?.Country is { } country && policy.RuleFor(country).WomenMayNotBeSought && person.Details.Value?.Sex == Sex.Female
            ? TracingRequestRefusals.NearestMaleRelativeIsSought(country.ToString())
            : null;
}
