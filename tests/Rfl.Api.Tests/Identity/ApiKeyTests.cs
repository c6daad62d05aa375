using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Identity;

public sealed class ApiKeyTests(IdentityHost host) : IClassFixture<IdentityHost>
{
    [Fact]
    public async Task Demo_partners_come_in_with_their_keys()
    {
        foreach (var key in DemoAccounts.ApiKeys)
        {
            var me = await With(key.Text).GetAsync("/api/v1/me").Json();
            Assert.Equal(key.Id, me.GetProperty("id").GetGuid());
            Assert.Equal(key.Society, me.Text("society"));
            Assert.Equal("partnerSociety", me.GetProperty("roles")[0].GetString());
        }
    }

    [Fact]
    public async Task A_new_key_opens_until_it_expires()
    {
        var created = await Create(TimeSpan.FromDays(30));
        var partner = With(created.Text("key"));
        Assert.Equal(HttpStatusCode.OK, (await partner.GetAsync("/api/v1/me")).StatusCode);
        host.Clock.Advance(TimeSpan.FromDays(30));
        var refused = await partner.GetAsync("/api/v1/me");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("ApiKey", refused.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_rotated_key_works_beside_the_new_one_for_the_overlap()
    {
        var created = await Create(TimeSpan.FromDays(30));
        var administrator = await host.SignedInAs(DemoAccounts.Administrator);
        var rotated = await administrator.PostAsJsonAsync(
            $"/api/v1/api-keys/{IdOf(created)}/rotation", new { expiresAt = host.Clock.GetUtcNow().AddDays(300), overlapHours = 24 }).Json();
        var earlier = With(created.Text("key"));
        var later = With(rotated.Text("key"));
        host.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await earlier.GetAsync("/api/v1/me")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await later.GetAsync("/api/v1/me")).StatusCode);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((401, "not-signed-in"), await earlier.GetAsync("/api/v1/me").Refusal());
        Assert.Equal(HttpStatusCode.OK, (await later.GetAsync("/api/v1/me")).StatusCode);
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_from_the_next_request_on()
    {
        var created = await Create(TimeSpan.FromDays(30));
        var supervisor = await host.SignedInAs(DemoAccounts.Supervisor);
        var partner = With(created.Text("key"));
        Assert.Equal(HttpStatusCode.OK, (await partner.GetAsync("/api/v1/me")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await supervisor.DeleteAsync($"/api/v1/api-keys/{IdOf(created)}")).StatusCode);
        Assert.Equal((401, "not-signed-in"), await partner.GetAsync("/api/v1/me").Refusal());
        Assert.Equal(HttpStatusCode.NoContent, (await supervisor.DeleteAsync($"/api/v1/api-keys/{IdOf(created)}")).StatusCode);
    }

    [Theory]
    [InlineData("rfl_d0000000000040008000000000000101_wrong")]
    [InlineData("rfl_d0000000000040008000000000000102_demode")] // another key's secret
    [InlineData("not a key")]
    [InlineData("rfl__")]
    public async Task Whatever_is_no_key_opens_nothing(string text) =>
        Assert.Equal((401, "not-signed-in"), await With(text).GetAsync("/api/v1/me").Refusal());

    [Fact]
    public async Task A_key_opens_only_endpoints_that_name_its_scope() =>
        Assert.Equal((403, "scope-not-allowed"), await With(DemoAccounts.GermanRedCross.Text).DeleteAsync("/api/v1/session").Refusal());

    [Fact]
    public async Task The_secret_is_nowhere_in_the_database()
    {
        var secret = (await Create(TimeSpan.FromDays(30))).Text("key").Split('_')[2];
        await using var rows = host.Database.DataSource.CreateCommand(
            """
            select count(*) from (
                select k::text as row from identity.api_keys k union all select s::text from identity.api_key_secrets s union all select a::text from identity.audit a) rows
            where position($1 in row) > 0 or position(encode(convert_to($1, 'utf8'), 'hex') in row) > 0
            """);
        rows.Parameters.AddWithValue(secret);
        Assert.Equal(0L, await rows.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Use_is_noted_once_an_hour()
    {
        var created = await Create(TimeSpan.FromDays(30));
        var partner = With(created.Text("key"));
        for (var use = 0; use < 3; use++)
            await partner.GetAsync("/api/v1/me");
        host.Clock.Advance(TimeSpan.FromHours(1));
        await partner.GetAsync("/api/v1/me");
        var officer = await host.SignedInAs(DemoAccounts.DataProtectionOfficer);
        var audit = await officer.GetAsync($"/api/v1/sign-in-audit?subjectId={IdOf(created)}&action=api-key-used").Json();
        Assert.Equal(2, audit.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_key_may_have_any_name_and_the_log_of_reads_is_shown_all_the_same()
    {
        var created = await Create(TimeSpan.FromDays(30), "sealed:by nobody");
        Assert.Equal(HttpStatusCode.NotFound, (await With(created.Text("key")).GetAsync($"/api/v1/partner/searches/{Guid.CreateVersion7()}")).StatusCode);
        var log = await (await host.SignedInAs(DemoAccounts.DataProtectionOfficer)).GetAsync($"/api/v1/read-log?viewer={IdOf(created)}").Json();
        Assert.Equal("sealed:by nobody", Assert.Single(log.GetProperty("items").EnumerateArray()).Text("viewerName"));
    }

    [Theory]
    [InlineData("partnerSociety", "referrals:read", 30, "scopes")]
    [InlineData("caseworker", "transmissions:read", 30, "role")]
    [InlineData("partnerSociety", "transmissions:read", 401, "expiresAt")]
    [InlineData("partnerSociety", "transmissions:read", 0, "expiresAt")]
    public async Task A_key_with_foreign_scopes_or_without_an_end_is_refused(string role, string scope, int days, string field)
    {
        var administrator = await host.SignedInAs(DemoAccounts.Administrator);
        var problem = await administrator.PostAsJsonAsync("/api/v1/api-keys", new
        {
            id = Guid.CreateVersion7(),
            name = "Test",
            role,
            society = "IT",
            scopes = new[] { scope },
            expiresAt = host.Clock.GetUtcNow().AddDays(days),
        }).Json();
        Assert.True(problem.GetProperty("errorCodes").TryGetProperty(field, out _));
    }

    private async Task<JsonElement> Create(TimeSpan life, string name = "Case system")
    {
        var administrator = await host.SignedInAs(DemoAccounts.Administrator);
        return await administrator.PostAsJsonAsync("/api/v1/api-keys", new
        {
            id = Guid.CreateVersion7(),
            name,
            role = "partnerSociety",
            society = "IT",
            scopes = new[] { "transmissions:read" },
            expiresAt = host.Clock.GetUtcNow() + life,
        }).Json();
    }

    private static Guid IdOf(JsonElement created) => created.GetProperty("apiKey").GetProperty("id").GetGuid();

    private HttpClient With(string key)
    {
        var client = host.NewClient();
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }
}
