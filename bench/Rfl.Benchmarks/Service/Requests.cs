using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.People.Calendars;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Identity;

namespace Rfl.Benchmarks.Service;

/// <summary>
/// Requests made of numbers, the same ones every time: an enquirer and two sought persons, in every third request three, so that 300,000 of them speak of a
/// million people. All are accepted, assigned and searching. Nobody in them exists.
/// </summary>
internal static class Requests
{
    private static readonly string[] given =
    [
        "Rahima", "Yonas", "Mariam", "Abdou", "Hawa", "Farid", "Selam", "Omar", "Nadia", "Ibrahim", "Zahra", "Tesfay", "Amina", "Karim", "Lucía", "Dawit", "Olena", "Samir",
        "رحیم", "زهرا", "مريم", "يوسف", "ሰላም", "ዮናስ", "Оксана", "Мирослав", "Thị Lan", "Minh", "Ngozi", "Chidi", "Aïcha", "Moussa",
    ];

    private static readonly string[] family =
    [
        "Sherzad", "Ahmadi", "Tekle", "Diallo", "Haile", "Traoré", "Hussein", "Camara", "Kovalenko", "Nguyen", "Okafor", "Sow", "Barre", "Rahmani", "Gebre", "Jallow",
        "محمدی", "الحسن", "ተክለ", "Шевченко", "Pérez", "Bajrami", "Keita", "Yusuf",
    ];

    private static readonly CountryCode[] countries = [.. new[] { "TR", "LY", "GR", "IT", "SD", "UA", "TN", "BA" }.Select(code => new CountryCode(code))];
    private static readonly CountryCode france = new("FR");

    public static Guid Id(int number) => Numbered(0, number);

    public static Guid Person(int number, int person) => Numbered(person, number);

    /// <param name="lastTouched">When the search last moved; what waits for 90 days waits from then on.</param>
    public static ImportedStream Make(int number, DateTimeOffset lastTouched)
    {
        // Hours apart, so that pages and deadlines have an order.
        var at = lastTouched.AddSeconds(-(number % 86_400));
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        var enquirer = new PersonId(Person(number, 1));
        var facts = new List<IDomainEvent>
        {
            new TracingInterviewStarted(
                ReferenceNumber.Of((int)(number * 7919L % ReferenceNumber.Count)), number % 4 == 0 ? DemoAccounts.HautsDeFrance : DemoAccounts.IleDeFrance,
                DemoAccounts.Volunteer.Id, day, "prs", true),
            new EnquirerRegistered(enquirer, france, false, Personal.Of(enquirer, new EnquirerDetails(
                Details(number, 1), "prs", true, "Asked relatives in two cities, and at the port."))),
        };
        for (var person = 2; person <= (number % 3 == 0 ? 4 : 3); person++)
        {
            var sought = new PersonId(Person(number, person));
            facts.Add(new SoughtPersonAdded(
                sought, person == 2 ? FamilyRelation.Son : FamilyRelation.Brother, new SoughtPersonCircumstances(), null, Personal.Of(sought, Details(number, person))));
            facts.Add(new LossOfContactRecorded(sought, BreakOfContact.Migration, countries[number % countries.Length], Personal.Of(sought, new LossOfContact(
                UncertainDate.Parse("2026-0" + (1 + (number % 9))), new Place("Near the coast, after the bus station"),
                "Separated at night when the group was chased. A man of the same group called in the morning and said that he had run towards the hills."))));
        }

        facts.Add(new SecurityAssessmentRecorded(
            new SecurityAssessment(false, false, [SearchMeans.OwnLists, SearchMeans.FieldVisit, SearchMeans.PartnerSociety]), null));
        facts.Add(new TracingRequestSubmitted());
        facts.Add(new TracingRequestAccepted());
        facts.Add(new CaseAssigned(number % 2 == 0 ? DemoAccounts.Caseworker.Id : DemoAccounts.OtherCaseworker.Id));
        return new ImportedStream(Id(number), StreamKinds.TracingRequest.Name, [.. facts.Select(fact => (fact, at))]);
    }

    private static PersonDetails Details(int number, int person)
    {
        // Mixed, so that neighbours do not share their names.
        var mixed = (uint)((number * 31) + person) * 2654435761u;
        return new PersonDetails(
            [PersonName.Of(
                new NameComponent(NameComponentKind.Given, given[mixed % given.Length]),
                new NameComponent(NameComponentKind.Family, $"{family[mixed / 64 % family.Length]}{(char)('a' + (mixed / 4096 % 26))}{(char)('a' + (mixed / 131072 % 26))}"))],
            FatherName: PersonName.Of(new NameComponent(NameComponentKind.Given, given[mixed / 2048 % given.Length])),
            Birth: BornIn(1950 + (int)(mixed / 1024 % 60)));
    }

    private static StatedDate BornIn(int year) =>
        new(year.ToString(System.Globalization.CultureInfo.InvariantCulture), CalendarKind.Gregorian, UncertainDate.InYear(year), DatePrecision.Year);

    private static Guid Numbered(int kind, int number) => new($"b{kind:D7}-0000-4000-8000-{number:D12}");
}
