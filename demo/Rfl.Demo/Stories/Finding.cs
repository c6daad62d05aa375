using static Rfl.Demo.Part;

namespace Rfl.Demo;

/// <summary>What the found person decides, and what the enquirer learns of it: coordinates, only alive, nothing; a child; a death.</summary>
internal static class Finding
{
    public static IReadOnlyList<Story> Stories { get; } =
    [
        new("selam")
        {
            About = "located, coordinates passed on; the enquirer's demo account sees this one",
            Id = Accounts.EnquirerRequest,
            Language = "ti",
            InterviewedDaysAgo = 90,
            Enquirer = new(Given("ሰላም", "Selam"), Father("ተስፋይ", "Tesfay")) { Sex = "female", Nationality = "ER" },
            Sought =
            [
                new("brother", new(Given("ዮናስ", "Yonas"), Father("ተስፋይ", "Tesfay")) { Sex = "male", Birth = Birth.In(1998) })
                {
                    LostWhen = "2026-04~", LostWhere = "The coast", LostIn = "LY", Circumstances = "They waited in different houses.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                await work.SearchAsync("fieldVisit", "Ask at the church's meal.", 14, "lead", "A cook knows a Yonas who helps on Sundays.", "community");
                var circle = await work.FindAsync(10, "He was serving soup when we came.", "Parish hall, Calais");
                await circle.ContactAsync("inPerson", 10, "He asked for a day to think.");
                await circle.MeetAsync(9, "Named both parents and his sister's first school.", "ti");
                await circle.ChooseAsync("coordinates", 9, "Through the parish hall, any Sunday.");
                await work.TellAsync("located", "inPerson", 1, sought: 1);
            },
        },
        new("parwana")
        {
            About = "still searching, for everybody who asks",
            Language = "prs",
            InterviewedDaysAgo = 70,
            Consents = [Consent.To("DE")],
            Enquirer = new(Given("نعمت", "Nemat")) { Sex = "male", Nationality = "AF" },
            Sought =
            [
                new("spouse", new(Given("پروانه", "Parwana")) { Sex = "female", Birth = Birth.About(1996), FatherName = [Given("حکیم", "Hakim")] })
                {
                    LostWhen = "2026-02", LostWhere = "A flat in the suburbs", LostIn = "DE", Circumstances = "When he came home she was not there.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                var search = await work.TransmitAsync("DE");
                await search.AcknowledgeAsync("DE-2026-4733");
                var circle = await search.LocateAsync(8, "Lives in a protected house.", "Not to be written down.");
                await circle.MeetAsync(6, "Named her father and the street of her school.", "prs");
                await circle.ChooseAsync("nothing", 6);
            },
        },
        new("yassin")
        {
            About = "a boy of thirteen, told first and accompanied; child protection agreed",
            Language = "ar",
            InterviewedDaysAgo = 15,
            Enquirer = new(Given("خديجة", "Khadija")) { Sex = "female", Nationality = "SY" },
            Sought =
            [
                new("son", new(Given("ياسين", "Yassin"), Father("طارق", "Tariq")) { Sex = "male", Birth = Birth.In(2013) })
                {
                    LostWhen = "2026-10-28", LostWhere = "A ferry terminal", LostIn = "FR", IsMinor = true, IsAlone = true, Circumstances = "The queue was parted in two.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                var circle = await work.FindAsync(6, "Lives in a children's home.", "A home of the department");
                await circle.MeetAsync(5, "Drew the house and named his brothers.", "ar", accompaniedBy: "His educator and his guardian");
                await circle.ChooseAsync("coordinates", 5, "Through the home's educator, afternoons.", isChild: true);
                await work.TellAsync("located", "inPerson", 0, sought: 1);
            },
        },
        new("bohdan")
        {
            About = "a death, confirmed by an authority, signed off, told in person",
            Language = "uk",
            InterviewedDaysAgo = 100,
            Consents = [Consent.Authorities],
            Enquirer = new(Given("Ганна", "Hanna"), Family("Небувальська", "Nebuvalska")) { Sex = "female", Nationality = "UA" },
            Sought =
            [
                new("brother", new(Given("Богдан", "Bohdan"), Family("Небувальський", "Nebuvalskyi")) { Sex = "male", Birth = Birth.On("1990-06-02") })
                {
                    LostWhen = "2024-01", LostWhere = "Near the front", LostIn = "UA", Cause = "conflict", Circumstances = "His unit moved and the letters stopped.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                var circle = await work.LearnOfDeathAsync(7, "Commissioner for missing persons", "Identified by the commission.", "2024-01-19", "Municipal cemetery, row 12");
                await circle.SignOffDeathNewsAsync();
                await work.TellAsync("death", "inPerson", 1, "Told by two trained colleagues, with her neighbour beside her.", sought: 1);
            },
        },
        new("arber")
        {
            About = "only that he is alive, as he wishes; she has been told",
            Language = "sq",
            InterviewedDaysAgo = 120,
            Enquirer = new(Given("Drita"), Family("Trilluci")) { Sex = "female", Nationality = "XK" },
            Sought =
            [
                new("son", new(Given("Arbër"), Family("Trilluci")) { Sex = "male", Birth = Birth.In(1995) })
                {
                    LostWhen = "2023", LostWhere = "Moved without leaving an address", LostIn = "FR", Cause = "otherHumanitarianSituation", Circumstances = "After a quarrel he changed his number.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync(Accounts.OtherCaseworker);
                var circle = await work.FindAsync(20, "He answered our letter.", "By letter", "ownSearch");
                await circle.MeetAsync(15, "Answered three questions that his mother gave us.", "sq", interpreter: false);
                await circle.ChooseAsync("aliveOnly", 15);
                await work.TellAsync("aliveOnly", "phone", 3, sought: 1);
            },
        },
        new("zaira")
        {
            About = "found, and still deciding: nothing shows outside the circle",
            Language = "ru",
            InterviewedDaysAgo = 25,
            Enquirer = new(Given("Заира", "Zaira"), Family("Вымыслова", "Vymyslova")) { Sex = "female", Nationality = "RU" },
            Sought =
            [
                new("brother", new(Given("Руслан", "Ruslan"), Family("Вымыслов", "Vymyslov")) { Sex = "male", Birth = Birth.In(1993) })
                {
                    LostWhen = "2026-07", LostWhere = "A hostel", LostIn = "FR", Circumstances = "He left for a job in the harvest.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                await work.PlanSearchAsync("officialRegister", "Ask the seasonal workers' register.");
                var circle = await work.FindAsync(5, "Works on a farm.", "A farm in the south");
                await circle.MeetAsync(3, "Named his sister and both grandmothers.", "ru", interpreter: false);
                await circle.ChooseAsync("aliveOnly", 2, countersigned: false);
            },
        },
        new("nasrin")
        {
            About = "two sought: one located, one still searched",
            Language = "fa",
            InterviewedDaysAgo = 75,
            Enquirer = new(Given("نسرین", "Nasrin")) { Sex = "female", Nationality = "IR" },
            Sought =
            [
                new("brother", new(Given("محمدرضا", "Mohammadreza"), Family("خیالی", "Khiali")) { Sex = "male", Birth = Birth.SolarHijri("۱۳۷۰", "[1991-03-21..1992-03-19]") })
                {
                    LostWhen = "2026-05", LostWhere = "A mountain pass", LostIn = "TR", Circumstances = "The guide parted the group.",
                },
                new("niece", new(Given("پریسا", "Parisa"), Family("خیالی", "Khiali")) { Sex = "female", Birth = Birth.In(2005) })
                {
                    LostWhen = "2026-05", LostWhere = "A mountain pass", LostIn = "TR", Circumstances = "She walked with the second half.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                await work.PlanSearchAsync("community", "Ask the tea house.", sought: 2);
                var circle = await work.FindAsync(12, "Lives with a friend.", "Lille");
                await circle.MeetAsync(11, "Knew the name of the family's dog.", "fa");
                await circle.ChooseAsync("coordinates", 11, "By telephone through the centre.");
            },
        },
    ];
}
