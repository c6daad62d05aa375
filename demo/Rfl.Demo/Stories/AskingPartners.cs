using static Rfl.Demo.Part;

namespace Rfl.Demo;

/// <summary>Partner societies: a search in every status, and their own requests coming in.</summary>
internal static class AskingPartners
{
    public static IReadOnlyList<Story> Stories { get; } =
    [
        new("shilan")
        {
            About = "prepared for the German Red Cross, not sent yet",
            Language = "ckb",
            Consents = [Consent.To("DE")],
            Enquirer = new(Given("شیلان", "Shilan"), Father("عومەر", "Omer")) { Sex = "female", Nationality = "IQ" },
            Sought =
            [
                new("brother", new(Given("ڕێبوار", "Rêbwar"), Father("عومەر", "Omer"), Grandfather("کەریم", "Kerim")) { Sex = "male", Birth = Birth.In(1994) })
                {
                    LostWhen = "2026-07", LostWhere = "A bus towards the north", LostIn = "DE", Circumstances = "He wrote that he would call from the next town.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                await work.PrepareAsync("DE");
            },
        },
        new("karwan")
        {
            About = "sent to the German Red Cross, which has not acknowledged",
            Language = "ckb",
            Consents = [Consent.To("DE")],
            Enquirer = new(Given("هەتاو", "Hetaw")) { Sex = "female", Nationality = "IQ" },
            Sought =
            [
                new("spouse", new(Given("کاروان", "Karwan"), Father("جەلال", "Jalal")) { Sex = "male", Birth = Birth.On("1987-11-05") })
                {
                    LostWhen = "2026-08-19", LostWhere = "A railway station", LostIn = "DE", Circumstances = "Got off to buy water; the train left.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                await work.TransmitAsync("DE");
            },
        },
        new("berivan")
        {
            About = "acknowledged by the German Red Cross",
            Language = "kmr",
            Consents = [Consent.To("DE"), Consent.To("ICRC")],
            Enquirer = new(Given("Bêrîvan"), Family("Derewîn")) { Sex = "female", Nationality = "SY" },
            Sought =
            [
                new("sister", new(Given("Gulistan"), Family("Derewîn")) { Sex = "female", Birth = Birth.In(1992) })
                {
                    LostWhen = "2025-11", LostWhere = "A reception centre", LostIn = "DE", Circumstances = "She was moved to another town; nobody could say which.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync(Accounts.OtherCaseworker);
                await (await work.TransmitAsync("DE")).AcknowledgeAsync("DE-2026-4711");
            },
        },
        new("dawit")
        {
            About = "the Ethiopian Red Cross asked for details and got them",
            Language = "am",
            Consents = [Consent.To("ET")],
            Enquirer = new(Given("ዳዊት", "Dawit"), Father("መኮንን", "Mekonnen")) { Sex = "male", Nationality = "ET" },
            Sought =
            [
                new("father", new(Given("መኮንን", "Mekonnen"), Father("ተሰማ", "Tessema")) { Sex = "male", Birth = Birth.Ethiopian("1952 ዓ.ም.", "[1959-09-12..1960-09-10]") })
                {
                    LostWhen = "2021", LostWhere = "A market town", LostIn = "ET", Cause = "conflict", ElderlyOrDependent = true, Circumstances = "The road was closed and the line was cut.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                var search = await work.TransmitAsync("ET");
                await search.AcknowledgeAsync("ET/RFL/0815");
                await search.AskForDetailsAsync("Which parish did he belong to?", "The one on the hill, beside the mill.");
            },
        },
        new("tsegay")
        {
            About = "the Ethiopian Red Cross found nothing; the German one goes on",
            Language = "ti",
            InterviewedDaysAgo = 60,
            Consents = [Consent.To("ET"), Consent.To("DE")],
            Enquirer = new(Given("ለተብርሃን", "Letebrhan"), Father("ገብረማርያም", "Gebremariam")) { Sex = "female", Nationality = "ER" },
            Sought =
            [
                new("brother", new(Given("ጸጋይ", "Tsegay"), Father("ገብረማርያም", "Gebre Mariam")) { Sex = "male", Birth = Birth.About(1997) })
                {
                    LostWhen = "2026-03", LostWhere = "A camp near the border", LostIn = "ET", Circumstances = "He left the camp with three others.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                var ethiopia = await work.TransmitAsync("ET");
                await ethiopia.AcknowledgeAsync("ET/RFL/0822");
                await ethiopia.AnswerAsync("negative", "Asked in both camps; nobody knows him.");
                await work.TransmitAsync("DE");
            },
        },
        new("mahmoud")
        {
            About = "consent to the transfer withdrawn: recalled at once",
            Language = "ar",
            Consents = [Consent.To("DE"), Consent.Authorities],
            Enquirer = new(Given("محمود", "Mahmoud"), Father("صلاح الدين", "Salah al-Din")) { Sex = "male", Nationality = "PS" },
            Sought =
            [
                new("sister", new(Given("ليلى", "Layla"), Father("صلاح الدين", "Salah al-Din")) { Sex = "female", Birth = Birth.In(1990) })
                {
                    LostWhen = "2026-04", LostWhere = "An airport", LostIn = "DE", Circumstances = "She should have landed in the evening.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                await (await work.TransmitAsync("DE")).AcknowledgeAsync("DE-2026-4720");
                await work.WithdrawConsentAsync(1, 0);
            },
        },
        new("thuy")
        {
            About = "the Turkish society cannot be reached here; one search recalled by us",
            Language = "vi",
            Consents = [Consent.To("TR"), Consent.To("ICRC")],
            Enquirer = new(Family("Trần"), new Part("unknown", "Thị"), Given("Thúy")) { Sex = "female", Nationality = "VN" },
            Sought =
            [
                new("spouse", new(Family("Phạm"), new Part("unknown", "Đức"), Given("An")) { Sex = "male", Birth = Birth.On("1985-01-30") })
                {
                    LostWhen = "2026-06", LostWhere = "A workshop", LostIn = "TR", InDetention = true, Circumstances = "Taken along at a control.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync(Accounts.OtherCaseworker);
                await (await work.TransmitAsync("TR")).RecallAsync("sentByMistake");
                var committee = await work.TransmitAsync("ICRC");
                await committee.AcknowledgeAsync("ICRC-77-001");
                await committee.AnswerAsync("cannotSearch", "No access to places of detention there at present.");
            },
        },
        new("meron")
        {
            About = "sent in by the Ethiopian Red Cross; accepted, searching here",
            SentBy = "ET",
            Language = "am",
            Enquirer = new(Given("ሜሮን", "Meron"), Father("ኃይሉ", "Hailu")) { Sex = "female", Nationality = "ET" },
            Sought =
            [
                new("brother", new(Given("ናትናኤል", "Natnael"), Father("ኃይሉ", "Hailu")) { Sex = "male", Birth = Birth.In(2000) })
                {
                    LostWhen = "2026-05", LostWhere = "Northern France", LostIn = "FR", Circumstances = "Last call from a number with the French prefix.",
                },
            ],
            Then = async work =>
            {
                await work.AcceptAsync();
                await work.SearchAsync("fieldVisit", "Ask in the camps on Wednesday.", 2, "nothingFound", "Two camps; one more next week.");
            },
        },
        new("caaltuu")
        {
            About = "sent in by the Ethiopian Red Cross; we asked for more",
            SentBy = "ET",
            Language = "om",
            Enquirer = new(Given("Caaltuu"), Father("Tolasaa")) { Sex = "female", Nationality = "ET" },
            Sought =
            [
                new("daughter", new(Given("Hawwii"), Father("Dachaasaa")) { Sex = "female", Birth = Birth.About(2001) })
                {
                    LostWhen = "XXXX", LostWhere = "Europe", Circumstances = "She wrote from a place with a large harbour.",
                },
            ],
            Then = work => work.AskEnquirerAsync("In which language were the signs in her photographs?"),
        },
    ];
}
