using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.AccessReplies;

/// <summary>
/// What the enquirer told about somebody whom they seek, asked by the enquirer: their own words, and nothing that came from anybody else since. It reads the same
/// whatever became of the search.
/// </summary>
internal static class SoughtParts
{
    private sealed record Statement(Personal<PersonDetails> Details, FamilyRelation Relation, SoughtPersonCircumstances Circumstances, bool ByEnquirer);

    public static IEnumerable<AccessReplySection> Told(StreamHistory history, CaseFile file, PersonId person, ReplyWords words)
    {
        var statements = history.Events.Select(recorded => recorded.Event switch
        {
            SoughtPersonAdded added when added.SoughtPerson == person =>
                new Statement(added.Details, added.Relation, added.Circumstances, added.Provenance == Provenance.Enquirer),
            SoughtPersonDetailsCorrected corrected when corrected.SoughtPerson == person =>
                new Statement(corrected.Details, corrected.Relation, corrected.Circumstances, corrected.Provenance == Provenance.Enquirer),
            _ => null,
        }).OfType<Statement>().ToList();
        if (statements.FindLastIndex(statement => statement.ByEnquirer) is var last && last < 0)
            yield break;
        var told = statements[last];
        var section = new ReplySection(words, "told-of-sought", file.Reference).Add("relation", words.Value(told.Relation));
        if (told.Details.Value is not { } details)
        {
            yield return section.Add("details", words.Missing(told.Details)).Build();
            yield break;
        }

        // Whoever writes down a correction writes the whole sheet: what others had told by then is on it, and stays theirs.
        if (statements.Take(last).All(statement => statement.ByEnquirer))
            section.AddAll("circumstances", Circumstances(told.Circumstances).Select(circumstance => words.Of("circumstance-" + circumstance)));
        section.AddPerson(Own(details, Of(statements.Take(last), byEnquirer: true), Of(statements.Take(last), byEnquirer: false)));
        if (Loss(history, person) is { } loss)
            AddLoss(section.Add("break-of-contact", words.Value(loss.Cause)), loss.Account, words);
        yield return section.Build();
    }

    private static List<PersonDetails> Of(IEnumerable<Statement> statements, bool byEnquirer) =>
        [.. statements.Where(statement => statement.ByEnquirer == byEnquirer).Select(statement => statement.Details.Value).OfType<PersonDetails>()];

    /// <summary>As told in the interview: it says nothing of its provenance, and after the acceptance it may come from anybody.</summary>
    private static LossOfContactRecorded? Loss(StreamHistory history, PersonId person) => history.Events.Select(recorded => recorded.Event)
        .TakeWhile(happened => happened is not TracingRequestAccepted)
        .OfType<LossOfContactRecorded>().LastOrDefault(recorded => recorded.SoughtPerson == person);

    private static void AddLoss(ReplySection section, Personal<LossOfContact> told, ReplyWords words)
    {
        if (told.Value is not { } account)
        {
            section.Add("lost-how", words.Missing(told));
            return;
        }

        section.Add("lost-when", account.When.ToString())
            .Add("lost-where", account.Where.Text)
            .Add("lost-how", account.Circumstances)
            .Add("last-news", account.LastNews)
            .Add("last-address", account.LastAddress)
            .AddAll("route", account.Route.Select(leg => $"{leg.From} – {leg.To}"))
            .AddContacts(account.LastContacts);
    }

    /// <summary>What of a sheet is the enquirer's: what nobody else had told before them.</summary>
    private static PersonDetails Own(PersonDetails told, List<PersonDetails> before, List<PersonDetails> others)
    {
        return new PersonDetails(
            Each(person => person.Names),
            One(person => person.FatherName),
            One(person => person.MotherName),
            Others(person => person.Sex, told.Sex) ? Sex.Unknown : told.Sex,
            One(person => person.Birth),
            One(person => person.Birthplace),
            Each(person => person.Nationalities),
            One(person => person.Profession),
            One(person => person.DistinguishingMarks),
            One(person => person.HealthOrVulnerability),
            Each(person => person.Relatives),
            One(person => person.Ethnicity),
            One(person => person.Religion));

        T? One<T>(Func<PersonDetails, T?> field)
            where T : class => field(told) is { } value && !Others(field, value) ? value : null;

        ValueList<T> Each<T>(Func<PersonDetails, ValueList<T>> field) =>
            field(told).Where(value => !others.Any(other => field(other).Contains(value)) || before.Any(own => field(own).Contains(value))).ToValueList();

        bool Others<T>(Func<PersonDetails, T> field, T value) =>
            others.Any(other => Equals(field(other), value)) && !before.Any(own => Equals(field(own), value));
    }

    private static IEnumerable<string> Circumstances(SoughtPersonCircumstances circumstances)
    {
        if (circumstances.IsMinor)
            yield return nameof(circumstances.IsMinor);
        if (circumstances.IsAlone)
            yield return nameof(circumstances.IsAlone);
        if (circumstances.InDetention)
            yield return nameof(circumstances.InDetention);
        if (circumstances.MedicalRisk)
            yield return nameof(circumstances.MedicalRisk);
        if (circumstances.TraffickingRisk)
            yield return nameof(circumstances.TraffickingRisk);
        if (circumstances.ElderlyOrDependent)
            yield return nameof(circumstances.ElderlyOrDependent);
    }
}
