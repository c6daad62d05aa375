using System.Text.Json.Nodes;
using Rfl.Api.Tests.Http;
using Rfl.Api.Tests.Support;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Deadlines;

/// <summary>Everybody sees what their own cases wait for (handbook §9), and nobody outside the circle what is inside.</summary>
public sealed class DeadlineWorklistTests(RflApi api) : IClassFixture<RflApi>
{
    [Fact]
    public async Task Each_role_sees_the_deadlines_of_the_cases_within_its_reach()
    {
        await api.AcceptAsync(1);
        await api.AcceptAsync(2, assigned: false);
        await api.SubmitAsync(3, document => document["soughtPersons"]![0]!["circumstances"] = new JsonObject { ["isMinor"] = true }, DemoAccounts.VolunteerElsewhere);
        using var caseworker = api.As(DemoAccounts.Caseworker);
        await caseworker.DoAsync(
            HttpMethod.Put,
            Interviews.Case(1, $"/sought-persons/{Interviews.Person(1, 2)}/findings/{Interviews.Id(11)}"),
            new { kind = "located", source = "ownSearch", foundOn = "2026-11-22", account = new { account = "Met at the day centre." } });

        Assert.Equal("1, 2, 3", await CasesAsync(DemoAccounts.Supervisor));
        Assert.Equal("1, 2, 3", await CasesAsync(DemoAccounts.Caseworker));
        Assert.Equal("2, 3", await CasesAsync(DemoAccounts.OtherCaseworker));
        Assert.Equal("1, 2", await CasesAsync(DemoAccounts.FocalPoint));
        Assert.Equal("3", await CasesAsync(DemoAccounts.FocalPointElsewhere));
        Assert.Equal("3", await CasesAsync(DemoAccounts.ChildProtection));
        Assert.Equal("1", await CasesAsync(DemoAccounts.Caseworker, "?mine=true"));
        Assert.Equal("3", await CasesAsync(DemoAccounts.Supervisor, "?region=ile-de-france"));
        Assert.Equal("1, 2", await CasesAsync(DemoAccounts.Supervisor, "?kind=newsToEnquirer"));
        Assert.Equal("", await CasesAsync(DemoAccounts.Supervisor, "?kind=locatedPersonContact"));
        Assert.Equal("", await CasesAsync(DemoAccounts.Supervisor, "?overdue=true"));
        Assert.Equal("3", await CasesAsync(DemoAccounts.Supervisor, "?dueBefore=2026-11-24T00:00:00Z"));
        using var volunteer = api.As(DemoAccounts.Volunteer);
        await Expect.ProblemAsync(await volunteer.GetAsync("/api/v1/deadlines"), 403, "not-allowed");
        await PagesAsync();
    }

    private async Task PagesAsync()
    {
        using var supervisor = api.As(DemoAccounts.Supervisor);
        var whole = (await supervisor.ReadAsync("/api/v1/deadlines")).GetProperty("items").EnumerateArray().Select(item => item.ToString()).ToList();
        var collected = new List<string>();
        string? cursor = null;
        do
        {
            var page = await supervisor.ReadAsync("/api/v1/deadlines?limit=2" + (cursor is null ? "" : $"&cursor={cursor}"));
            collected.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.ToString()));
            cursor = page.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);
        Assert.True(whole.Count > 4);
        Assert.Equal(whole, collected);
    }

    private async Task<string> CasesAsync(DemoAccount account, string filter = "")
    {
        using var client = api.As(account);
        var items = (await client.ReadAsync("/api/v1/deadlines" + filter)).GetProperty("items").EnumerateArray().ToList();
        return string.Join(", ", Enumerable.Range(1, 3).Where(number => items.Any(item => item.GetProperty("tracingRequestId").GetGuid() == Interviews.Id(number))));
    }
}
