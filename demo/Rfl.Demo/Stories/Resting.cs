using static Rfl.Demo.Part;

namespace Rfl.Demo;

/// <summary>Cases that wait: enquirers who cannot be reached, danger, no more leads.</summary>
internal static class Resting
{
    public static IReadOnlyList<Story> Stories { get; } =
    [
        new("tariq")
        {
            About = "suspended: searching would put him in danger",
            Language = "ar",
            Risky = true,
            Enquirer = new(Given("سميرة", "Samira")) { Sex = "female", Nationality = "YE" },
            Sought =
            [
                new("brother", new(Given("طارق", "Tariq"), Father("علي", "Ali"), Clan("الوهمي", "al-Wahmi")) { Sex = "male", Birth = Birth.In(1989) })
                {
                    LostWhen = "2026-03", LostWhere = "A checkpoint", LostIn = "YE", Cause = "conflict", InDetention = true, Circumstances = "Those who ask for him are asked back.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                await work.SuspendAsync("security");
            },
        },
        new("bekele")
        {
            About = "suspended: the enquirer has moved on and is not reached",
            Language = "am",
            InterviewedDaysAgo = 200,
            Enquirer = new(Given("በቀለ", "Bekele"), Father("አበበ", "Abebe")) { Sex = "male", Nationality = "ET" },
            Sought =
            [
                new("cousin", new(Given("ታደሰ", "Tadesse"), Father("ወርቁ", "Worku")) { Sex = "male" })
                {
                    LostWhen = "2025", LostWhere = "The desert road", LostIn = "SD", Circumstances = "Their lorries drove apart.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                await work.NotReachedAsync("phone", 60);
                await work.NotReachedAsync("messagingApp", 50);
                await work.NotReachedAsync("thirdPerson", 40);
                await work.SuspendAsync("enquirerUnreachable");
            },
        },
        new("xaliimo")
        {
            About = "three attempts in vain, more than ninety days ago: the next chasing run suspends it",
            Language = "so",
            InterviewedDaysAgo = 150,
            Enquirer = new(Given("Xaliimo"), Father("Cabdi"), Grandfather("Khayaali")) { Sex = "female", Nationality = "SO" },
            Sought =
            [
                new("son", new(Given("Maxamed"), Father("Nuur")) { Sex = "male", Birth = Birth.About(2004) })
                {
                    LostWhen = "2026-01", LostWhere = "A detention centre", LostIn = "LY", InDetention = true, Circumstances = "A released man had seen him.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync(Accounts.OtherCaseworker);
                await work.NotReachedAsync("phone", 110);
                await work.NotReachedAsync("phone", 105);
                await work.NotReachedAsync("email", 100);
            },
        },
        new("celestin")
        {
            About = "dormant after every lead was followed; reviewed this year",
            Language = "fr",
            Interpreter = false,
            InterviewedDaysAgo = 900,
            TakenBy = Accounts.VolunteerInParis,
            Enquirer = new(Given("Célestin"), Family("Fablier")) { Sex = "male", Nationality = "CF" },
            Sought =
            [
                new("sister", new(Given("Grâce"), Family("Fablier")) { Sex = "female", Birth = Birth.About(1985) })
                {
                    LostWhen = "2013-12", LostWhere = "On the road to the river", LostIn = "CF", Cause = "conflict", Circumstances = "The family fled in two directions.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                await work.SearchAsync("community", "Ask the parish networks.", 800, "nothingFound", "Four parishes, no trace.", "community");
                await work.RestAsync();
                await work.ReviewDormantAsync(30, "Lists of two partners searched again; nothing new.");
            },
        },
        new("mykola")
        {
            About = "dormant; its yearly review is overdue",
            Language = "uk",
            InterviewedDaysAgo = 1200,
            Enquirer = new(Given("Микола", "Mykola"), Family("Казкар", "Kazkar")) { Sex = "male", Nationality = "UA" },
            Sought =
            [
                new("spouse", new(Given("Лариса", "Larysa"), Family("Казкар", "Kazkar")) { Sex = "female", Birth = Birth.In(1970) })
                {
                    LostWhen = "2022-04", LostWhere = "A cellar in the town", LostIn = "UA", Cause = "conflict", Circumstances = "The convoy was full when her turn came.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                await work.SearchAsync("officialRegister", "Ask the register of displaced persons.", 1100, "nothingFound", "No entry.", "authority");
                await work.RestAsync();
                await work.ReviewDormantAsync(400, "The register was asked again.");
            },
        },
        new("rebeka")
        {
            About = "was dormant; reopened on a new lead",
            Language = "kmr",
            InterviewedDaysAgo = 700,
            Enquirer = new(Given("Zelal"), Family("Çîrokvan")) { Sex = "female", Nationality = "SY" },
            Sought =
            [
                new("sister", new(Given("Rêbeka"), Family("Çîrokvan")) { Sex = "female", Birth = Birth.In(2001) })
                {
                    LostWhen = "2024-11", LostWhere = "A bus station", LostIn = "BG", Circumstances = "She went back for a bag.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                await work.RestAsync();
                await work.LeadAsync("community", "A nurse remembers the name from last winter.");
                await work.ReopenAsync("newInformation");
                await work.PlanSearchAsync("hospital", "Write to the nurse's hospital.");
            },
        },
    ];
}
