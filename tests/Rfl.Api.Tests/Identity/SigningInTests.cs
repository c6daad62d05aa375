using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Identity;

public sealed class SigningInTests(IdentityHost host) : IClassFixture<IdentityHost>
{
    private readonly HttpClient client = host.NewClient();

    [Fact]
    public async Task A_wrong_password_and_an_unknown_account_answer_the_same()
    {
        var wrong = await client.SignIn(DemoAccounts.Publisher.Email, "not-the-password");
        var unknown = await client.SignIn("nobody@demo.example", "not-the-password");
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        Assert.Equal(await wrong.Content.ReadAsStringAsync(), await unknown.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task After_five_failures_even_the_right_password_waits_a_quarter_of_an_hour()
    {
        for (var failure = 0; failure < 5; failure++)
            Assert.Equal((401, "sign-in-failed"), await client.SignIn(DemoAccounts.OtherCaseworker.Email, "not-the-password").Refusal());

        Assert.Equal((401, "sign-in-failed"), await client.SignIn(DemoAccounts.OtherCaseworker.Email, DemoAccounts.Password).Refusal());
        host.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(HttpStatusCode.OK, (await client.SignIn(DemoAccounts.OtherCaseworker.Email, DemoAccounts.Password)).StatusCode);
    }

    [Fact]
    public async Task Parallel_guesses_do_not_outrun_the_lock()
    {
        var guesses = Enumerable.Range(0, 20).Select(_ => client.SignIn(DemoAccounts.FocalPointElsewhere.Email, "not-the-password"));
        await Task.WhenAll(guesses);
        await using var failures = host.Database.DataSource.CreateCommand(
            "select count(*) from identity.audit where subject_id = $1 and action = 'sign-in' and detail = 'password'");
        failures.Parameters.AddWithValue(DemoAccounts.FocalPointElsewhere.Id);
        Assert.Equal(5L, await failures.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Nothing_opens_without_signing_in()
    {
        var answer = await client.GetAsync("/api/v1/me");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task An_access_token_ends_after_fifteen_minutes()
    {
        var token = (await client.SignIn(DemoAccounts.Caseworker.Email, DemoAccounts.Password).Json()).Text("accessToken");
        host.Clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await client.GetMe(token)).StatusCode);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((401, "not-signed-in"), await client.GetMe(token).Refusal());
    }

    [Fact]
    public async Task A_refresh_answers_new_tokens_for_the_same_session()
    {
        var first = await client.SignIn(DemoAccounts.Caseworker.Email, DemoAccounts.Password).Json();
        host.Clock.Advance(TimeSpan.FromHours(1));
        var second = await client.Refresh(first.Text("refreshToken")).Json();
        Assert.NotEqual(first.Text("refreshToken"), second.Text("refreshToken"));
        Assert.Equal(HttpStatusCode.OK, (await client.GetMe(second.Text("accessToken"))).StatusCode);
    }

    [Fact]
    public async Task A_refresh_token_presented_twice_ends_the_session_for_both_holders()
    {
        var first = await client.SignIn(DemoAccounts.Supervisor.Email, DemoAccounts.Password).Json();
        var second = await client.Refresh(first.Text("refreshToken")).Json();
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((401, "session-over"), await client.Refresh(first.Text("refreshToken")).Refusal());

        Assert.Equal((401, "session-over"), await client.Refresh(second.Text("refreshToken")).Refusal());
        Assert.Equal((401, "not-signed-in"), await client.GetMe(second.Text("accessToken")).Refusal());
    }

    [Fact]
    public async Task A_refresh_whose_answer_was_lost_may_be_repeated_at_once()
    {
        var first = await client.SignIn(DemoAccounts.Supervisor.Email, DemoAccounts.Password).Json();
        var lost = await client.Refresh(first.Text("refreshToken")).Json();
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        var repeated = await client.Refresh(first.Text("refreshToken")).Json();
        Assert.Equal(HttpStatusCode.OK, (await client.GetMe(repeated.Text("accessToken"))).StatusCode);

        // Whoever comes with the answer that was lost is not the one who asked.
        Assert.Equal((401, "session-over"), await client.Refresh(lost.Text("refreshToken")).Refusal());
        Assert.Equal((401, "not-signed-in"), await client.GetMe(repeated.Text("accessToken")).Refusal());
    }

    [Fact]
    public async Task A_session_ends_when_it_is_not_refreshed_for_three_days()
    {
        var first = await client.SignIn(DemoAccounts.Publisher.Email, DemoAccounts.Password).Json();
        host.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal((401, "session-over"), await client.Refresh(first.Text("refreshToken")).Refusal());
    }

    [Fact]
    public async Task Signing_out_ends_both_tokens_at_once()
    {
        var tokens = await client.SignIn(DemoAccounts.Volunteer.Email, DemoAccounts.Password).Json();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Text("accessToken"));
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync("/api/v1/session")).StatusCode);
        Assert.Equal((401, "not-signed-in"), await client.GetAsync("/api/v1/me").Refusal());
        Assert.Equal((401, "session-over"), await client.Refresh(tokens.Text("refreshToken")).Refusal());
    }

    [Fact]
    public async Task Changing_the_password_ends_every_other_session()
    {
        var account = DemoAccounts.ChildProtection;
        var elsewhere = await host.SignedInAs(account);
        var here = await host.SignedInAs(account);
        var changed = await here.PutAsJsonAsync("/api/v1/me/password", new { currentPassword = DemoAccounts.Password, newPassword = "a new and longer one" }).Json();
        Assert.Equal((401, "not-signed-in"), await elsewhere.GetAsync("/api/v1/me").Refusal());
        Assert.Equal(HttpStatusCode.OK, (await client.GetMe(changed.Text("accessToken"))).StatusCode);
        Assert.Equal((401, "sign-in-failed"), await client.SignIn(account.Email, DemoAccounts.Password).Refusal());
        Assert.Equal(HttpStatusCode.OK, (await client.SignIn(account.Email, "a new and longer one")).StatusCode);
    }

    [Theory]
    [InlineData("too short", "password-too-short")]
    [InlineData("aaaaaaaaaaaaaaaa", "password-too-uniform")]
    [InlineData("croix-rouge-2026", "password-obvious")]
    public async Task A_weak_new_password_is_refused_with_the_rule_it_breaks(string password, string code)
    {
        var signedIn = await host.SignedInAs(DemoAccounts.DisclosureOfficer);
        var problem = await signedIn.PutAsJsonAsync("/api/v1/me/password", new { currentPassword = DemoAccounts.Password, newPassword = password }).Json();
        Assert.Equal(code, problem.GetProperty("errorCodes").GetProperty("newPassword")[0].GetString());
    }
}
