using System.Net;
using Rfl.Api.Deadlines;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Matches;
using Rfl.Api.Tests.Reads;
using Rfl.Api.Tests.Support;
using Rfl.Infrastructure.Identity;
using static Rfl.Api.Tests.Matches.People;

namespace Rfl.Api.Tests.DataSubjects;

/// <summary>What people ask about their own data, from its receipt to its end (handbook §8.3).</summary>
public sealed class DataSubjectRequestTests(RflApi api) : IClassFixture<RflApi>
{
    private const string Requests = "/api/v1/data-subject-requests";

    private HttpClient Privacy => api.Caller(DemoAccounts.DataProtectionOfficer);

    private static object Asking(Guid person, string right, string requester = "self", Guid? through = null, string on = "2026-11-22") => new
    {
        person,
        right,
        requester,
        receivedOn = on,
        language = "prs",
        account = new { words = "He wants to know what is written about him.", contact = "Day centre" },
        through,
    };

    private async Task<string> ReceiveAsync(int number, object body, DemoAccount? by = null)
    {
        var path = $"{Requests}/{Id(5000 + number)}";
        await api.Caller(by ?? DemoAccounts.DataProtectionOfficer).DoAsync(HttpMethod.Put, path, body);
        return path;
    }

    [Fact]
    public async Task A_request_is_received_verified_extended_in_time_and_answered()
    {
        await api.SubmitAsync(10);
        var path = await ReceiveAsync(10, Asking(Interviews.Person(10, 1), "access", through: Interviews.Id(10)), DemoAccounts.Volunteer);
        var shown = await Privacy.ReadAsync(path);
        Assert.Equal(("open", "self", "2026-12-22T09:00:00Z"), (shown.Text("status"), shown.Text("requester"), shown.Text("dueAt")));
        Assert.Equal("He wants to know what is written about him.", shown.GetProperty("account").Text("words"));

        Assert.Equal((409, "requester-not-verified"), await Privacy.SendAsync(HttpMethod.Post, path + "/answer", new { answer = "granted" }, 1).Refusal());
        Assert.Equal(2, await Privacy.DoAsync(HttpMethod.Put, path + "/identity", new { proof = "answeredQuestions", verifiedOn = "2026-11-22" }));
        Assert.Equal(3, await Privacy.DoAsync(HttpMethod.Post, path + "/extension", new { reason = "complexity" }, 2));
        Assert.Equal("2027-02-22T09:00:00Z", (await Privacy.ReadAsync(path)).Text("dueAt"));
        Assert.Equal((409, "data-subject-request-already-extended"), await Privacy.SendAsync(HttpMethod.Post, path + "/extension", new { reason = "numberOfRequests" }, 3).Refusal());
        Assert.Equal(4, await Privacy.DoAsync(HttpMethod.Post, path + "/answer", new { answer = "granted" }, 3));
        Assert.Equal(4, await Privacy.DoAsync(HttpMethod.Post, path + "/answer", new { answer = "granted" }, 3));
        Assert.Equal((409, "data-subject-request-ended"), await Privacy.SendAsync(HttpMethod.Post, path + "/withdrawal").Refusal());
        Assert.False((await Privacy.ReadAsync(path)).TryGetProperty("dueAt", out _));
    }

