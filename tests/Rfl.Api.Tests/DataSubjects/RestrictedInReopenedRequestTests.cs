using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rfl.Api.Http;
using Rfl.Api.Matches;
using Rfl.Api.PartnerSearches;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Matches;
using Rfl.Api.Tests.Support;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.DataSubjects;

/// <summary>Whoever was sought may object once nobody looks for them any more; when the request is reopened, their objection holds (handbook §8.3).</summary>
public sealed class RestrictedInReopenedRequestTests(RflApi api) : IClassFixture<RflApi>
{
    [Fact]
    public async Task A_restricted_sought_person_is_compared_with_nobody_and_nothing_of_them_leaves_until_it_is_lifted()
    {
        await api.KnowPartnersAsync();
        var (privacy, caseworker, partner) = (api.Caller(DemoAccounts.DataProtectionOfficer), api.Caller(DemoAccounts.Caseworker), api.Caller(DemoAccounts.GermanRedCross));
        var story = new Scenario(api, 1);
        await story.OpenAsync(document => document["soughtPersons"]![0]!["details"] = JsonSerializer.SerializeToNode(People.NaimSought(), Json.Options));
        var search = await story.AskPartnerAsync(30, "DE");
        await story.AcknowledgeAsync(DemoAccounts.GermanRedCross, search);
        await story.PrepareAsync(31, "ET");
        await story.DecideAsync(DemoAccounts.Caseworker, HttpMethod.Post, "/withdrawal");
        var asked = $"/api/v1/data-subject-requests/{story.Thing(95)}";
        await privacy.DoAsync(HttpMethod.Put, asked, new
        {
            person = story.SoughtPerson,
            right = "objection",
            requester = "self",
            receivedOn = "2026-11-22",
            language = "prs",
            account = new { words = "I do not want to be looked for." },
            through = story.Id,
        });
        await privacy.DoAsync(HttpMethod.Put, asked + "/identity", new { proof = "knownToStaff", verifiedOn = "2026-11-22" });
        await privacy.DoAsync(HttpMethod.Put, $"/api/v1/data-subjects/{story.SoughtPerson}/restriction", new { request = story.Thing(95) });

        await story.DecideAsync(DemoAccounts.Caseworker, HttpMethod.Post, "/reopening", new ReopenCaseBody(ReopeningReason.NewInformation));
        await api.RegisterAsync(15, People.Registered(People.Naim()));
        await ComparedWithNobodyAsync();
        await NothingLeavesAsync();
        // Whoever corrects the sheet, or asks again, changes nothing of it.
        await story.DecideAsync(DemoAccounts.Caseworker, HttpMethod.Put, $"/sought-persons/{story.SoughtPerson}", new RecordSoughtPersonBody(
            FamilyRelation.Son, new SoughtPersonCircumstances(), People.NaimSought() with { Profession = "tailor" }));
        await ComparedWithNobodyAsync();

        await privacy.DoAsync(HttpMethod.Post, $"/api/v1/data-subjects/{story.SoughtPerson}/restriction/lifting");
        Assert.True((await SearchAsync()).Has(story.SoughtPerson));
        await api.Services.GetRequiredService<MatchProposing>().RunAsync(100, CancellationToken.None);
        Assert.Equal(1, await MatchesAsync());
        await story.PrepareAsync(32, "ET");

        async Task ComparedWithNobodyAsync()
        {
            Assert.False((await SearchAsync()).Has(story.SoughtPerson));
            await api.Services.GetRequiredService<MatchProposing>().RunAsync(100, CancellationToken.None);
            Assert.Equal(0, await MatchesAsync());
        }

        async Task NothingLeavesAsync()
        {
            Assert.Equal((409, "fields-withheld"), await caseworker.SendAsync(HttpMethod.Put, story.Search(story.Thing(33)), new PrepareTransmissionBody(
                new PersonId(story.SoughtPerson), "ET", [TransferField.SoughtPersonNames])).Refusal());
            Assert.Equal((409, "fields-withheld"), await caseworker.SendAsync(
                HttpMethod.Put,
                story.Path($"/authority-inquiries/{story.Thing(34)}"),
                new SendAuthorityInquiryBody(new PersonId(story.SoughtPerson), Scenario.Authority, new DateOnly(2026, 11, 22), "Is he known to you?")).Refusal());
            using var prepared = await caseworker.GetAsync(story.Search(story.Thing(31)));
            using var sent = await caseworker.SendAsync(HttpMethod.Post, story.Search(story.Thing(31), "/transmission"), version: prepared.Version());
            Assert.Equal(409, (int)sent.StatusCode);
            // What the partner got is recalled; its inbox shows nothing of him.
            using var inbox = await partner.GetAsync($"/api/v1/partner/searches/{search}");
            Assert.DoesNotContain("نعیم", await inbox.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Task<List<JsonElement>> SearchAsync() => api.SearchAsync(new { names = new[] { "Mohammad Naim Rahimi" }, fatherName = "Abdul Rahman", birth = "1998", sex = "male", roles = new[] { "sought" } });

        Task<long> MatchesAsync() => api.CountAsync("select count(*) from match_row where first_person = $1 or second_person = $1", story.SoughtPerson);
    }
}
