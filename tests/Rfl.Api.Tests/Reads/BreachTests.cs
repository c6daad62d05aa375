using Rfl.Api.Breaches;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Support;
using Rfl.Domain.Breaches;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Reads;

/// <summary>Handbook §8.7: the register of breaches and its 72 hours.</summary>
public sealed class BreachTests(RflApi api) : IClassFixture<RflApi>
{
    private static readonly Guid Id = new("f0000000-0000-4000-8000-000000000001");
    private static readonly string Path = $"/api/v1/breaches/{Id}";

    [Fact]
    public async Task From_the_knowledge_to_the_closing_within_and_beyond_72_hours()
    {
        var privacy = api.Caller(DemoAccounts.DataProtectionOfficer);
        var awareAt = api.Clock.GetUtcNow().AddHours(-2);
        var recorded = new RecordBreachBody(awareAt, [BreachNature.Confidentiality], "A bag with interview forms was left on a tram.", 11);
        await privacy.DoAsync(HttpMethod.Put, Path, recorded);
        await privacy.DoAsync(HttpMethod.Put, Path, recorded);
        Assert.Equal("breach-recorded-differently", await CodeAsync(HttpMethod.Put, "", recorded with { Affected = 12 }));
        Assert.Equal("breach-not-assessed", await CodeAsync(HttpMethod.Put, "/closure", new CloseBreachBody("None.")));

        await ChaseAsync(TimeSpan.FromHours(45));
        Assert.Equal(0, await FallenAsync());
        await ChaseAsync(TimeSpan.FromHours(1));
        Assert.Equal(1, await FallenAsync());
        await ChaseAsync(TimeSpan.FromHours(24));
        await ChaseAsync(TimeSpan.FromDays(30));
        Assert.Equal(2, await FallenAsync());
        var item = Assert.Single((await privacy.ReadAsync("/api/v1/breaches?open=true")).GetProperty("items").EnumerateArray());
        Assert.True(item.GetProperty("overdue").GetBoolean());
        Assert.Equal(awareAt.AddHours(72), item.GetProperty("notifyBy").GetDateTimeOffset());

        await privacy.DoAsync(HttpMethod.Put, $"{Path}/assessment", new AssessBreachBody(BreachRisk.High, "Addresses of the persecuted.", 11));
        Assert.Equal("breach-authority-not-notified", await CodeAsync(HttpMethod.Put, "/closure", new CloseBreachBody("Tablets.")));
        var notified = new NotifyAuthorityBody(api.Clock.GetUtcNow(), "2026-1841");
        Assert.Equal("breach-delay-unexplained", await CodeAsync(HttpMethod.Put, "/authority-notification", notified));
        await privacy.DoAsync(HttpMethod.Put, $"{Path}/authority-notification", notified with { Delay = "The tram company kept the bag." });
        Assert.Equal("breach-subjects-not-informed", await CodeAsync(HttpMethod.Put, "/closure", new CloseBreachBody("Tablets.")));
        await privacy.DoAsync(HttpMethod.Put, $"{Path}/subject-information", new InformBreachSubjectsBody(new DateOnly(2026, 12, 27), 11, "By telephone."));
        await privacy.DoAsync(HttpMethod.Put, $"{Path}/closure", new CloseBreachBody("Tablets."));

        using var read = await privacy.GetAsync(Path);
        var breach = await read.BodyAsync();
        Assert.Equal(("A bag with interview forms was left on a tram.", "Tablets."), (breach.Text("description"), breach.Text("measures")));
        Assert.Equal("DataProtection", Assert.Single(Assert.Single(await api.ReadRowsAsync(read)).Grounds));
        Assert.Empty((await privacy.ReadAsync("/api/v1/breaches?open=true")).GetProperty("items").EnumerateArray());
        Assert.Equal(0, await api.CountAsync("select count(*) from mt_events where data::text like '%tram%' or data::text like '%persecuted%'"));

        async Task<string> CodeAsync(HttpMethod method, string below, object body)
        {
            using var answer = await privacy.SendAsync(method, Path + below, body);
            Assert.Equal(409, (int)answer.StatusCode);
            return System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.Text("code");
        }
    }

    private async Task ChaseAsync(TimeSpan after)
    {
        api.Clock.Advance(after);
        await api.RunAsync("chasing-deadlines");
    }

    private Task<long> FallenAsync() => api.CountAsync("select count(*) from mt_events where stream_id = $1 and type = 'breach-deadline-passed.v1'", Id);
}
