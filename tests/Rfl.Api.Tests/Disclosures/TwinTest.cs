using System.Globalization;
using System.Text.RegularExpressions;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Support;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Disclosures;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.Identity;
using Xunit.Abstractions;

namespace Rfl.Api.Tests.Disclosures;

/// <summary>
/// Rule 12, in two worlds: the same people, the same steps at the same instants, in two installations. In one nobody was found; in the other four persons were, each in
/// another way, and all refused under two signatures. Whoever stands outside the circle must read the same in both, everywhere, now and a year later.
/// </summary>
public sealed class TwinTest(ITestOutputHelper output) : IAsyncLifetime
{
    private const int FoundByOwnSearch = 1;
    private const int FoundThroughAuthority = 2;
    private const int FoundByPartner = 3;
    private const int ChangedHerMind = 4;
    private const int NeverFound = 5;
    private const int Neighbour = 6;

    private static readonly int[] sealedOnes = [FoundByOwnSearch, FoundThroughAuthority, FoundByPartner, ChangedHerMind];

    private readonly RflApi unresolvedApi = new();
    private readonly RflApi sealedApi = new();
    private readonly List<DateTimeOffset> moments = [];
    private World unresolved = null!;
    private World @sealed = null!;

    private World[] Both => [unresolved, @sealed];

    public async Task InitializeAsync()
    {
        await unresolvedApi.InitializeAsync();
        await sealedApi.InitializeAsync();
        unresolved = new World(unresolvedApi, Stories(unresolvedApi));
        @sealed = new World(sealedApi, Stories(sealedApi));
    }

