using Rfl.Domain.BlindQueries;
using Rfl.Domain.Common;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;

namespace Rfl.Domain.Transfers;

/// <summary>
/// The one place that answers: may this field of this person go to this recipient for this purpose now, and on which ground? (handbook §8.5; rules 10–13, 15–17)
/// Every way out of the house asks here, and what leaves can be made nowhere else.
/// </summary>
public static class TransferPermission
{
    /// <summary>Counts below this could point at somebody (handbook §8.9).</summary>
    public const int SmallestCount = 5;

    public static TransferAnswer MayLeave(TransferField field, PersonId soughtPerson, TransferRoute route, CaseFile file, DateOnly today, Policy policy)
    {
        var (reason, ground) = Judge(field, soughtPerson, route, file, today, policy);
        return reason is { } no ? new TransferAnswer.Withheld(field, no) : new TransferAnswer.Allowed(field, ground!);
    }

    /// <summary>The chosen fields of a file, cut out of it; all of them, or none.</summary>
    public static Release<TransmissionContent> Extract(
        ValueList<TransferField> fields, PersonId soughtPerson, TransferRoute route, CaseFile file, DateOnly today, Policy policy) =>
        All(fields, soughtPerson, route, file, today, policy, () =>
        {
            var person = file.Find(soughtPerson)!;
            var told = OwnGround(soughtPerson, route, file, today) is null ? person.DetailsForOthers : person.Details;
            return TransmissionExtract.Of(file, person, told?.Value, fields, who => IsForbidden(who, route, file));
        });

    /// <summary>What was sent before, as much of it as may still be read.</summary>
    public static Released<SentExtract>? SentBefore(
        TransmittedToPartner sent, PersonId soughtPerson, TransferRoute route, CaseFile file, DateOnly today, Policy policy)
    {
        var answers = sent.Fields.Select(field => MayLeave(field, soughtPerson, route, file, today, policy)).OfType<TransferAnswer.Allowed>().ToList();
        var fields = answers.Select(answer => answer.Field).ToValueList();
        return fields.Count == 0 ? null : new Released<SentExtract>(
            TransmissionExtract.Again(sent, fields, who => IsForbidden(who, route, file)), Transfer(route, fields, answers.Select(answer => answer.Ground), soughtPerson, file));
    }

    /// <summary>Words of ours to a partner or an authority about a sought person.</summary>
    public static Release<Personal<string>> Message(
        Personal<string> message, PersonId soughtPerson, TransferRoute route, CaseFile file, DateOnly today, Policy policy) =>
        All([TransferField.Message], soughtPerson, route, file, today, policy, () => message);

    /// <summary>Words that were sent before, where they may still be read.</summary>
    public static Released<string>? WordsBefore(
        DetailsProvidedToPartner provided, PersonId soughtPerson, TransferRoute route, CaseFile file, DateOnly today, Policy policy) =>
        provided.Message.Value is { } words ? All([TransferField.Message], soughtPerson, route, file, today, policy, () => words).OrNothing : null;

    /// <summary>A question to whoever made the request.</summary>
    public static Released<string>? Question(InformationRequested asked, TransferRoute route, CaseFile file, DateOnly today, Policy policy) =>
        asked.Question.Value is { } question && file.Enquirer is { } enquirer
            ? All([TransferField.Question], enquirer.Enquirer, route, file, today, policy, () => question).OrNothing
            : null;

    /// <summary>Whether news of this kind may be given now; what it tells of a found person is named.</summary>
    public static Release<NewsKind> News(NewsKind kind, PersonId? soughtPerson, TransferRoute route, CaseFile file, DateOnly today, Policy policy) =>
        FieldOf(kind) is { } field
            ? All([field], soughtPerson ?? default, route, file, today, policy, () => kind)
            : new Release<NewsKind>.Given(new Released<NewsKind>(kind, Unpersonal(route)));

    /// <summary>Where the found person can be reached, as they decided.</summary>
    public static Released<string>? Coordinates(PersonId soughtPerson, TransferRoute route, CaseFile file, DateOnly today, Policy policy) =>
        file.Find(soughtPerson)?.Released?.Coordinates?.Value is { } coordinates
            ? All([TransferField.Coordinates], soughtPerson, route, file, today, policy, () => coordinates).OrNothing
            : null;

    /// <summary>The answer to a blind query: given by people who looked, and the only thing that a partner learns.</summary>
    /// <param name="reviewer">The account that looked and decided.</param>
    public static Released<BlindAnswer> Answer(BlindQueryReceived question, BlindAnswer answer, Guid reviewer) => new(answer, new Transfer(
        new TransferRoute(new Recipient(RecipientKind.PartnerSociety, question.Society), TransferPurpose.BlindQuery),
        [TransferField.CandidateExists],
        [new Ground(GroundKind.Review, reviewer)],
        [question.Subject]));