    [Fact]
    public async Task A_damaged_case_or_registration_keeps_no_request_from_being_received_and_widens_nobodys_reach()
    {
        await api.AcceptAsync(20);
        await api.RegisterAsync(21, Registered(Naim()));
        await api.ExecuteAsync(
            $"""
            update mt_events set data = '[]' where stream_id = '{Interviews.Id(20)}' and type like 'case-assigned%';
            update mt_events set data = '[]' where stream_id = '{Id(21)}';
            """);
        var asking = Asking(Interviews.Person(20, 1), "access", through: Interviews.Id(20));
        foreach (var elsewhere in new[] { DemoAccounts.OtherCaseworker, DemoAccounts.FocalPointElsewhere, DemoAccounts.VolunteerElsewhere })
        {
            using var foreign = await api.Caller(elsewhere).SendAsync(HttpMethod.Put, $"{Requests}/{Id(5020)}", asking);
            Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        }

        using (var stranger = await Privacy.SendAsync(HttpMethod.Put, $"{Requests}/{Id(5020)}", Asking(Interviews.Person(19, 1), "access", through: Interviews.Id(20))))
            Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        Assert.Equal(
            (409, "sought-person-heard-by-officers"),
            await Privacy.SendAsync(HttpMethod.Put, $"{Requests}/{Id(5020)}", Asking(Interviews.Person(20, 2), "access", through: Interviews.Id(20))).Refusal());
        foreach (var (number, by) in new[] { (20, DemoAccounts.Caseworker), (22, DemoAccounts.FocalPoint), (23, DemoAccounts.DataProtectionOfficer) })
            Assert.Equal("2026-12-22T09:00:00Z", (await Privacy.ReadAsync(await ReceiveAsync(number, asking, by))).Text("dueAt"));
        await ReceiveAsync(21, Asking(Id(21), "access"));
    }

