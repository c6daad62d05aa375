using static Rfl.Demo.Part;

namespace Rfl.Demo;

/// <summary>Our own searches: inquiries answered and overdue, search actions, leads, links between requests, news.</summary>
internal static class Searching
{
    public static IReadOnlyList<Story> Stories { get; } =
    [
        new("gulalai")
        {
            About = "two brothers sought in one request; two inquiries overdue",
            Language = "ps",
            InterviewedDaysAgo = 80,
            Consents = [Consent.Authorities],
            Enquirer = new(Given("ګلالۍ", "Gulalai")) { Sex = "female", Nationality = "AF" },
            Sought =
            [
                new("brother", new(Given("میرویس", "Mirwais"), Clan("زدران", "Zadran"))
                {
                    Sex = "male",
                    FatherName = [Given("غلام حیدر", "Ghulam Haidar")],
                    Birth = Birth.SolarHijri("۱۳۷۸", "[1999-03-21..2000-03-19]"),
                })
                {
                    LostWhen = "2026-06", LostWhere = "The camp by the canal", LostIn = "FR", Circumstances = "His tent was gone one morning.",
                },
                new("brother", new(Given("اجمل", "Ajmal"), Clan("زدران", "Zadran")) { Sex = "male", Birth = Birth.About(2003) })
                {
                    LostWhen = "2026-06", LostWhere = "The camp by the canal", LostIn = "FR", Circumstances = "Was with his elder brother.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                await work.InquireAsync("hospital-admissions-littoral", 65, "Was a man of this name admitted since June?");
                await work.InquireAsync("prison-administration-lille", 45, "Is a man of this name held in one of your houses?", sought: 2);
                await work.PlanSearchAsync("fieldVisit", "Ask at both distribution points on Tuesday.");
            },
        },
        new("palwasha")
        {
            About = "the wife of the same Mirwais asks from elsewhere; linked, never merged",
            Language = "ps",
            InterviewedDaysAgo = 30,
            TakenBy = Accounts.VolunteerInParis,
            Enquirer = new(Given("پلوشه", "Palwasha")) { Sex = "female", Nationality = "AF" },
            Sought =
            [
                new("spouse", new(Given("میر ویس", "Mir Wais"), Clan("ځدران", "Dzadran")) { Sex = "male", Birth = Birth.About(1999) })
                {
                    LostWhen = "2026-06~", LostWhere = "Northern France", LostIn = "FR", Circumstances = "His telephone has been off since the summer.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                await work.LinkAsync("gulalai", "sameSoughtPerson");
                await work.SearchAsync("ownLists", "Compare with the other requests of this summer.", 5, "lead", "One request of a sister tells the same story.");
            },
        },
        new("fatima")
        {
            About = "a mother seeks her daughter; an inquiry answered, news to her overdue",
            Language = "ar",
            InterviewedDaysAgo = 260,
            Consents = [Consent.Authorities, Consent.TraceTheFace],
            Enquirer = new(Given("فاطمة", "Fatima"), Teknonym("أم سارة", "Umm Sara")) { Sex = "female", Nationality = "SY" },
            Sought =
            [
                new("daughter", new(Given("سارة", "Sara"), Father("عبد الرحمن", "Abd al-Rahman"), Family("الخيالي", "al-Khayali"))
                {
                    Sex = "female", Birth = Birth.In(2004), Nationality = "SY",
                })
                {
                    LostWhen = "2025-12-20", LostWhere = "The harbour", LostIn = "LB", Circumstances = "They were put on different boats.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                await work.InquireAsync(
                    "coast-guard-records", 120, "Was a young woman of this name brought ashore?", (90, "unknown", "No entry under any spelling."));
                await work.SearchAsync("community", "Ask the women's centre.", 110, "nothingFound", "Nobody there knew the family.", "community");
                await work.TellAsync("noNews", "phone", 200, "She asked us to call in the evening.");
            },
        },
        new("idris")
        {
            About = "a father seeks his son, lost at sea; leads, linked by the same boat",
            Language = "ar",
            InterviewedDaysAgo = 40,
            Enquirer = new(Given("إدريس", "Idris"), Father("آدم", "Adam"), Grandfather("هارون", "Haroun")) { Sex = "male", Nationality = "SD" },
            Sought =
            [
                new("son", new(Given("موسى", "Musa"), Father("إدريس", "Idris"), Grandfather("آدم", "Adam")) { Sex = "male", Birth = Birth.In(2002) })
                {
                    LostWhen = "2026-10-04", LostWhere = "At sea, an hour from the beach", LostIn = "FR", Circumstances = "The boat took water; some were pulled out by a trawler.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                await work.SearchAsync("hospital", "Ask the hospitals of the coast.", 20, "nothingFound", "Three hospitals, nobody of this name or description.");
                await work.LeadAsync("community", "A survivor remembers a man called Musa in the second boat.");
                await work.LeadAsync("enquirer", "An uncle heard his voice in a short video.");
            },
        },
        new("haroun")
        {
            About = "a cousin from the same boat; linked by the event",
            Language = "ar",
            InterviewedDaysAgo = 35,
            Enquirer = new(Given("زينب", "Zaynab"), Father("محمد", "Muhammad")) { Sex = "female", Nationality = "SD" },
            Sought =
            [
                new("cousin", new(Given("هارون", "Haroun"), Father("سليمان", "Sulayman")) { Sex = "male", Birth = Birth.About(1998) })
                {
                    LostWhen = "2026-10-04", LostWhere = "At sea", LostIn = "FR", Circumstances = "In the boat that took water.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync(Accounts.OtherCaseworker);
                await work.LinkAsync("idris", "sameEvent");
                await work.PlanSearchAsync("hospital", "Ask again, with the description of his jacket.", 3);
            },
        },
        new("rahima")
        {
            About = "a husband in hospital somewhere: medical risk, searched in hospitals",
            Language = "bn",
            InterviewedDaysAgo = 12,
            Enquirer = new(Given("রহিমা", "Rahima"), Family("কল্পিত", "Kalpita")) { Sex = "female", Nationality = "BD" },
            Sought =
            [
                new("spouse", new(Given("করিম", "Karim"), Family("কল্পিত", "Kalpita")) { Sex = "male", Birth = Birth.In(1979), Health = "Needs insulin" })
                {
                    LostWhen = "2026-11-02", LostWhere = "A railway station", LostIn = "FR", MedicalRisk = true, Circumstances = "Taken away by an ambulance; she was not let in.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                await work.SearchAsync("hospital", "Call the emergency wards along the line.", 6, "inconclusive", "One ward will look again by date of birth.");
                await work.TellAsync("progress", "phone", 4, "We told her which wards answered.");
            },
        },
        new("kamala")
        {
            About = "a mother in need of care sought by her son; community searched",
            Language = "ta",
            InterviewedDaysAgo = 50,
            TakenBy = Accounts.VolunteerInParis,
            Enquirer = new(Given("அருண்", "Arun"), Father("முருகன்", "Murugan")) { Sex = "male", Nationality = "LK" },
            Sought =
            [
                new("mother", new(Given("கமலா", "Kamala")) { Sex = "female", Birth = Birth.About(1950), Health = "Walks with a stick" })
                {
                    LostWhen = "2009-05", LostWhere = "A school used as a shelter", LostIn = "LK", Cause = "conflict", ElderlyOrDependent = true,
                    Circumstances = "They were brought to different camps.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                await work.SearchAsync("community", "Ask the temple's visitors.", 30, "lead", "A woman knows the village head.", "community");
                await work.LeadAsync("community", "The village head of that time lives in the next town.");
            },
        },
    ];
}
