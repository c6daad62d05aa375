using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rfl.Api.Breaches;
using Rfl.Api.Disclosures;
using Rfl.Api.Tests.Support;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Breaches;
using Rfl.Domain.Common;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Http;

/// <summary>Callers choose their ids, and learn nothing from choosing somebody else's.</summary>
public sealed class ChosenIdTests(RflApi api) : IClassFixture<RflApi>
{
    [Fact]
    public async Task The_id_of_a_disclosure_is_refused_alike_whether_somebody_was_found_or_not()
    {
        var (found, searched) = (new Scenario(api, 1), new Scenario(api, 2));
        foreach (var story in new[] { found, searched })
            await story.OpenAsync();
        await found.ReportFindingAsync(60);

        var answers = new List<string>();
        foreach (var story in new[] { found, searched })
        {
            var disclosure = api.Services.GetRequiredService<DisclosureIds>().Of(new TracingRequestId(story.Id), new PersonId(story.SoughtPerson));
            using var answer = await api.Caller(DemoAccounts.Volunteer).SendAsync(
                HttpMethod.Put, $"/api/v1/tracing-requests/{disclosure}/interview-document", new Scenario(api, 3).Document());
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            answers.Add(JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("errors").GetRawText());
        }

        Assert.Contains("version 4 or 7", answers[0], StringComparison.Ordinal);
        Assert.Equal(answers[0], answers[1]);
    }

    [Fact]
    public async Task An_id_that_something_else_has_is_refused_and_nothing_is_written()
    {
        await new Scenario(api, 4).OpenAsync();
        var before = await api.CountAsync("select count(*) from mt_events");
        using var answer = await api.Caller(DemoAccounts.DataProtectionOfficer).SendAsync(
            HttpMethod.Put,
            $"/api/v1/breaches/{Interviews.Id(4)}",
            new RecordBreachBody(api.Clock.GetUtcNow().AddHours(-1), [BreachNature.Confidentiality], "A bag with interview forms was left on a tram.", 11));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("id-already-used", JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString());
        Assert.Equal(before, await api.CountAsync("select count(*) from mt_events"));
    }

    [Fact]
    public async Task A_repeated_request_that_had_nothing_to_do_does_nothing_later()
    {
        var story = new Scenario(api, 5);
        await story.OpenAsync();
        var (first, assigned) = await AssignAsync();
        await story.AssignAsync(DemoAccounts.OtherCaseworker);

        var (again, stands) = await AssignAsync();

        Assert.Equal(first, again);
        Assert.Equal((DemoAccounts.Caseworker.Id, DemoAccounts.OtherCaseworker.Id), (assigned, stands));

        // As whoever lost the answer would send it: the same request, on the version that was seen then.
        async Task<(long Version, Guid Caseworker)> AssignAsync()
        {
            var version = await story.VersionAsync();
            using var answer = await api.Caller(DemoAccounts.Supervisor).SendAsync(
                HttpMethod.Put, story.Path("/assignment"), new AssignCaseBody(DemoAccounts.Caseworker.Id), version, "0199dddd-0000-7000-8000-000000000005");
            await answer.BodyAsync();
            return (answer.Version(), (await story.ReadAsync()).GetProperty("caseworker").GetGuid());
        }
    }
}
