using Rfl.Api.Tests.Identity;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Support;

public sealed class RflApiTests(RflApi api) : IClassFixture<RflApi>
{
    [Fact]
    public async Task A_case_goes_from_the_interview_to_a_caseworker()
    {
        await api.AcceptAsync(1);
        using var caseworker = api.As(DemoAccounts.Caseworker);
        var found = await caseworker.ReadAsync(Interviews.Case(1));
        Assert.Equal("accepted", found.Text("stage"));
        Assert.Equal(DemoAccounts.Caseworker.Id, found.GetProperty("caseworker").GetGuid());
    }

    [Fact]
    public async Task A_client_signs_in_again_when_years_have_gone_by()
    {
        using var caseworker = api.As(DemoAccounts.OtherCaseworker);
        Assert.Equal(DemoAccounts.OtherCaseworker.Id, (await caseworker.ReadAsync("/api/v1/me")).GetProperty("id").GetGuid());
        api.MoveTo(api.Clock.GetUtcNow().AddYears(2));
        Assert.Equal(DemoAccounts.OtherCaseworker.Id, (await caseworker.ReadAsync("/api/v1/me")).GetProperty("id").GetGuid());
    }
}
