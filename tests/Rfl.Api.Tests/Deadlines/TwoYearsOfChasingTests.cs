using System.Text.Json.Nodes;
using Rfl.Api.Deadlines;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Support;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Deadlines;

/// <summary>What falls when nobody does anything any more (handbook §6), week by week from Sunday 22 November 2026, 10:00 in Paris.</summary>
public sealed class TwoYearsOfChasingTests(RflApi api) : IClassFixture<RflApi>
{
    private const int Weeks = 106;

    private static readonly string[] forgotten =
    [
        "NewsAfterSignificantEvent#1 2026-11-27",
        "StaleCase#1 2027-02-20",
        "StaleCase#2 2027-05-21",
        "NewsToEnquirer#1 2027-05-22",
        "StaleCase#3 2027-08-19",
        "StaleCase#4 2027-11-17",
        "NewsToEnquirer#2 2027-11-22",
        "StaleCase#5 2028-02-15",
        "StaleCase#6 2028-05-15",
        "NewsToEnquirer#3 2028-05-22",
        "StaleCase#7 2028-08-13",
        "StaleCase#8 2028-11-11",
        "NewsToEnquirer#4 2028-11-22",
        "NoLeads#1 2028-11-22",
    ];

    [Fact]
    public async Task Every_deadline_of_two_years_falls_once_and_on_its_day()
    {
        await api.AcceptAsync(1);
        await api.AcceptAsync(2, Consenting("traceTheFaceOnline", null));
        await api.AcceptAsync(3);
        await api.AcceptAsync(4, Consenting("authorityInquiry", "child-welfare-nord"));
        await api.AcceptAsync(5, document => document["soughtPersons"]![0]!["circumstances"] = new JsonObject { ["isMinor"] = true, ["isAlone"] = true });
        await api.SubmitAsync(6);
        using var caseworker = api.As(DemoAccounts.Caseworker);
        await NobodyAnswersAsync(caseworker, 3);
        await caseworker.DoAsync(
            HttpMethod.Put,
            Interviews.Case(4, $"/authority-inquiries/{Interviews.Id(40)}"),
            new { soughtPerson = Interviews.Person(4, 2), authority = "child-welfare-nord", sentOn = "2026-11-22", question = "Is he in one of your homes?" });

        for (var week = 0; week < Weeks; week++)
        {
            api.Clock.Advance(TimeSpan.FromDays(7));
            Assert.Equal(0, (await api.RunAsync(ChasingDeadlines.JobName)).Failed);
        }

        Assert.Equal(forgotten, await api.PassedAsync(Interviews.Id(1)));
        Assert.Equal(Sorted([.. forgotten, "ConsentReview#1 2027-11-22", "ConsentReview#2 2028-11-22"]), await api.PassedAsync(Interviews.Id(2)));
        Assert.Equal(
            [
                "NewsAfterSignificantEvent#1 2026-11-27",
                "EnquirerUnreachable#1 2027-02-20",
                "NewsToEnquirer#1 2027-05-22",
                "NewsToEnquirer#2 2027-11-22",
                "NewsToEnquirer#3 2028-05-22",
                "NewsToEnquirer#4 2028-11-22",
            ],
            await api.PassedAsync(Interviews.Id(3)));
        Assert.Equal(
            Sorted([.. forgotten, "AuthorityInquiryUnanswered#1 2026-12-22", "AuthorityInquiryUnanswered#2 2027-01-21"]),
            await api.PassedAsync(Interviews.Id(4)));
        Assert.Equal(
            Sorted(
            [
                .. forgotten.Where(passed => !passed.StartsWith("NewsToEnquirer", StringComparison.Ordinal)),
                "NewsToEnquirer#1 2027-02-22", "NewsToEnquirer#2 2027-05-22", "NewsToEnquirer#3 2027-08-22", "NewsToEnquirer#4 2027-11-22",
                "NewsToEnquirer#5 2028-02-22", "NewsToEnquirer#6 2028-05-22", "NewsToEnquirer#7 2028-08-22", "NewsToEnquirer#8 2028-11-22",
            ]),
            await api.PassedAsync(Interviews.Id(5)));
        Assert.Equal(["AcceptanceDecision#1 2026-11-27"], await api.PassedAsync(Interviews.Id(6)));

        Assert.Equal("dormant", (await caseworker.ReadAsync(Interviews.Case(1))).Text("stage"));
        Assert.Equal("suspended", (await caseworker.ReadAsync(Interviews.Case(3))).Text("stage"));
        await ReviewedEveryYearAsync(caseworker);
    }

    /// <summary>Never closed for lack of success: a year after the case became dormant on 26 November 2028, and a year after its review.</summary>
    private async Task ReviewedEveryYearAsync(HttpClient caseworker)
    {
        api.MoveTo(new DateTimeOffset(2029, 11, 26, 9, 30, 0, TimeSpan.Zero));
        await api.RunAsync(ChasingDeadlines.JobName);
        Assert.Contains("DormantReview#1 2029-11-26", await api.PassedAsync(Interviews.Id(1)));
        using var read = await caseworker.GetAsync(Interviews.Case(1));
        await caseworker.DoAsync(
            HttpMethod.Post, Interviews.Case(1, "/dormancy-reviews"), new { reviewedOn = "2029-11-26", findings = "Lists searched again." }, read.Version());
        api.MoveTo(new DateTimeOffset(2030, 11, 26, 9, 30, 0, TimeSpan.Zero));
        await api.RunAsync(ChasingDeadlines.JobName);
        Assert.Equal(
            ["DormantReview#1 2029-11-26", "DormantReview#1 2030-11-26"],
            (await api.PassedAsync(Interviews.Id(1))).Where(passed => passed.StartsWith("DormantReview", StringComparison.Ordinal)));
    }

    private static async Task NobodyAnswersAsync(HttpClient caseworker, int number)
    {
        foreach (var (attempt, channel) in new[] { (31, "phone"), (32, "phone"), (33, "inPerson") })
        {
            await caseworker.DoAsync(
                HttpMethod.Put, Interviews.Case(number, $"/unreachable-attempts/{Interviews.Id(attempt)}"), new { channel, attemptedOn = "2026-11-22" });
        }
    }

    private static Action<JsonObject> Consenting(string purpose, string? recipient) => document =>
    {
        var consent = document["consents"]![0]!["consent"]!.AsObject();
        consent["purpose"] = purpose;
        consent.Remove("recipient");
        if (recipient is not null)
            consent["recipient"] = recipient;
    };

    private static string[] Sorted(IEnumerable<string> passed) =>
        [.. passed.OrderBy(entry => entry.Split(' ')[1], StringComparer.Ordinal).ThenBy(entry => entry, StringComparer.Ordinal)];
}
