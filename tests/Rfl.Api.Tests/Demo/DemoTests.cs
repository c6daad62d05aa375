using Rfl.Api.Tests.Support;
using Rfl.Demo;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.Identity;
using KnownAccounts = Rfl.Demo.Accounts;

namespace Rfl.Api.Tests.Demo;

/// <summary>The demo as <c>./rfl demo</c> runs it, twice, against the whole application.</summary>
public sealed class DemoTests(RflApi api) : IClassFixture<RflApi>
{
    [Fact]
    public async Task The_demo_shows_every_stage_and_changes_nothing_when_it_runs_again()
    {
        var first = await TellAsync();
        var before = await EverythingAsync();
        var again = await TellAsync();

        Assert.Equal(first, again);
        Assert.Equal(before, await EverythingAsync());
        Assert.True(first.Count >= 40, $"{first.Count} requests");
        Assert.Equal(Enum.GetNames<Stage>().Order(), first.Select(told => char.ToUpperInvariant(told.Stage[0]) + told.Stage[1..]).Distinct().Order());

        // A day later somebody may have worked on it: what is there stays as it is.
        api.MoveTo(api.Clock.GetUtcNow().AddDays(1));
        Assert.Equal(first, await TellAsync());
        Assert.Equal(before, await EverythingAsync());
    }

    [Fact]
    public void The_demo_knows_the_accounts_that_the_service_prepares()
    {
        Assert.Equal(DemoAccounts.Password, KnownAccounts.Password);
        Assert.Equal(DemoAccounts.EnquirerRequestId, KnownAccounts.EnquirerRequest);
        Assert.Equal(DemoAccounts.ApiKeys.ToDictionary(key => key.Society, key => key.Text), KnownAccounts.PartnerKeys);
    }

    private async Task<IReadOnlyList<Told>> TellAsync()
    {
        using var client = api.Anybody;
        return await new Telling(new Service(client), DateOnly.FromDateTime(api.Clock.GetUtcNow().UtcDateTime)).TellAllAsync(Stories.All);
    }

    /// <summary>How many events of which kind there are.</summary>
    private async Task<List<string>> EverythingAsync()
    {
        await using var database = Npgsql.NpgsqlDataSource.Create(api.Database.ConnectionString);
        await using var command = database.CreateCommand("select type || ' ' || count(*) from mt_events group by type order by type");
        await using var reader = await command.ExecuteReaderAsync();
        var kinds = new List<string>();
        while (await reader.ReadAsync())
            kinds.Add(reader.GetString(0));
        return kinds;
    }
}
