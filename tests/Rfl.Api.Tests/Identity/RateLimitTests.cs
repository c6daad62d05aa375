using System.Net;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Identity;

public sealed class RateLimitTests(IdentityHost host) : IClassFixture<IdentityHost>
{
    [Fact]
    public async Task One_address_has_so_many_sign_ins_a_minute()
    {
        await using var node = host.Start(new() { ["Identity:AttemptsPerMinutePerAddress"] = "2" });
        using var client = node.CreateClient();
        await client.SignIn("first@demo.example", "not-the-password");
        await client.SignIn("second@demo.example", "not-the-password");
        await ExpectTooMany(client.SignIn("third@demo.example", "not-the-password"));
    }

    [Fact]
    public async Task One_account_has_so_many_sign_ins_a_minute_whether_it_exists_or_not()
    {
        await using var node = host.Start(new() { ["Identity:AttemptsPerMinutePerAccount"] = "2" });
        using var client = node.CreateClient();
        foreach (var email in new[] { DemoAccounts.Publisher.Email, "nobody@demo.example" })
        {
            await client.SignIn(email, "not-the-password");
            await client.SignIn(email.ToUpperInvariant(), "not-the-password");
            await ExpectTooMany(client.SignIn(email, "not-the-password"));
        }
    }

    [Fact]
    public async Task One_key_has_so_many_requests_a_minute_and_another_key_its_own()
    {
        await using var node = host.Start(new() { ["Identity:RequestsPerMinutePerApiKey"] = "2" });
        using var german = With(node.CreateClient(), DemoAccounts.GermanRedCross);
        using var icrc = With(node.CreateClient(), DemoAccounts.Icrc);
        await german.GetAsync("/api/v1/me");
        await german.GetAsync("/api/v1/me");
        await ExpectTooMany(german.GetAsync("/api/v1/me"));
        Assert.Equal(HttpStatusCode.OK, (await icrc.GetAsync("/api/v1/me")).StatusCode);
    }

    private static HttpClient With(HttpClient client, DemoApiKey key)
    {
        client.DefaultRequestHeaders.Add("X-Api-Key", key.Text);
        return client;
    }

    private static async Task ExpectTooMany(Task<HttpResponseMessage> answer)
    {
        Assert.Equal((429, "too-many-requests"), await answer.Refusal());
        Assert.NotNull((await answer).Headers.RetryAfter?.Delta);
    }
}
