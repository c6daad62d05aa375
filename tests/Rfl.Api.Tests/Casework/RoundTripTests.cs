using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rfl.Api.Disclosures;
using Rfl.Api.Partners;
using Rfl.Api.PartnerSearches;
using Rfl.Api.Tests.Support;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Disclosures;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.Identity;
using Rfl.Testing;
using Xunit.Abstractions;

namespace Rfl.Api.Tests.Casework;

/// <summary>
/// A command over HTTP costs two round trips to the database beyond signing in: one to load, one to save. A read costs one, the read log included, and another where
/// it has to ask for names or keys. Counted on the wire.
/// </summary>
public sealed class RoundTripTests(RflApi api, ITestOutputHelper output) : IClassFixture<RflApi>
{
    [Fact]
    public async Task A_command_costs_at_most_two_round_trips()
    {
        await api.KnowPartnersAsync();
        await using var proxy = SyncCountingProxy.Start(api.Database.ConnectionString);
        await using var node = api.Start(new() { ["ConnectionStrings:Rfl"] = proxy.ConnectionString })
            .WithWebHostBuilder(host => host.ConfigureTestServices(WithoutBackground));

        // The first time fills pools and caches; the second and third are what every day costs.
        for (var number = 1; number <= 3; number++)
        {
            var story = new Scenario(api, number);
            foreach (var (name, caller, method, path, body) in Commands(story))
            {
                using var client = caller is DemoApiKey key ? NodeKey(key) : api.As((DemoAccount)caller, node.Services);
                var version = await VersionAsync(story, path);
                (await client.GetAsync("/api/v1/me")).Dispose();
                var before = proxy.Syncs;
                (await client.SendAsync(HttpMethod.Put, "/api/v1/tracing-requests/00000000-0000-0000-0000-000000000000/leads/00000000-0000-0000-0000-000000000000", new { })).Dispose();
                var authentication = proxy.Syncs - before;
                before = proxy.Syncs;
                using var answer = await client.SendAsync(method, path, body, version);
                await answer.BodyAsync();
                var cost = proxy.Syncs - before - authentication;
                output.WriteLine($"{number} {name}: {cost} beyond {authentication} of authentication");
                if (number > 1)
                    Assert.True(cost <= 2, $"{name} costs {cost} round trips.");
            }

            HttpClient NodeKey(DemoApiKey key)
            {
                var client = node.CreateClient();
                client.DefaultRequestHeaders.Add("X-Api-Key", key.Text);
                return client;
            }
        }
    }

    /// <summary>Exactly what these reads cost before they were logged.</summary>
    [Fact]
    public async Task The_read_log_costs_no_round_trip()
    {
        await api.KnowPartnersAsync();
        var story = new Scenario(api, 7);
        await story.OpenAsync();
        await story.AskPartnerAsync(30, "DE");
        await story.ReportFindingAsync(60);
        await using var proxy = SyncCountingProxy.Start(api.Database.ConnectionString);
        await using var node = api.Start(new() { ["ConnectionStrings:Rfl"] = proxy.ConnectionString })
            .WithWebHostBuilder(host => host.ConfigureTestServices(WithoutBackground));
        foreach (var (name, account, path, expected) in new (string, DemoAccount, string, int)[]
        {
            ("case", DemoAccounts.Caseworker, story.Path(), 1),
            ("refused case", DemoAccounts.OtherCaseworker, story.Path(), 1),
            ("partner search", DemoAccounts.Caseworker, story.Search(story.Thing(30)), 1),
            ("timeline", DemoAccounts.Caseworker, story.Path("/timeline"), 2),
            ("list of cases", DemoAccounts.Supervisor, "/api/v1/tracing-requests", 2),
            ("list of deadlines", DemoAccounts.Supervisor, "/api/v1/deadlines", 1),
            ("list of partner searches", DemoAccounts.Supervisor, "/api/v1/partner-searches", 1),
            ("list of matches", DemoAccounts.Supervisor, "/api/v1/matches", 1),
            ("disclosure", DemoAccounts.DisclosureOfficer, story.Disclosure(), 1),
            // Whose keys the rows need stands inside them.
            ("list of disclosures", DemoAccounts.DisclosureOfficer, "/api/v1/disclosures", 2),
            ("read log", DemoAccounts.DataProtectionOfficer, "/api/v1/read-log", 1),
        })
        {
            using var client = api.As(account, node.Services);
            var costs = new List<int>();
            for (var time = 1; time <= 3; time++)
            {
                (await client.GetAsync("/api/v1/me")).Dispose();
                var before = proxy.Syncs;
                (await client.SendAsync(HttpMethod.Put, "/api/v1/tracing-requests/00000000-0000-0000-0000-000000000000/leads/00000000-0000-0000-0000-000000000000", new { })).Dispose();
                var authentication = proxy.Syncs - before;
                before = proxy.Syncs;
                (await client.GetAsync(path)).Dispose();
                costs.Add(proxy.Syncs - before - authentication);
            }

            output.WriteLine($"{name}: {string.Join(", ", costs)} beyond authentication");
            Assert.Equal((name, expected), (name, costs[^1]));
        }
    }

