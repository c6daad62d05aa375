using static Rfl.Demo.Part;

namespace Rfl.Demo;

/// <summary>Interviews, submitted requests, questions to enquirers, acceptance, requests declined.</summary>
internal static class Arriving
{
    public static IReadOnlyList<Story> Stories { get; } =
    [
        new("zarghuna")
        {
            About = "a mother seeks her son of fourteen; the interview is not finished",
            Language = "prs",
            Unfinished = true,
            InterviewedDaysAgo = 1,
            Enquirer = new(Given("زرغونه", "Zarghuna")) { Sex = "female", Nationality = "AF" },
            Sought =
            [
                new("son", new(Given("رحیم‌الله", "Rahimullah"))
                {
                    Sex = "male",
                    FatherName = [Given("نظر محمد", "Nazar Mohammad")],
                    Birth = Birth.SolarHijri("سال ۱۳۹۱", "[2012-03-20..2013-03-20]"),
                    Relatives = [new("uncle", Given("گل آقا", "Gul Agha")) { Note = "He was on the same bus." }],
                })
                {
                    LostWhen = "2026-09", LostWhere = "Near a bus station", LostIn = "TR", IsMinor = true, IsAlone = true,
                    Circumstances = "Separated at night when the group ran.",
                },
            ],
        },
        new("oksana")
        {
            About = "a daughter begins to tell of her father; saved until next week",
            Language = "uk",
            Unfinished = true,
            Interpreter = false,
            InterviewedDaysAgo = 2,
            TakenBy = Accounts.VolunteerInParis,
            Enquirer = new(Given("Оксана", "Oksana"), Family("Вигадько", "Vyhadko")) { Sex = "female", Nationality = "UA" },
            Sought =
            [
                new("father", new(Given("Степан", "Stepan"), Family("Вигадько", "Vyhadko")) { Sex = "male", Birth = Birth.In(1955) })
                {
                    LostWhen = "2022-03~", LostWhere = "A village by the river", LostIn = "UA", Cause = "conflict", ElderlyOrDependent = true,
                    Circumstances = "He stayed when the buses left.",
                },
            ],
        },
        new("sunita")
        {
            About = "a wife seeks her husband; waits for the decision",
            Language = "hi",
            InterviewedDaysAgo = 3,
            Enquirer = new(Given("सुनीता", "Sunita"), Given("देवी", "Devi")) { Sex = "female", Nationality = "IN" },
            Sought =
            [
                new("spouse", new(Given("मनोज", "Manoj"), Family("काल्पनिक", "Kalpanik")) { Sex = "male", Birth = Birth.About(1988), Profession = "Mason" })
                {
                    LostWhen = "2026-08", LostWhere = "On the coast road", LostIn = "FR", Circumstances = "Went to ask for work and did not come back to the camp.",
                },
            ],
        },
        new("almaz")
        {
            About = "an aunt seeks a girl alone on the way; urgent, waits for the decision",
            Language = "am",
            InterviewedDaysAgo = 1,
            Consents = [Consent.To("ICRC"), Consent.Authorities],
            Enquirer = new(Given("አልማዝ", "Almaz"), Father("ከበደ", "Kebede")) { Sex = "female", Nationality = "ET" },
            Sought =
            [
                new("niece", new(Given("ህይወት", "Hiwot"), Father("ዳዊት", "Dawit"))
                {
                    Sex = "female",
                    Birth = Birth.Ethiopian("2004 ዓ.ም.", "[2011-09-12..2012-09-10]"),
                    MotherName = [Given("ጽጌ", "Tsige")],
                })
                {
                    LostWhen = "2026-10", LostWhere = "A farm house near the border", LostIn = "LY", IsMinor = true, IsAlone = true, TraffickingRisk = true,
                    Circumstances = "Called once from a number that is dead now.",
                },
            ],
        },
        new("hoa")
        {
            About = "a sister seeks her brother; she was asked for the home town",
            Language = "vi",
            Enquirer = new(Family("Nguyễn"), new Part("unknown", "Thị"), Given("Hoa")) { Sex = "female", Nationality = "VN" },
            Sought =
            [
                new("brother", new(Family("Nguyễn"), new Part("unknown", "Văn"), Given("Lâm")) { Sex = "male", Birth = Birth.In(1999) })
                {
                    LostWhen = "2026-05/2026-06", LostWhere = "A parking area by the motorway", LostIn = "BE", Circumstances = "He said that a lorry was leaving.",
                },
            ],
            Then = work => work.AskEnquirerAsync("In which commune and province was he registered as a child?"),
        },
        new("vjollca")
        {
            About = "a mother seeks her son; one question answered, another open",
            Language = "sq",
            Enquirer = new(Given("Vjollca"), Family("Çifligu")) { Sex = "female", Nationality = "AL" },
            Sought =
            [
                new("son", new(Given("Besnik"), Family("Çifligu")) { Sex = "male", Birth = Birth.On("2001-04-17"), Marks = "Scar on the left hand" })
                {
                    LostWhen = "2026-02-11", LostWhere = "A dinghy from the beach", LostIn = "FR", Circumstances = "The boat turned back; he was not in it.",
                },
            ],
            Then = async work =>
            {
                await work.AskEnquirerAsync("Which colour was his life jacket?", "Orange, too large for him.");
                await work.AskEnquirerAsync("Does anybody have a recent photograph?");
            },
        },
        new("solange")
        {
            About = "a grandmother seeks her grandson; accepted, nothing begun",
            Language = "fr",
            Interpreter = false,
            TakenBy = Accounts.VolunteerInParis,
            Enquirer = new(Given("Solange"), Family("Imaginaire")) { Sex = "female", Nationality = "CD" },
            Sought =
            [
                new("grandson", new(Given("Trésor"), Family("Imaginaire"), Nickname("Tété")) { Sex = "male", Birth = Birth.About(2003) })
                {
                    LostWhen = "2026-01", LostWhere = "The forest before the fence", LostIn = "MA", Circumstances = "Everybody ran when the lights came.",
                },
            ],
            Then = work => work.AcceptAsync(),
        },
        new("rojin")
        {
            About = "a sister seeks her brother; raised in priority by a supervisor",
            Language = "kmr",
            Risky = true,
            NeverContactThrough = ["sms", "post"],
            Enquirer = new(Given("Rojîn"), Family("Xeyalî")) { Sex = "female", Nationality = "TR" },
            Contacts = [new("phone", "+33600000071"), new("phone", "+33600000072", "Her aunt Berfîn, who passes messages on")],
            Sought =
            [
                new("brother", new(Given("Xalid"), Family("Xeyalî"))
                {
                    Sex = "male",
                    Birth = Birth.In(1996),
                    Profession = "Baker",
                    Relatives = [new("spouse", Given("Dilan"), Family("Xeyalî")), new("cousin", Given("Baran")) { Note = "They left together." }],
                })
                {
                    LostWhen = "2026-09-03~", LostWhere = "A flat of the smugglers", LostIn = "GR", Circumstances = "He owed money and was kept there.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync(Accounts.OtherCaseworker);
                await work.PrioritiseAsync("atRisk", "Threatened by the people who brought him over.");
            },
        },
        new("marguerite")
        {
            About = "genealogy: declined, oriented to the archives",
            Language = "fr",
            Interpreter = false,
            TakenBy = Accounts.VolunteerInParis,
            Enquirer = new(Given("Marguerite"), Family("Dufictif")) { Sex = "female", Nationality = "FR" },
            Sought =
            [
                new("grandfather", new(Given("Anselme"), Family("Dufictif")) { Sex = "male", Birth = Birth.In(1891) })
                {
                    LostWhen = "1917", LostWhere = "Unknown", Cause = "conflict", Circumstances = "For the family tree of a cousin.",
                },
            ],
            Then = work => work.DeclineAsync("genealogy", "Oriented to the departmental archives and to the database of those who died for France."),
        },
        new("kerem")
        {
            About = "an inheritance: declined, oriented to a notary",
            Language = "tr",
            Enquirer = new(Given("Kerem"), Family("Uydurukoğlu")) { Sex = "male", Nationality = "TR" },
            Sought =
            [
                new("brother", new(Given("Işık"), Family("Uydurukoğlu")) { Sex = "male" })
                {
                    LostWhen = "2010~", LostWhere = "Moved away", LostIn = "DE", Cause = "otherHumanitarianSituation",
                    Circumstances = "Both inherit a field and his signature is missing.",
                },
            ],
            Then = work => work.DeclineAsync("inheritance", "Oriented to the notaries' chamber and its free consultation."),
        },
    ];
}