    /// <summary>Where a blind query stands: under review, or answered by people.</summary>
    public static Released<BlindQueryStatus> Status(BlindQuery.Existing query) => new(query.Status, query is BlindQuery.Answered answered
        ? Answer(query.Question, answered.Answer, answered.AnsweredBy).Transfer
        : Unpersonal(new TransferRoute(new Recipient(RecipientKind.PartnerSociety, query.Question.Society), TransferPurpose.BlindQuery)));

    /// <summary>A case's reference, which is drawn by lot and tells nothing of anybody.</summary>
    public static Released<string> Reference(string reference, TransferRoute route) => new(reference, Unpersonal(route));

    /// <summary>A count for a report.</summary>
    /// <returns>Null where it is so small that somebody could be recognised.</returns>
    public static Released<int>? Count(int count) => count < SmallestCount
        ? null
        : new Released<int>(count, Unpersonal(new TransferRoute(new Recipient(RecipientKind.Public, "report"), TransferPurpose.Notice)));

    /// <summary>Counts that add up to a total which is known from elsewhere, such as the cases of a year by their outcome.</summary>
    /// <returns>In the same order; null for those that are too small, and where that is a single one, for the next smallest too: the total less all others would tell it.</returns>
    public static IReadOnlyList<Released<int>?> Counts(IReadOnlyList<int> counts)
    {
        var smallest = counts.Select((count, place) => (count, place)).Order().ToList();
        var hidden = smallest.TakeWhile(cell => cell.count < SmallestCount).Count();
        var left = smallest.Take(hidden == 1 ? 2 : hidden).Select(cell => cell.place).ToHashSet();
        return [.. counts.Select((count, place) => left.Contains(place) ? null : Count(count))];
    }

    /// <summary>What news of this kind tells of the sought person; null where it tells nothing of them.</summary>
    internal static TransferField? FieldOf(NewsKind kind) => kind switch
    {
        NewsKind.Located => TransferField.Coordinates,
        NewsKind.AliveOnly => TransferField.AliveNews,
        NewsKind.Death => TransferField.DeathNews,
        _ => null,
    };

    private static Release<T> All<T>(
        ValueList<TransferField> fields, PersonId soughtPerson, TransferRoute route, CaseFile file, DateOnly today, Policy policy, Func<T> value)
        where T : notnull
    {
        var answers = fields.Select(field => MayLeave(field, soughtPerson, route, file, today, policy)).ToList();
        var withheld = answers.OfType<TransferAnswer.Withheld>().ToList();
        return withheld.Count > 0
            ? new Release<T>.Withheld(withheld)
            : new Release<T>.Given(new Released<T>(
                value(), Transfer(route, fields, answers.OfType<TransferAnswer.Allowed>().Select(allowed => allowed.Ground), soughtPerson, file)));
    }

    private static (WithholdingReason? Reason, Ground? Ground) Judge(
        TransferField field, PersonId soughtPerson, TransferRoute route, CaseFile file, DateOnly today, Policy policy)
    {
        if (!route.Serves(field))
            return (WithholdingReason.NotForThisPurpose, null);
        if (file.Find(soughtPerson) is not { } person && file.Enquirer?.Enquirer != soughtPerson)
            return (WithholdingReason.PersonUnknown, null);
        if (Concerned(field, soughtPerson, file).Any(who => IsForbidden(who, route, file)))
            return (WithholdingReason.Restricted, null);
        if (route.Consent is { } purpose)
            return OnConsent(field, soughtPerson, route, file, today, policy);
        return field switch
        {
            TransferField.Coordinates when file.Find(soughtPerson)?.Released?.Extent != DisclosedExtent.Coordinates => (WithholdingReason.NotReleased, null),
            TransferField.AliveNews when file.Find(soughtPerson)?.Released is null => (WithholdingReason.NotReleased, null),
            TransferField.DeathNews when file.Find(soughtPerson)?.Fate is null => (WithholdingReason.NotReleased, null),
            TransferField.DeathNews when route.Channel != TransferChannel.InPerson => (WithholdingReason.ToldInPersonOnly, null),
            TransferField.DeathNews => (null, new Ground(GroundKind.SignedOffDeath)),
            TransferField.Coordinates or TransferField.AliveNews => (null, new Ground(GroundKind.FoundPersonsChoice)),
            _ => (null, new Ground(GroundKind.OwnRequest)),
        };
    }