    private async Task<long?> VersionAsync(Scenario story, string path)
    {
        var (account, read) = path switch
        {
            _ when path.EndsWith("/interview-document", StringComparison.Ordinal) => (DemoAccounts.Supervisor, null),
            _ when path.Contains("/disclosures/", StringComparison.Ordinal) => (DemoAccounts.DisclosureOfficer, story.Disclosure()),
            _ when path.EndsWith("/transmission", StringComparison.Ordinal) => (DemoAccounts.Caseworker, path.Replace("/transmission", "", StringComparison.Ordinal)),
            _ => (DemoAccounts.Supervisor, story.Path()),
        };
        if (read is null)
            return null;
        using var answer = await api.Caller(account).GetAsync(read);
        return answer.IsSuccessStatusCode ? answer.Version() : null;
    }

    private static IEnumerable<(string Name, object Caller, HttpMethod Method, string Path, object? Body)> Commands(Scenario story)
    {
        var day = new DateOnly(2026, 11, 22);
        var person = new Domain.Common.PersonId(story.SoughtPerson);
        var (worker, officer, partner) = (DemoAccounts.Caseworker, DemoAccounts.DisclosureOfficer, DemoAccounts.GermanRedCross);
        yield return ("interview document", DemoAccounts.Volunteer, HttpMethod.Put, story.Path("/interview-document"), story.Document());
        yield return ("acceptance", DemoAccounts.Supervisor, HttpMethod.Post, story.Path("/acceptance"), null);
        yield return ("assignment", DemoAccounts.Supervisor, HttpMethod.Put, story.Path("/assignment"), new AssignCaseBody(worker.Id));
        yield return ("priority", worker, HttpMethod.Put, story.Path("/priority"), new AssignPriorityBody(Priority.Dependent, "Frail."));
        yield return ("planned action", worker, HttpMethod.Put, story.Path($"/search-actions/{story.Thing(10)}"), new PlanSearchActionBody(person, SearchMeans.FieldVisit, "Ask."));
        yield return ("carried-out action", worker, HttpMethod.Put, story.Path($"/search-actions/{story.Thing(10)}/result"), new CarryOutSearchActionBody(day, SearchResult.NothingFound, Provenance.OwnStaff, "Asked."));
        yield return ("authority inquiry", worker, HttpMethod.Put, story.Path($"/authority-inquiries/{story.Thing(20)}"), new SendAuthorityInquiryBody(person, Scenario.Authority, day, "Known?"));
        yield return ("lead", worker, HttpMethod.Put, story.Path($"/leads/{story.Thing(50)}"), new ReceiveLeadBody(person, Provenance.Community, "Seen."));
        yield return ("news", worker, HttpMethod.Put, story.Path($"/news/{story.Thing(80)}"), story.News(NewsKind.NoNews));
        yield return ("preparation", worker, HttpMethod.Put, story.Search(story.Thing(30)), new PrepareTransmissionBody(person, "DE", [TransferField.SoughtPersonNames]));
        yield return ("transmission", worker, HttpMethod.Post, story.Search(story.Thing(30), "/transmission"), null);
        yield return ("partner's receipt", partner, HttpMethod.Put, $"/api/v1/partner/searches/{story.Thing(30)}/receipt", new AcknowledgeReceiptBody("DE-1"));
        yield return ("partner's answer", partner, HttpMethod.Put, $"/api/v1/partner/searches/{story.Thing(30)}/answers/{story.Thing(40)}", new AnswerSearchBody(PartnerAnswer.AsksForDetails, "With whom?"));
        yield return ("finding", worker, HttpMethod.Put, story.Path($"/sought-persons/{story.SoughtPerson}/findings/{story.Thing(60)}"), new ReportFindingBody(FindingKind.Located, FindingSource.OwnSearch, day, new FindingAccount("Met.")));
        yield return ("identity", officer, HttpMethod.Put, story.Disclosure("/identity"), new VerifyIdentityBody(day, "Named the village."));
        yield return ("information", officer, HttpMethod.Put, story.Disclosure("/information"), new InformSoughtPersonBody(day, "prs", true));
        yield return ("choice", officer, HttpMethod.Put, story.Disclosure($"/choices/{story.Thing(70)}"), new RecordChoiceBody(DisclosureChoice.Coordinates, day, "Form.", "Lille"));
        yield return ("countersignature and release", DemoAccounts.OtherDisclosureOfficer, HttpMethod.Post, story.Disclosure($"/choices/{story.Thing(70)}/countersignature"), null);
        yield return ("closure", worker, HttpMethod.Post, story.Path("/closure"), new CloseCaseBody(ClosureOutcome.ContactRestored));
    }

    /// <summary>Only the server itself is left: the feed's readers would be counted too.</summary>
    private static void WithoutBackground(IServiceCollection services)
    {
        foreach (var service in services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Name != "GenericWebHostService").ToList())
            services.Remove(service);
    }
}
