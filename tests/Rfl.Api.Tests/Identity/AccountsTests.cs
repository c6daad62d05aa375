using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Identity;

public sealed class AccountsTests(IdentityHost host) : IClassFixture<IdentityHost>
{
    private readonly HttpClient client = host.NewClient();

    [Fact]
    public async Task A_new_account_signs_in_once_with_its_one_time_password_and_must_replace_it()
    {
        var administrator = await host.SignedInAs(DemoAccounts.Administrator);
        var created = await administrator.PostAsJsonAsync("/api/v1/accounts", NewVolunteer(Guid.CreateVersion7(), "amina@redcross.example")).Json();
        var signedIn = await client.SignIn("amina@redcross.example", created.Text("oneTimePassword")).Json();
        Assert.Equal("password-change-required", signedIn.Text("limitedTo"));

        var own = host.NewClient();
        own.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", signedIn.Text("accessToken"));
        Assert.Equal((403, "password-change-required"), await own.GetAsync("/api/v1/accounts").Refusal());
        var changed = await own.PutAsJsonAsync(
            "/api/v1/me/password", new { currentPassword = created.Text("oneTimePassword"), newPassword = "my own long words" }).Json();
        var me = await client.GetMe(changed.Text("accessToken")).Json();
        Assert.Equal("hauts-de-france", me.Text("region"));
        Assert.False(me.TryGetProperty("limitedTo", out var limit) && limit.ValueKind == System.Text.Json.JsonValueKind.String);
    }

    [Fact]
    public async Task A_one_time_password_ends_after_three_days()
    {
        var administrator = await host.SignedInAs(DemoAccounts.Administrator);
        var created = await administrator.PostAsJsonAsync("/api/v1/accounts", NewVolunteer(Guid.CreateVersion7(), "late@redcross.example")).Json();
        host.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal((401, "one-time-password-expired"), await client.SignIn("late@redcross.example", created.Text("oneTimePassword")).Refusal());
    }

    [Fact]
    public async Task The_same_request_again_makes_no_second_account_and_shows_a_password_that_works()
    {
        var administrator = await host.SignedInAs(DemoAccounts.Administrator);
        var request = NewVolunteer(Guid.CreateVersion7(), "again@redcross.example");
        await administrator.PostAsJsonAsync("/api/v1/accounts", request);
        var again = await administrator.PostAsJsonAsync("/api/v1/accounts", request);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        var created = await Task.FromResult(again).Json();
        Assert.Equal(HttpStatusCode.OK, (await client.SignIn("again@redcross.example", created.Text("oneTimePassword"))).StatusCode);
        Assert.Equal((409, "email-taken"), await administrator.PostAsJsonAsync("/api/v1/accounts", NewVolunteer(Guid.CreateVersion7(), "AGAIN@redcross.example")).Refusal());
    }

    [Theory]
    [InlineData("roles", "role-not-combinable", new[] { "systemAdministrator", "caseworker" }, null)]
    [InlineData("region", "region-missing", new[] { "fieldVolunteer" }, null)]
    [InlineData("region", "region-not-used", new[] { "caseworker" }, "hauts-de-france")]
    [InlineData("roles", "role-missing", new string[0], null)]
    public async Task Roles_that_do_not_go_together_are_refused(string field, string code, string[] roles, string? region)
    {
        var administrator = await host.SignedInAs(DemoAccounts.Administrator);
        var problem = await administrator.PutAsJsonAsync($"/api/v1/accounts/{DemoAccounts.Publisher.Id}/roles", new { roles, region }).Json();
        Assert.Equal(code, problem.GetProperty("errorCodes").GetProperty(field)[0].GetString());
    }

    [Fact]
    public async Task New_roles_end_the_sessions_that_carry_the_old_ones()
    {
        var administrator = await host.SignedInAs(DemoAccounts.Administrator);
        var caseworker = await host.SignedInAs(DemoAccounts.OtherCaseworker);
        var changed = await administrator.PutAsJsonAsync($"/api/v1/accounts/{DemoAccounts.OtherCaseworker.Id}/roles", new { roles = new[] { "caseworker", "publisher" } });
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal((401, "not-signed-in"), await caseworker.GetAsync("/api/v1/me").Refusal());
        var me = await (await host.SignedInAs(DemoAccounts.OtherCaseworker)).GetAsync("/api/v1/me").Json();
        Assert.Equal(2, me.GetProperty("roles").GetArrayLength());
    }

    [Fact]
    public async Task A_deactivated_account_is_out_at_once_and_may_come_back()
    {
        var administrator = await host.SignedInAs(DemoAccounts.Administrator);
        var account = DemoAccounts.VolunteerElsewhere;
        var volunteer = await host.SignedInAs(account);
        await administrator.PutAsJsonAsync($"/api/v1/accounts/{account.Id}/activity", new { isActive = false });
        Assert.Equal((401, "not-signed-in"), await volunteer.GetAsync("/api/v1/me").Refusal());
        Assert.Equal((401, "sign-in-failed"), await client.SignIn(account.Email, DemoAccounts.Password).Refusal());
        await administrator.PutAsJsonAsync($"/api/v1/accounts/{account.Id}/activity", new { isActive = true });
        Assert.Equal(HttpStatusCode.OK, (await client.SignIn(account.Email, DemoAccounts.Password)).StatusCode);
    }

    [Fact]
    public async Task Nobody_changes_their_own_roles()
    {
        var administrator = await host.SignedInAs(DemoAccounts.Administrator);
        var answer = administrator.PutAsJsonAsync($"/api/v1/accounts/{DemoAccounts.Administrator.Id}/roles", new { roles = new[] { "disclosureOfficer" } });
        Assert.Equal((409, "own-account"), await answer.Refusal());
    }

    [Fact]
    public async Task Only_the_administrator_keeps_accounts()
    {
        foreach (var account in DemoAccounts.All.Where(account => account != DemoAccounts.Administrator && account != DemoAccounts.OtherCaseworker && account != DemoAccounts.VolunteerElsewhere && account != DemoAccounts.Enquirer))
            Assert.Equal((403, "role-not-allowed"), await (await host.SignedInAs(account)).GetAsync("/api/v1/accounts").Refusal());
    }

    [Fact]
    public async Task The_list_comes_page_by_page_and_each_account_once()
    {
        var administrator = await host.SignedInAs(DemoAccounts.Administrator);
        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await administrator.GetAsync($"/api/v1/accounts?limit=5{(cursor is null ? "" : $"&cursor={cursor}")}").Json();
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(account => account.GetProperty("id").GetGuid()));
            cursor = page.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Superset(DemoAccounts.All.Select(account => account.Id).ToHashSet(), seen.ToHashSet());
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_a_one_time_one()
    {
        var administrator = await host.SignedInAs(DemoAccounts.Administrator);
        var account = DemoAccounts.Enquirer;
        var before = await host.SignedInAs(account);
        var reset = await administrator.PostAsync($"/api/v1/accounts/{account.Id}/one-time-password", null).Json();
        Assert.Equal((401, "not-signed-in"), await before.GetAsync("/api/v1/me").Refusal());
        var signedIn = await client.SignIn(account.Email, reset.Text("oneTimePassword")).Json();
        Assert.Equal("password-change-required", signedIn.Text("limitedTo"));
    }

    private static object NewVolunteer(Guid id, string email) => new
    {
        id,
        email,
        displayName = "Amina",
        language = "fr",
        roles = new[] { "fieldVolunteer" },
        region = "hauts-de-france",
    };
}
