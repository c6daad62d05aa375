using static Rfl.Demo.Part;

namespace Rfl.Demo;

/// <summary>Closed with several outcomes, withdrawn, reopened.</summary>
internal static class Ending
{
    public static IReadOnlyList<Story> Stories { get; } =
    [
        new("minh")
        {
            About = "contact restored; closed",
            Language = "vi",
            InterviewedDaysAgo = 140,
            Enquirer = new(Family("Lê"), new Part("unknown", "Quang"), Given("Minh")) { Sex = "male", Nationality = "VN" },
            Sought =
            [
                new("sister", new(Family("Lê"), new Part("unknown", "Thị"), Given("Ánh")) { Sex = "female", Birth = Birth.In(1997) })
                {
                    LostWhen = "2026-03", LostWhere = "A nail studio", LostIn = "FR", TraffickingRisk = true, Circumstances = "The shop closed overnight.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                var circle = await work.FindAsync(40, "Lives in a shelter for women.", "Paris region");
                await circle.MeetAsync(38, "Named her village and both grandmothers.", "vi");
                await circle.ChooseAsync("coordinates", 38, "Through the shelter's social worker.");
                await work.TellAsync("located", "phone", 30, sought: 1);
                await circle.ExchangeAsync(25);
                await work.CloseAsync("contactRestored");
            },
        },
        new("amanuel")
        {
            About = "he let us say that he is alive; closed",
            Language = "ti",
            InterviewedDaysAgo = 160,
            Enquirer = new(Given("ርሻን", "Rshan"), Father("ሃይለ", "Haile")) { Sex = "female", Nationality = "ER" },
            Sought =
            [
                new("spouse", new(Given("ኣማኑኤል", "Amanuel"), Father("ግርማይ", "Girmay")) { Sex = "male", Birth = Birth.In(1986) })
                {
                    LostWhen = "2025-09", LostWhere = "A farm", LostIn = "IT", Circumstances = "He stopped answering.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync(Accounts.OtherCaseworker);
                var circle = await work.FindAsync(50, "Came to our counter himself.", source: "foundPerson");
                await circle.MeetAsync(50, "Showed an old photograph of both.", "ti");
                await circle.ChooseAsync("aliveOnly", 50);
                await work.TellAsync("aliveOnly", "inPerson", 45, sought: 1);
                await work.CloseAsync("aliveNewsOnly");
            },
        },
        new("joseph")
        {
            About = "a grave was found; told in person; closed",
            Language = "fr",
            Interpreter = false,
            InterviewedDaysAgo = 300,
            TakenBy = Accounts.VolunteerInParis,
            Enquirer = new(Given("Espérance"), Family("Legendre-Fictif")) { Sex = "female", Nationality = "CM" },
            Sought =
            [
                new("uncle", new(Given("Joseph"), Family("Legendre-Fictif")) { Sex = "male", Birth = Birth.About(1958) })
                {
                    LostWhen = "2025-08", LostWhere = "At sea", LostIn = "ES", Circumstances = "The boat did not arrive.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                var circle = await work.LearnOfDeathAsync(60, "Civil registry of the port", "Identified by his ring and his papers.", "2025-08-14", "Cemetery by the lighthouse");
                await circle.SignOffDeathNewsAsync();
                await work.TellAsync("death", "inPerson", 50, sought: 1);
                await work.CloseAsync("deceased");
            },
        },
        new("hamid")
        {
            About = "the family found him itself; closed",
            Language = "prs",
            Enquirer = new(Given("حمید", "Hamid")) { Sex = "male", Nationality = "AF" },
            Sought =
            [
                new("brother", new(Given("وحید", "Wahid")) { Sex = "male", Birth = Birth.About(2005) })
                {
                    LostWhen = "2026-10", LostWhere = "A petrol station", LostIn = "FR", Circumstances = "He slept in another lorry.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                await work.CloseAsync("foundByFamily");
            },
        },
        new("unknown-friend")
        {
            About = "too little to search by; closed",
            Language = "ar",
            Enquirer = new(Nickname("أبو نور", "Abu Nour")) { Sex = "male", Nationality = "SD" },
            Sought =
            [
                new("cousin", new(Nickname("الطويل", "the tall one")) { Sex = "male" })
                {
                    LostWhen = "XXXX", LostWhere = "Not known", Circumstances = "They met once, years ago.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                await work.TellAsync("progress", "inPerson", 5, "We explained what we would need to search.");
                await work.CloseAsync("insufficientData");
            },
        },
        new("gulalai-again")
        {
            About = "the same request told twice; linked and closed as a duplicate",
            Language = "ps",
            InterviewedDaysAgo = 28,
            Enquirer = new(Given("ګلالی", "Gulalai")) { Sex = "female", Nationality = "AF" },
            Sought =
            [
                new("brother", new(Given("میرویس", "Mirwais")) { Sex = "male" })
                {
                    LostWhen = "2026-06", LostWhere = "The camp", LostIn = "FR", Circumstances = "She was not sure that the first interview had counted.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                await work.LinkAsync("gulalai", "sameSoughtPerson");
                await work.CloseAsync("duplicate");
            },
        },
        new("nadiya")
        {
            About = "withdrawn by the enquirer: searches stopped, transmission recalled",
            Language = "uk",
            Consents = [Consent.To("DE")],
            Enquirer = new(Given("Надія", "Nadiia"), Family("Мрійник", "Mriinyk")) { Sex = "female", Nationality = "UA" },
            Sought =
            [
                new("spouse", new(Given("Олег", "Oleh"), Family("Мрійник", "Mriinyk")) { Sex = "male", Birth = Birth.In(1980) })
                {
                    LostWhen = "2026-02", LostWhere = "A station", LostIn = "DE", Cause = "conflict", Circumstances = "He went to look for a flat.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                await work.TransmitAsync("DE");
                await work.WithdrawAsync();
            },
        },
        new("ferhad")
        {
            About = "closed by mistake and reopened",
            Language = "ckb",
            InterviewedDaysAgo = 45,
            Enquirer = new(Given("فەرهاد", "Ferhad"), Father("حەسەن", "Hesen")) { Sex = "male", Nationality = "IQ" },
            Sought =
            [
                new("brother", new(Given("هیوا", "Hîwa"), Father("حەسەن", "Hesen")) { Sex = "male", Birth = Birth.In(2000) })
                {
                    LostWhen = "2026-08", LostWhere = "A beach", LostIn = "FR", Circumstances = "Police lights; everybody lay down in the dunes.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                await work.PlanSearchAsync("fieldVisit", "Ask at the charging point.");
                await work.CloseAsync("unableToSearch");
                await work.ReopenAsync("mistake");
            },
        },
        new("ayse")
        {
            About = "withdrawn before it was decided on",
            Language = "tr",
            Enquirer = new(Given("Ayşe"), Family("Masalcı")) { Sex = "female", Nationality = "TR" },
            Sought =
            [
                new("brother", new(Given("Umut"), Family("Masalcı")) { Sex = "male", Birth = Birth.On("1991-09-09") })
                {
                    LostWhen = "2026-09", LostWhere = "A lorry park", LostIn = "FR", Circumstances = "He called her himself the day after.",
                },
            ],
            Then = work => work.WithdrawAsync(),
        },
    ];
}
