using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Identity;

public sealed class SecondFactorTests(SecondFactorTests.Host host) : IClassFixture<SecondFactorTests.Host>
{
    private readonly HttpClient client = host.NewClient();

    /// <summary>An installation whose disclosure officers and administrators need a second factor.</summary>
    public sealed class Host : IdentityHost
    {
        protected override Dictionary<string, string?> Settings => new()
        {
            ["Identity:SecondFactorRequiredFor:0"] = "DisclosureOfficer",
            ["Identity:SecondFactorRequiredFor:1"] = "SystemAdministrator",
        };
    }

    [Theory] // RFC 6238, appendix B, SHA-1, last six digits
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Assert.Equal(code, Totp.CodeAt("12345678901234567890"u8.ToArray(), DateTimeOffset.FromUnixTimeSeconds(seconds)));

    [Fact]
    public void A_secret_is_shown_in_base32() => Assert.Equal("MZXW6YTBOI", Totp.Base32("foobar"u8.ToArray()));

    [Fact]
    public async Task Once_confirmed_the_app_is_asked_at_every_sign_in()
    {
        var account = DemoAccounts.Caseworker;
        var (app, _) = await Enrol(account);

        Assert.Equal((401, "second-factor-needed"), await client.SignIn(account.Email, DemoAccounts.Password).Refusal());
        Assert.Equal((401, "second-factor-wrong"), await client.SignIn(account.Email, DemoAccounts.Password, "000000").Refusal());
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await client.SignIn(account.Email, DemoAccounts.Password, Totp.CodeAt(app, host.Clock.GetUtcNow()))).StatusCode);
    }

    [Fact]
    public async Task A_code_that_was_used_opens_nothing_again()
    {
        var account = DemoAccounts.Supervisor;
        var (app, _) = await Enrol(account);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var code = Totp.CodeAt(app, host.Clock.GetUtcNow());
        Assert.Equal(HttpStatusCode.OK, (await client.SignIn(account.Email, DemoAccounts.Password, code)).StatusCode);
        Assert.Equal((401, "second-factor-wrong"), await client.SignIn(account.Email, DemoAccounts.Password, code).Refusal());
    }

    [Fact]
    public async Task A_recovery_code_replaces_the_lost_phone_once()
    {
        var account = DemoAccounts.Publisher;
        var (_, recoveryCodes) = await Enrol(account);
        Assert.Equal(10, recoveryCodes.Count);
        Assert.Equal(HttpStatusCode.OK, (await client.SignIn(account.Email, DemoAccounts.Password, recoveryCodes[3])).StatusCode);
        Assert.Equal((401, "second-factor-wrong"), await client.SignIn(account.Email, DemoAccounts.Password, recoveryCodes[3]).Refusal());
    }

    [Fact]
    public async Task Guessing_codes_locks_the_account_however_often_the_password_was_right()
    {
        var account = DemoAccounts.ChildProtection;
        var (app, _) = await Enrol(account);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        for (var guess = 0; guess < 5; guess++)
        {
            await client.SignIn(account.Email, DemoAccounts.Password);
            await client.SignIn(account.Email, DemoAccounts.Password, "000000");
        }

        Assert.Equal((401, "sign-in-failed"), await client.SignIn(account.Email, DemoAccounts.Password, Totp.CodeAt(app, host.Clock.GetUtcNow())).Refusal());
    }

    [Fact]
    public async Task Whoever_must_have_a_second_factor_can_only_enrol_until_it_is_there()
    {
        var account = DemoAccounts.Administrator;
        var signedIn = await client.SignIn(account.Email, DemoAccounts.Password).Json();
        Assert.Equal("second-factor-enrolment-required", signedIn.Text("limitedTo"));
        var limited = host.NewClient();
        limited.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", signedIn.Text("accessToken"));
        Assert.Equal((403, "second-factor-enrolment-required"), await limited.GetAsync("/api/v1/accounts").Refusal());

        await Enrol(account);

        var refreshed = await client.Refresh(signedIn.Text("refreshToken")).Json();
        limited.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", refreshed.Text("accessToken"));
        Assert.Equal(HttpStatusCode.OK, (await limited.GetAsync("/api/v1/accounts")).StatusCode);
    }

    [Fact]
    public async Task Giving_it_up_takes_a_code_and_is_refused_where_it_is_required()
    {
        var officer = DemoAccounts.DisclosureOfficer;
        var (officersApp, _) = await Enrol(officer);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((409, "second-factor-required"), await Remove(await SignedInWith(officer, officersApp), officersApp));

        var volunteer = DemoAccounts.Volunteer;
        var (app, _) = await Enrol(volunteer);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var signedIn = await SignedInWith(volunteer, app);
        var withoutCode = await signedIn.DeleteAsync("/api/v1/me/second-factor");
        Assert.Equal(HttpStatusCode.BadRequest, withoutCode.StatusCode);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await Remove(signedIn, app));
        Assert.Equal(HttpStatusCode.OK, (await client.SignIn(volunteer.Email, DemoAccounts.Password)).StatusCode);
    }

    [Fact]
    public async Task The_secret_is_not_readable_in_the_database()
    {
        var (app, _) = await Enrol(DemoAccounts.FocalPoint);
        await using var stored = host.Database.DataSource.CreateCommand("select authenticator_secret from identity.accounts where id = $1");
        stored.Parameters.AddWithValue(DemoAccounts.FocalPoint.Id);
        var bytes = (byte[])(await stored.ExecuteScalarAsync())!;
        Assert.Equal(-1, bytes.AsSpan().IndexOf(app));
    }

    private async Task<(byte[] App, IReadOnlyList<string> RecoveryCodes)> Enrol(DemoAccount account)
    {
        var signedIn = await host.SignedInAs(account);
        var enrolment = await signedIn.PostAsync("/api/v1/me/second-factor", null).Json();
        var app = FromBase32(enrolment.Text("secret"));
        var confirmed = await signedIn.PostAsJsonAsync("/api/v1/me/second-factor/confirmation", new { code = Totp.CodeAt(app, host.Clock.GetUtcNow()) }).Json();
        return (app, [.. confirmed.GetProperty("codes").EnumerateArray().Select(code => code.GetString()!)]);
    }

    private async Task<HttpClient> SignedInWith(DemoAccount account, byte[] app)
    {
        var tokens = await client.SignIn(account.Email, DemoAccounts.Password, Totp.CodeAt(app, host.Clock.GetUtcNow())).Json();
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var signedIn = host.NewClient();
        signedIn.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Text("accessToken"));
        return signedIn;
    }

    private async Task<(int, string)?> Remove(HttpClient signedIn, byte[] app)
    {
        var request = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/me/second-factor");
        request.Headers.Add("Second-Factor-Code", Totp.CodeAt(app, host.Clock.GetUtcNow()));
        var answer = signedIn.SendAsync(request);
        return (await answer).StatusCode == HttpStatusCode.NoContent ? null : await answer.Refusal();
    }

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(octet => Convert.ToByte(bits.Substring(octet * 8, 8), 2))];
    }
}
