using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Identity;

public sealed class OidcTests(OidcTests.Host host) : IClassFixture<OidcTests.Host>
{
    private readonly HttpClient client = host.NewClient();

    /// <summary>An identity provider on loopback, and an installation that accepts its tokens.</summary>
    public sealed class Host : IdentityHost, IAsyncLifetime
    {
        private WebApplication? provider;

        public RsaSecurityKey Key { get; } = new(RSA.Create(2048)) { KeyId = "provider-1" };

        public string Issuer { get; private set; } = "";

        protected override Dictionary<string, string?> Settings => new()
        {
            ["Oidc:Authority"] = Issuer,
            ["Oidc:Audience"] = "rfl",
            ["Oidc:Roles:Claim"] = "realm_access.roles",
            ["Oidc:Roles:Values:tracing-caseworker"] = "Caseworker",
            ["Oidc:Roles:Values:tracing-volunteer"] = "FieldVolunteer",
            ["Oidc:Roles:Values:tracing-enquirer"] = "Enquirer",
            ["Oidc:Region:Claim"] = "office",
            ["Oidc:Region:Values:Lille"] = "hauts-de-france",
        };

        async Task IAsyncLifetime.InitializeAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            provider = builder.Build();
            provider.MapGet("/.well-known/openid-configuration", () => Results.Json(new { issuer = Issuer, jwks_uri = $"{Issuer}/keys" }));
            var published = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(Key.Rsa.ExportParameters(false)) { KeyId = Key.KeyId });
            provider.MapGet("/keys", () => Results.Json(new { keys = new[] { new { kty = published.Kty, kid = published.Kid, use = "sig", n = published.N, e = published.E } } }));
            await provider.StartAsync();
            Issuer = provider.Urls.First();
            await InitializeAsync();
        }

        async Task IAsyncLifetime.DisposeAsync()
        {
            await DisposeAsync();
            await provider!.DisposeAsync();
        }

        public string Token(object claims, string audience = "rfl", SecurityKey? key = null, TimeSpan? life = null)
        {
            var now = Clock.GetUtcNow().UtcDateTime;
            return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
            {
                Issuer = Issuer,
                Audience = audience,
                IssuedAt = now,
                NotBefore = now,
                Expires = now + (life ?? TimeSpan.FromMinutes(5)),
                Claims = JsonSerializer.SerializeToElement(claims).EnumerateObject().ToDictionary(claim => claim.Name, claim => (object)claim.Value),
                SigningCredentials = new SigningCredentials(key ?? Key, SecurityAlgorithms.RsaSha256),
            });
        }
    }

    [Fact]
    public async Task Roles_and_region_follow_from_the_providers_claims_by_the_mapping()
    {
        var token = host.Token(new { sub = "u-17", realm_access = new { roles = new[] { "tracing-volunteer", "tracing-caseworker", "printing" } }, office = "Lille" });
        var me = await client.GetMe(token).Json();
        Assert.Equal(["fieldVolunteer", "caseworker"], me.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
        Assert.Equal("hauts-de-france", me.Text("region"));
    }

    [Fact]
    public async Task The_same_person_keeps_one_id_and_another_has_another()
    {
        var first = await client.GetMe(host.Token(new { sub = "u-17", realm_access = new { roles = new[] { "tracing-caseworker" } } })).Json();
        var again = await client.GetMe(host.Token(new { sub = "u-17", realm_access = new { roles = new[] { "tracing-caseworker" } }, jti = "2" })).Json();
        var other = await client.GetMe(host.Token(new { sub = "u-18", realm_access = new { roles = new[] { "tracing-caseworker" } } })).Json();
        Assert.Equal(first.Text("id"), again.Text("id"));
        Assert.NotEqual(first.Text("id"), other.Text("id"));
    }

    [Fact]
    public async Task A_provider_cannot_speak_for_a_local_account()
    {
        var me = await client.GetMe(host.Token(new { sub = DemoAccounts.Administrator.Id.ToString(), realm_access = new { roles = new[] { "tracing-caseworker" } } })).Json();
        Assert.NotEqual(DemoAccounts.Administrator.Id, me.GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task A_person_without_a_mapped_role_opens_nothing_but_their_own_page()
    {
        var token = host.Token(new { sub = "u-19", realm_access = new { roles = new[] { "SystemAdministrator", "printing" } } });
        var me = await client.GetMe(token).Json();
        Assert.Equal(0, me.GetProperty("roles").GetArrayLength());
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/accounts") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        Assert.Equal((403, "role-not-allowed"), await client.SendAsync(request).Refusal());
    }

    [Fact]
    public async Task What_the_provider_did_not_sign_for_us_is_refused()
    {
        var claims = new { sub = "u-17", realm_access = new { roles = new[] { "tracing-caseworker" } } };
        var stranger = new RsaSecurityKey(RSA.Create(2048)) { KeyId = host.Key.KeyId };
        Assert.Equal((401, "not-signed-in"), await client.GetMe(host.Token(claims, audience: "another-service")).Refusal());
        Assert.Equal((401, "not-signed-in"), await client.GetMe(host.Token(claims, key: stranger)).Refusal());
        Assert.Equal((401, "not-signed-in"), await client.GetMe(host.Token(claims, life: TimeSpan.FromMinutes(-3))).Refusal());
    }

    [Fact]
    public async Task Roles_that_need_more_than_the_token_tells_are_refused()
    {
        var withoutRegion = host.Token(new { sub = "u-20", realm_access = new { roles = new[] { "tracing-volunteer" } } });
        var enquirer = host.Token(new { sub = "u-21", realm_access = new { roles = new[] { "tracing-enquirer" } } });
        Assert.Equal((401, "not-signed-in"), await client.GetMe(withoutRegion).Refusal());
        Assert.Equal((401, "not-signed-in"), await client.GetMe(enquirer).Refusal());
    }

    [Fact]
    public async Task Accounts_of_the_service_go_on_beside_the_provider() =>
        Assert.Equal(HttpStatusCode.OK, (await (await host.SignedInAs(DemoAccounts.Caseworker)).GetAsync("/api/v1/me")).StatusCode);
}