    [Fact]
    public async Task Whoever_recorded_a_request_reads_it_and_nobody_else_in_casework()
    {
        await api.AcceptAsync(24);
        var path = await ReceiveAsync(24, Asking(Interviews.Person(24, 1), "access", through: Interviews.Id(24)), DemoAccounts.Caseworker);
        await Privacy.DoAsync(HttpMethod.Put, path + "/identity", new { proof = "answeredQuestions", verifiedOn = "2026-11-22" });
        var version = (await Privacy.GetAsync(path)).Version();
        await Privacy.DoAsync(HttpMethod.Post, path + "/refusal", new { reason = "manifestlyUnfounded", explanation = "He asked ten times." }, version);

        using var read = await api.Caller(DemoAccounts.Caseworker).GetAsync(path);
        var shown = await read.BodyAsync();
        Assert.Equal(("refused", "He wants to know what is written about him."), (shown.Text("status"), shown.GetProperty("account").Text("words")));
        Assert.False(shown.TryGetProperty("refusal", out _));
        Assert.False(shown.TryGetProperty("identity", out _));
        Assert.Equal("Recorder", Assert.Single(Assert.Single(await api.ReadRowsAsync(read)).Grounds));
        Assert.Equal("He asked ten times.", (await Privacy.ReadAsync(path)).GetProperty("refusal").Text("explanation"));
        using var other = await api.Caller(DemoAccounts.Supervisor).GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    [Fact]
    public async Task Staff_record_for_people_in_their_own_reach_and_nobody_for_a_stranger()
    {
        await api.SubmitAsync(11);
        var asking = Asking(Interviews.Person(11, 1), "erasure", through: Interviews.Id(11));
        foreach (var elsewhere in new[] { DemoAccounts.VolunteerElsewhere, DemoAccounts.FocalPointElsewhere })
        {
            using var answer = await api.Caller(elsewhere).SendAsync(HttpMethod.Put, $"{Requests}/{Id(5011)}", asking);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        using (var stranger = await Privacy.SendAsync(HttpMethod.Put, $"{Requests}/{Id(5011)}", Asking(Id(999), "access")))
            Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        await ReceiveAsync(11, asking, DemoAccounts.FocalPoint);
    }

    [Fact]
    public async Task Whoever_is_sought_is_heard_by_the_officers_and_the_enquirer_may_ask_about_them()
    {
        await api.SubmitAsync(12);
        var sought = Interviews.Person(12, 2);
        foreach (var requester in new[] { "self", "legalRepresentative" })
        {
            Assert.Equal(
                (409, "sought-person-heard-by-officers"),
                await Privacy.SendAsync(HttpMethod.Put, $"{Requests}/{Id(5012)}", Asking(sought, "access", requester, Interviews.Id(12))).Refusal());
        }

        await ReceiveAsync(12, Asking(sought, "access", "enquirer", Interviews.Id(12)));
    }

    [Fact]
    public async Task An_enquirer_asks_through_their_own_account_and_sees_until_when()
    {
        var own = new Scenario(api, 13, DemoAccounts.EnquirerRequestId);
        await own.SubmitAsync();
        var enquirer = api.Caller(DemoAccounts.Enquirer);
        const string path = "/api/v1/my-tracing-request/data-subject-requests";
        var body = new { right = "access", language = "ti", words = "What do you know of me?" };
        await enquirer.DoAsync(HttpMethod.Put, $"{path}/{Id(5013)}", body);
        await enquirer.DoAsync(HttpMethod.Put, $"{path}/{Id(5013)}", body);

        var shown = Assert.Single((await enquirer.ReadAsync(path)).EnumerateArray());
        Assert.Equal(("access", "open", "2026-12-22T09:00:00Z"), (shown.Text("right"), shown.Text("status"), shown.Text("dueAt")));
        Assert.Equal("ownAccount", (await Privacy.ReadAsync($"{Requests}/{Id(5013)}")).GetProperty("identity").Text("proof"));
        await enquirer.DoAsync(HttpMethod.Post, $"{path}/{Id(5013)}/withdrawal");
        Assert.Equal("withdrawn", Assert.Single((await enquirer.ReadAsync(path)).EnumerateArray()).Text("status"));

        await api.ExecuteAsync($"update mt_events set data = '[]' where stream_id = '{own.Id}' and type like 'security-assessment%'");
        await enquirer.DoAsync(HttpMethod.Put, $"{path}/{Id(5113)}", body);
        Assert.Equal((2, "open"), ((await enquirer.ReadAsync(path)).GetArrayLength(), (await Privacy.ReadAsync($"{Requests}/{Id(5113)}")).Text("status")));
    }

    [Fact]
    public async Task A_rectification_is_a_correction_in_the_record_linked_with_the_request()
    {
        await api.RegisterAsync(14, Registered(Naim()));
        var path = await ReceiveAsync(14, Asking(Id(14), "rectification"));
        await Privacy.DoAsync(HttpMethod.Put, path + "/identity", new { proof = "knownToStaff", verifiedOn = "2026-11-22" });
        var link = $"{path}/rectifications/{Id(14)}";
        Assert.Equal((409, "no-correction-there"), await Privacy.SendAsync(HttpMethod.Put, link, new { record = "registeredPerson", version = 1 }).Refusal());
        Assert.Equal((409, "rectification-missing"), await Privacy.SendAsync(HttpMethod.Post, path + "/answer", new { answer = "granted" }, 2).Refusal());

        using (var focalPoint = api.As(DemoAccounts.FocalPoint))
            await focalPoint.DoAsync(HttpMethod.Put, Path(14), Registered(Naim("1378/5/12")), version: 1);
        await Privacy.DoAsync(HttpMethod.Put, link, new { record = "registeredPerson", version = 2 });
        await Privacy.DoAsync(HttpMethod.Put, link, new { record = "registeredPerson", version = 2 });
        Assert.Equal(4, await Privacy.DoAsync(HttpMethod.Post, path + "/answer", new { answer = "granted" }, 3));
        Assert.Equal(2, (await Privacy.ReadAsync(path)).GetProperty("rectifications")[0].GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Whoever_objects_is_compared_with_nobody_until_it_is_lifted()
    {
        var sam = Naim() with { Names = [Name("Samandar Popalzai")], FatherName = Name("Ghulam Sakhi"), Birthplace = new Domain.People.Place("Herat") };
        await api.RegisterAsync(15, Registered(sam));
        var search = new { names = new[] { "Samandar Popalzai" }, fatherName = "Ghulam Sakhi", roles = new[] { "registered" } };
        Assert.True((await api.SearchAsync(search)).Has(Id(15)));

        var path = await ReceiveAsync(15, Asking(Id(15), "objection"));
        var subject = $"/api/v1/data-subjects/{Id(15)}";
        Assert.Equal((409, "requester-not-verified"), await Privacy.SendAsync(HttpMethod.Put, subject + "/restriction", new { request = Id(5015) }).Refusal());
        await Privacy.DoAsync(HttpMethod.Put, path + "/identity", new { proof = "knownToStaff", verifiedOn = "2026-11-22" });
        await Privacy.DoAsync(HttpMethod.Put, subject + "/restriction", new { request = Id(5015) });
        Assert.Equal("answered", (await Privacy.ReadAsync(path)).Text("status"));
        Assert.Equal("objection", (await Privacy.ReadAsync(subject)).Text("restricted"));
        Assert.False((await api.SearchAsync(search)).Has(Id(15)));
        // A correction writes the person's row again; they stay out all the same.
        using (var focalPoint = api.As(DemoAccounts.FocalPoint))
            await focalPoint.DoAsync(HttpMethod.Put, Path(15), Registered(sam with { Profession = "tailor" }), version: 1);
        Assert.False((await api.SearchAsync(search)).Has(Id(15)));

        await Privacy.DoAsync(HttpMethod.Post, subject + "/restriction/lifting");
        Assert.True((await api.SearchAsync(search)).Has(Id(15)));
    }
}

/// <summary>The legal deadline, on an application of its own: the clock moves.</summary>
public sealed class DataSubjectDeadlineTests(RflApi api) : IClassFixture<RflApi>
{
    [Fact]
    public async Task A_deadline_missed_is_escalated_once_and_stands_in_no_other_worklist()
    {
        await api.SubmitAsync(1);
        var privacy = api.Caller(DemoAccounts.DataProtectionOfficer);
        var path = $"/api/v1/data-subject-requests/{Id(5001)}";
        await privacy.DoAsync(HttpMethod.Put, path, new
        {
            person = Interviews.Person(1, 1),
            right = "access",
            requester = "self",
            receivedOn = "2026-11-20",
            language = "prs",
            account = new { words = "What do you know of me?" },
            through = Interviews.Id(1),
        });
        var overdue = "/api/v1/data-subject-requests?overdue=true";
        api.MoveTo(new DateTimeOffset(2026, 12, 20, 10, 59, 0, TimeSpan.Zero));
        await api.RunAsync(ChasingDeadlines.JobName);
        Assert.Empty((await privacy.ReadAsync(overdue)).GetProperty("items").EnumerateArray());

        // Received on 20 November, counted from noon in Paris.
        api.MoveTo(new DateTimeOffset(2026, 12, 20, 11, 0, 0, TimeSpan.Zero));
        await api.RunAsync(ChasingDeadlines.JobName);
        await api.RunAsync(ChasingDeadlines.JobName);
        var shown = Assert.Single((await privacy.ReadAsync(overdue)).GetProperty("items").EnumerateArray());
        Assert.Equal(("2026-12-20T11:00:00Z", true), (shown.Text("dueAt"), shown.GetProperty("overdue").GetBoolean()));
        Assert.Equal(["DataSubjectRequestAnswer#1 2026-12-20"], await api.PassedAsync(Id(5001)));
        Assert.Equal((409, "extension-too-late"), await privacy.SendAsync(HttpMethod.Post, path + "/extension", new { reason = "complexity" }, 2).Refusal());
        var ofCases = await api.Caller(DemoAccounts.Supervisor).ReadAsync("/api/v1/deadlines?limit=100");
        Assert.DoesNotContain(ofCases.GetProperty("items").EnumerateArray(), item => item.Text("kind").Contains("dataSubject", StringComparison.OrdinalIgnoreCase));
    }
}
