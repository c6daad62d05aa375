using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.People.Calendars;
using Rfl.Domain.TracingRequests;

namespace Rfl.Domain.Tests.Common;

/// <summary>Fictional people, and every value about people that the specs use.</summary>
public static class TestPeople
{
    /// <summary>Asks for <see cref="Brother"/> and <see cref="Sister"/>.</summary>
    public static readonly PersonId Enquirer = new(Id(1));
    public static readonly PersonId Brother = new(Id(2));
    public static readonly PersonId Sister = new(Id(3));
    public static readonly PersonId Stranger = new(Id(4));

    public static readonly Guid Volunteer = Id(11);
    public static readonly Guid Caseworker = Id(12);
    public static readonly Guid Officer = Id(13);
    public static readonly Guid SecondOfficer = Id(14);
    public static readonly Guid FocalPoint = Id(15);
    public static readonly Guid Supervisor = Id(16);

    public static readonly CountryCode France = Country("FR");
    public static readonly CountryCode Germany = Country("DE");
    public static readonly CountryCode Libya = Country("LY");

    /// <summary>Nobody can say when.</summary>
    public static UncertainDate SomeDay => UncertainDate.Parse("XXXX");

    public static readonly ContactPoint Phone = new(ContactKind.Phone, "+33600000000");

    public static readonly PersonDetails BrotherDetails = new(
        [Name("Zaman")],
        FatherName: Name("Gholam"),
        MotherName: Name("Nafisa"),
        Sex: Sex.Male,
        Birth: Born(new DateOnly(1998, 5, 1), new DateOnly(1998, 5, 31)),
        Birthplace: new Place("Herat"),
        Nationalities: [Country("AF")],
        Profession: "tailor",
        DistinguishingMarks: "scar on the left hand",
        HealthOrVulnerability: "asthma",
        Relatives: [new RelatedPerson(Name("Laila"), FamilyRelation.Spouse)]);

    public static readonly PersonDetails SisterDetails = new([Name("Zahra")], Sex: Sex.Female);

    /// <summary>Sixteen on <see cref="Days.Today"/>, eighteen in July 2027.</summary>
    public static readonly PersonDetails ChildDetails =
        new([Name("Rebwar")], Sex: Sex.Male, Birth: Born(new DateOnly(2009, 7, 1), new DateOnly(2009, 7, 31)));

    public static readonly EnquirerDetails KarimsDetails = new(
        new PersonDetails([Name("Karim")]), "prs", InterpreterNeeded: true, "asked friends in Belgrade", Contacts: [Phone]);

    public static readonly LegalRepresentative Guardian = new(Name("Claire"), "administrateur ad hoc");

    public static readonly PersonDetails NamelessDetails = new([]);

    public static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    public static CountryCode Country(string code) => new(code);

    public static PersonName Name(string given) => PersonName.Of(new NameComponent(NameComponentKind.Given, given));

    public static StatedDate Born(DateOnly earliest, DateOnly latest) => new("about", CalendarKind.Gregorian, Between(earliest, latest), DatePrecision.Month);

    /// <summary>A birth of which nothing is known.</summary>
    public static StatedDate BornSomeDay() => new("does not know", CalendarKind.Gregorian, SomeDay, DatePrecision.Span);

    public static UncertainDate On(DateOnly day) => UncertainDate.On(day);

    public static UncertainDate Between(DateOnly earliest, DateOnly latest) => UncertainDate.OneDayBetween(earliest, latest);

    public static LossOfContact Loss(DateOnly lastSeen) => new(
        On(lastSeen),
        new Place("Izmir"),
        "got into different cars",
        LastNews: "a call in spring",
        LastAddress: "behind the mosque",
        Route: [new RouteLeg("Herat", "Izmir")],
        LastContacts: [Phone]);
}