    private static bool IsForbidden(PersonId person, TransferRoute route, CaseFile file) => file.Restrictions.Exists(restriction => restriction.Forbids(person, route));

    private static (WithholdingReason? Reason, Ground? Ground) OnConsent(
        TransferField field, PersonId soughtPerson, TransferRoute route, CaseFile file, DateOnly today, Policy policy)
    {
        if (file.Security is not { Assessment: { DoNotSearch: false } assessment })
            return (WithholdingReason.DoNotSearch, null);
        if (route.Means is { } means && !assessment.AllowedMeans.Contains(means))
            return (WithholdingReason.MeansNotAllowed, null);
        if (route.Purpose is TransferPurpose.TraceTheFaceOnline or TransferPurpose.TraceTheFacePoster && file.ConcernsMinor)
            return (WithholdingReason.ConcernsMinor, null);
        if (route.Recipient.Country is { } country && policy.RuleFor(country).WithheldFields.Contains(field))
            return (WithholdingReason.CountryPolicy, null);
        if (Concerned(field, soughtPerson, file).Any(who => HasTakenBackRegistration(who, file)))
            return (WithholdingReason.RegistrationWithdrawn, null);
        var own = IsAboutEnquirer(field) ? null : OwnGround(soughtPerson, route, file, today);
        if (own is null && IsTold(field) && file.Find(soughtPerson) is { DetailsForOthers: null })
            return (WithholdingReason.KnownFromAuthorityOnly, null);
        var ground = own ?? (file.Enquirer is { } enquirer ? OwnGround(enquirer.Enquirer, route, file, today) : null);
        return ground is null ? (WithholdingReason.NoConsent, null) : (null, ground);
    }

    /// <summary>A consent that this person gave for this way out, to this recipient and by this channel, and that holds today.</summary>
    private static Ground? OwnGround(PersonId person, TransferRoute route, CaseFile file, DateOnly today) =>
        file.Consents.Find(consent =>
            consent.Consent.Person == person
            && consent.HoldsOn(today)
            && consent.Consent.Covers(route.Consent!.Value, route.Recipient.Code)
            && (consent.Consent.Channel is null || consent.Consent.Channel == route.Channel)
            // Immigration and asylum authorities only where the person asks for it, and names them (rule 16).
            && (route.Recipient.Authority != AuthorityKind.MigrationOrAsylum || consent.Consent.Recipient is not null)) is { } given
            ? new Ground(GroundKind.Consent, given.Consent.ConsentId)
            : null;

    private static bool HasTakenBackRegistration(PersonId person, CaseFile file)
    {
        var given = file.Consents.FindAll(consent => consent.Consent.Person == person && consent.Consent.Purpose == Consents.ConsentPurpose.Registration);
        return given.Count > 0 && given.TrueForAll(consent => consent.WithdrawnOn is not null);
    }

    private static IEnumerable<PersonId> Concerned(TransferField field, PersonId soughtPerson, CaseFile file) =>
        Concerned(field, soughtPerson, file.Enquirer?.Enquirer);

    /// <summary>Of whom a field tells. Free words may be about either side, and so is what one is to the other.</summary>
    /// <param name="enquirer">Null where nobody is known to seek.</param>
    internal static IEnumerable<PersonId> Concerned(TransferField field, PersonId soughtPerson, PersonId? enquirer)
    {
        if (!IsAboutEnquirer(field))
            yield return soughtPerson;
        if ((IsAboutEnquirer(field) || field is TransferField.Message or TransferField.Relation) && enquirer is { } whoSeeks)
            yield return whoSeeks;
    }

    private static bool IsAboutEnquirer(TransferField field) => field
        is TransferField.EnquirerName or TransferField.EnquirerContacts or TransferField.EnquirerCountryOfStay or TransferField.EnquirerPhoto
        or TransferField.Question;

    /// <summary>What somebody told of the sought person; it may have been an authority (rule 10).</summary>
    private static bool IsTold(TransferField field) => field <= TransferField.Route && !IsAboutEnquirer(field) && field != TransferField.Relation;

    private static Transfer Transfer(
        TransferRoute route, ValueList<TransferField> fields, IEnumerable<Ground> grounds, PersonId soughtPerson, CaseFile file) => new(
        route, fields, grounds.Distinct().ToValueList(), fields.SelectMany(field => Concerned(field, soughtPerson, file)).Distinct().ToValueList());

    private static Transfer Unpersonal(TransferRoute route) => new(route, [TransferField.CaseReference], [new Ground(GroundKind.NotPersonal)], []);
}