    public async Task DisposeAsync()
    {
        await unresolvedApi.DisposeAsync();
        await sealedApi.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_is_outside_the_circle_cannot_tell_a_sealed_refusal_from_a_search_without_success()
    {
        await SearchAsync();
        await FindAndSealAsync();
        await WorkOnAsync();
        await AssertAlikeAsync("when four refusals were sealed");
        await AssertCommandsAlikeAsync();
        await LetAYearPassAsync();
        await AssertAlikeAsync("after a year of chasing");

        // The proof would see it: one consent to be told alive, and the worlds differ.
        await @sealed.Story(ChangedHerMind).ChooseAsync(73, DisclosureChoice.AliveOnly);
        await @sealed.Story(ChangedHerMind).CountersignAsync(73);
        var witnesses = new[] { "supervisor", "caseworker", "focal point" };
        var told = await DifferencesAsync(Outsiders.Where(outsider => witnesses.Contains(outsider.Name)));
        foreach (var witness in witnesses)
            Assert.Contains(told, difference => difference.StartsWith(witness + " reads", StringComparison.Ordinal));
    }

    private static Scenario[] Stories(RflApi api) =>
    [
        // The enquirer of the first one has an account.
        new(api, FoundByOwnSearch, DemoAccounts.EnquirerRequestId),
        .. new[] { FoundThroughAuthority, FoundByPartner, ChangedHerMind, NeverFound, Neighbour }.Select(number => new Scenario(api, number)),
    ];

    private IReadOnlyList<Outsider> Outsiders =>
    [
        Staff("volunteer", DemoAccounts.Volunteer),
        Staff("volunteer elsewhere", DemoAccounts.VolunteerElsewhere),
        Staff("focal point", DemoAccounts.FocalPoint),
        Staff("focal point elsewhere", DemoAccounts.FocalPointElsewhere),
        Staff("caseworker", DemoAccounts.Caseworker),
        Staff("other caseworker", DemoAccounts.OtherCaseworker),
        Staff("child protection", DemoAccounts.ChildProtection),
        Staff("supervisor", DemoAccounts.Supervisor),
        Staff("publisher", DemoAccounts.Publisher),
        Staff("data-protection officer", DemoAccounts.DataProtectionOfficer),
        Staff("administrator", DemoAccounts.Administrator),
        Staff("referral organisation", DemoAccounts.ReferralOrganisation),
        Staff("enquirer", DemoAccounts.Enquirer),
        Staff("partner's staff", DemoAccounts.PartnerStaff),
        new("partner asked in vain", api => api.Caller(DemoAccounts.GermanRedCross)),
        new("partner not asked", api => api.Caller(DemoAccounts.Icrc)),
        new("partner who found", api => api.Caller(DemoAccounts.EthiopianRedCross), unresolved.Story(FoundByPartner).Thing(31)),
        new("anybody", api => api.Anybody),
    ];

    private static Outsider Staff(string name, DemoAccount account) => new(name, api => api.Caller(account));

    private async Task SearchAsync()
    {
        foreach (var world in Both)
            await world.Api.KnowPartnersAsync();
        foreach (var number in Enumerable.Range(1, 6))
        {
            var volunteer = number == Neighbour ? DemoAccounts.VolunteerElsewhere : DemoAccounts.Volunteer;
            await EverywhereAsync(number, story => story.SubmitAsync(by: volunteer));
            await EverywhereAsync(number, story => story.AcceptAsync());
            if (number != Neighbour)
                await EverywhereAsync(number, story => story.AssignAsync());
        }

        foreach (var number in Enumerable.Range(1, 5))
        {
            await EverywhereAsync(number, story => story.AskForAccessAsync(95, story.Enquirer, "self"));
            await EverywhereAsync(number, story => story.AskForAccessAsync(96, story.SoughtPerson, "enquirer"));
            await EverywhereAsync(number, story => story.PlanAsync(10));
            await EverywhereAsync(number, story => story.AskAuthorityAsync(20));
            await EverywhereAsync(number, story => story.AskPartnerAsync(30, "DE"));
            await EverywhereAsync(number, story => story.AskPartnerAsync(31, "ET"));
            await EverywhereAsync(number, story => story.AcknowledgeAsync(DemoAccounts.EthiopianRedCross, story.Thing(31)));
            await EverywhereAsync(number, story => story.AnswerAsync(DemoAccounts.GermanRedCross, story.Thing(30), 40, PartnerAnswer.AsksForDetails));
        }
    }

    private async Task FindAndSealAsync()
    {
        await InCircleAsync(FoundByOwnSearch, story => story.ReportFindingAsync(60, FindingSource.OwnSearch, story.Thing(10)), DemoAccounts.Caseworker);
        await InCircleAsync(FoundThroughAuthority, story => story.ReportFindingAsync(60, FindingSource.Authority, story.Thing(20)), DemoAccounts.Caseworker);
        await InCircleAsync(FoundByPartner, story => story.AnswerAsync(DemoAccounts.EthiopianRedCross, story.Thing(31), 61, PartnerAnswer.Located), DemoAccounts.PartnerStaff);
        await InCircleAsync(ChangedHerMind, story => story.ReportFindingAsync(60), DemoAccounts.Caseworker);
        foreach (var number in sealedOnes)
        {
            await InCircleAsync(number, story => story.VerifyIdentityAsync(), DemoAccounts.DisclosureOfficer);
            await InCircleAsync(number, story => story.InformSoughtPersonAsync(), DemoAccounts.DisclosureOfficer);
        }

        await InCircleAsync(ChangedHerMind, story => story.ChooseAsync(71, DisclosureChoice.AliveOnly), DemoAccounts.DisclosureOfficer);
        foreach (var number in sealedOnes)
        {
            await InCircleAsync(number, story => story.ChooseAsync(70, DisclosureChoice.Nothing), DemoAccounts.DisclosureOfficer);
            await InCircleAsync(number, story => story.CountersignAsync(70), DemoAccounts.OtherDisclosureOfficer);
        }
    }

    private async Task WorkOnAsync()
    {
        foreach (var number in Enumerable.Range(1, 5))
        {
            await EverywhereAsync(number, story => story.CarryOutAsync(story.Thing(10)));
            await EverywhereAsync(number, story => story.ReceiveLeadAsync(50));
            await EverywhereAsync(number, story => story.TellAsync(80, NewsKind.NoNews, ContactChannel.Phone));
        }
    }

    /// <summary>Week by week every job runs, as it would by itself; meanwhile a partner gives up, an enquirer is not reached, and others hear from us.</summary>
    private async Task LetAYearPassAsync()
    {
        var jobs = (await unresolvedApi.Caller(DemoAccounts.Administrator).ReadAsync("/api/v1/jobs")).EnumerateArray().Select(job => job.Text("name")).ToList();
        Assert.Contains("chasing-deadlines", jobs);
        var fell = 0;
        var alarms = (Here: 0, There: 0);
        for (var week = 1; week <= 53; week++)
        {
            unresolvedApi.MoveTo(unresolvedApi.Clock.GetUtcNow().AddDays(7));
            sealedApi.MoveTo(unresolvedApi.Clock.GetUtcNow());
            foreach (var job in jobs)
            {
                var (here, there) = (await RunAsync(unresolved, DemoAccounts.Administrator, job), await RunAsync(@sealed, DemoAccounts.Administrator, job));
                if (job == "watching-access")
                {
                    // It leaves rows for its next run while anything on the cluster is still open, so that only all its runs together are alike.
                    alarms = (alarms.Here + Done(here), alarms.There + Done(there));
                    continue;
                }

                Assert.Equal((week, job, here), (week, job, there));
                fell += job == "chasing-deadlines" && !here.Contains("\"done\": 0,", StringComparison.Ordinal) ? 1 : 0;
            }

            // The circle chases its own deadlines, apart.
            await RunAsync(unresolved, DemoAccounts.DisclosureOfficer, "chasing-circle-deadlines");
            await RunAsync(@sealed, DemoAccounts.DisclosureOfficer, "chasing-circle-deadlines");
            foreach (var number in Enumerable.Range(1, 5))
            {
                if (week == 20)
                    await EverywhereAsync(number, story => story.TellAsync(82, NewsKind.NoNews, ContactChannel.Phone));
                if (week == 30)
                    await EverywhereAsync(number, story => story.AnswerAsync(DemoAccounts.GermanRedCross, story.Thing(30), 42, PartnerAnswer.Negative));
                if (week is 32 or 33 or 34 && number is FoundThroughAuthority or NeverFound)
                    await EverywhereAsync(number, story => story.MissAsync(90 + week, week == 33 ? ContactChannel.Post : ContactChannel.Phone));
            }
        }

        for (var further = 0; alarms.Here != alarms.There && further < 100; further++)
        {
            await Task.Delay(100);
            alarms = (
                alarms.Here + Done(await RunAsync(unresolved, DemoAccounts.Administrator, "watching-access")),
                alarms.There + Done(await RunAsync(@sealed, DemoAccounts.Administrator, "watching-access")));
        }

        Assert.Equal(alarms.Here, alarms.There);
        // A proof about chasing in which nothing was chased would prove nothing.
        Assert.True(fell > 5, $"In {fell} weeks deadlines fell.");
        output.WriteLine($"Deadlines fell in {fell} of 53 weeks, alike in both worlds: "
            + string.Join(", ", (await unresolved.StoredOutsideCircleAsync()).Where(row => row.StartsWith("event", StringComparison.Ordinal)).Select(row => row.Split('|')[3])
                .Where(name => name is "deadline-passed.v1" or "reminder-sent.v1" or "transmission-overdue.v1" or "escalated-to-central-tracing-agency.v1" or "case-suspended.v1" or "case-made-dormant.v1")
                .CountBy(name => name).Select(count => $"{count.Value} {count.Key}")));

        static int Done(string answer) => int.Parse(Regex.Match(answer, "\"done\": ([0-9]+)").Groups[1].Value, CultureInfo.InvariantCulture);

        static Task<string> RunAsync(World world, DemoAccount by, string job) =>
            world.AnswerAsync(world.Api.Caller(by).SendAsync(HttpMethod.Post, $"/api/v1/jobs/{job}/runs"));
    }

    /// <summary>Commands that might stumble over what is sealed: each is answered alike, down to its version.</summary>
    private async Task AssertCommandsAlikeAsync()
    {
        var differences = new List<string>();
        foreach (var number in Enumerable.Range(1, 5))
        {
            foreach (var outcome in Enum.GetValues<ClosureOutcome>().Except([ClosureOutcome.FoundByFamily, ClosureOutcome.UnableToSearch, ClosureOutcome.InsufficientData, ClosureOutcome.Transferred]))
                await TryAsync($"closes as {outcome}", story => story.TryAsync(DemoAccounts.Caseworker, HttpMethod.Post, "/closure", new CloseCaseBody(outcome)));
            foreach (var kind in Enum.GetValues<NewsKind>())
                await TryAsync($"tells {kind}", story => story.TryAsync(DemoAccounts.Caseworker, HttpMethod.Put, $"/news/{story.Thing(200 + (int)kind)}", story.News(kind)));
            foreach (var (below, body) in new (string, object?)[]
            {
                ("/reopening", new ReopenCaseBody(ReopeningReason.NewInformation)),
                ("/suspension", new SuspendCaseBody(SuspensionReason.Security)),
                ("/reopening", new ReopenCaseBody(ReopeningReason.SecurityRestored)),
                ("/dormancy", null),
                ("/reopening", new ReopenCaseBody(ReopeningReason.Review)),
                ("/acceptance", null),
            })
            {
                await TryAsync($"posts {below}", story => story.TryAsync(DemoAccounts.Supervisor, HttpMethod.Post, below, body));
            }

            await TryAsync("ranks", story => story.TryAsync(DemoAccounts.Supervisor, HttpMethod.Put, "/priority", new AssignPriorityBody(Priority.Standard)));
            await TryAsync("knows an old version", story => story.TryStaleAsync(DemoAccounts.Caseworker));
            await TryAsync("signs off a death", story => sealedOrNot(story).SendAsync(HttpMethod.Post, story.Disclosure("/death-news-sign-off"), version: 1));
            await TryAsync("asks for the disclosure", story => sealedOrNot(story).GetAsync(story.Disclosure()));

            async Task TryAsync(string what, Func<Scenario, Task<HttpResponseMessage>> command)
            {
                Tick();
                var first = await unresolved.AnswerAsync(command(unresolved.Story(number)));
                var second = await @sealed.AnswerAsync(command(@sealed.Story(number)));
                if (first != second)
                    differences.Add($"{number} {what}:\n{first}\n-- but sealed --\n{second}");
            }
        }

        Assert.True(differences.Count == 0, string.Join("\n\n", differences.Take(5)));

        HttpClient sealedOrNot(Scenario story) => (unresolved.Story(story.Number) == story ? unresolvedApi : sealedApi).Caller(DemoAccounts.Supervisor);
    }

    private async Task AssertAlikeAsync(string when)
    {
        var differences = await DifferencesAsync(Outsiders);
        Assert.True(differences.Count == 0, $"{when}: {differences.Count} differences, among them\n{string.Join("\n\n", differences.Take(6))}");
        Assert.Equal(await unresolved.StoredOutsideCircleAsync(), await @sealed.StoredOutsideCircleAsync());
    }

    private async Task<List<string>> DifferencesAsync(IEnumerable<Outsider> outsiders)
    {
        Assert.Equal(unresolvedApi.Clock.GetUtcNow(), sealedApi.Clock.GetUtcNow());
        var readings = new Readings([.. Enumerable.Range(1, 6).Select(unresolved.Story)], story => [story.Thing(30), story.Thing(31)], story => [story.Thing(10), story.Thing(20), story.Thing(95), story.Thing(96)], moments);
        var addresses = await readings.OfAsync(unresolvedApi);
        var differences = new List<string>();
        var read = 0;
        foreach (var outsider in outsiders)
        {
            var both = await Task.WhenAll(unresolved.SeenByAsync(outsider, addresses), @sealed.SeenByAsync(outsider, addresses));
            var (here, there) = (both[0], both[1]);
            Assert.Contains(here, answer => answer.Value.StartsWith("200", StringComparison.Ordinal));
            if (outsider.Name == "data-protection officer")
                Assert.Equal(10, here.Count(answer => answer.Value.EndsWith("(what the reply in JSON says)", StringComparison.Ordinal)));
            read += here.Count;
            differences.AddRange(here.Keys.Union(there.Keys).Where(address => here.GetValueOrDefault(address) != there.GetValueOrDefault(address))
                .Select(address => $"{outsider.Name} reads {address}\n{FirstDifference(here.GetValueOrDefault(address), there.GetValueOrDefault(address))}"));
        }

        output.WriteLine($"{addresses.Count} addresses, {read} answers compared in each world, {differences.Count} differences");
        return differences;
    }

    private static string FirstDifference(string? here, string? there)
    {
        var (first, second) = ((here ?? "(nothing)").Split('\n'), (there ?? "(nothing)").Split('\n'));
        var line = first.Zip(second).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"  line {line}: {first.ElementAtOrDefault(line)}\n  sealed:  {second.ElementAtOrDefault(line)}";
    }

    /// <summary>The same step at the same instant in both worlds.</summary>
    private async Task EverywhereAsync(int number, Func<Scenario, Task> step)
    {
        Tick();
        foreach (var world in Both)
            await step(world.Story(number));
    }

    /// <summary>A step inside the circle, where somebody was found; where nobody was, the same people only sign in.</summary>
    private async Task InCircleAsync(int number, Func<Scenario, Task> step, DemoAccount by)
    {
        Tick();
        moments.Clear();
        moments.Add(sealedApi.Clock.GetUtcNow());
        await unresolvedApi.Caller(by).ReadAsync("/api/v1/me");
        await sealedApi.Caller(by).ReadAsync("/api/v1/me");
        await step(@sealed.Story(number));
    }

    private void Tick()
    {
        var next = unresolvedApi.Clock.GetUtcNow().AddMinutes(3);
        unresolvedApi.MoveTo(next);
        sealedApi.MoveTo(next);
    }
}
