using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Identity;

public sealed class SignInAuditTests(IdentityHost host) : IClassFixture<IdentityHost>
{
    [Fact]
    public async Task Sign_ins_refusals_and_lockouts_are_read_by_the_data_protection_officer()
    {
        var client = host.NewClient();
        var account = DemoAccounts.ChildProtection;
        await client.SignIn(account.Email, DemoAccounts.Password);
        for (var failure = 0; failure < 5; failure++)
            await client.SignIn(account.Email, "not-the-password");

        var officer = await host.SignedInAs(DemoAccounts.DataProtectionOfficer);
        var page = await officer.GetAsync($"/api/v1/sign-in-audit?subjectId={account.Id}").Json();
        var lines = page.GetProperty("items").EnumerateArray().Select(line => $"{line.Text("action")} {line.Text("outcome")}").ToList();
        Assert.Equal(
            ["lockout done", "sign-in refused", "sign-in refused", "sign-in refused", "sign-in refused", "sign-in refused", "sign-in done"], lines);
    }

    [Fact]
    public async Task Nothing_that_was_typed_is_in_the_audit_but_the_same_text_is_recognised()
    {
        var client = host.NewClient();
        await client.SignIn("somebody@elsewhere.example", "my-secret-words");
        await client.SignIn("Somebody@Elsewhere.example", "my-secret-words");
        await using var rows = host.Database.DataSource.CreateCommand(
            """
            select count(distinct unknown_account), count(*), coalesce(bool_or(a::text ilike '%elsewhere%' or a::text like '%my-secret%'), false)
            from identity.audit a where unknown_account is not null
            """);
        await using var row = await rows.ExecuteReaderAsync();
        await row.ReadAsync();
        Assert.Equal((1L, 2L, false), (row.GetInt64(0), row.GetInt64(1), row.GetBoolean(2)));
    }

    [Fact]
    public async Task Nobody_else_reads_it()
    {
        foreach (var account in new[] { DemoAccounts.Administrator, DemoAccounts.Supervisor, DemoAccounts.Caseworker })
            Assert.Equal((403, "role-not-allowed"), await (await host.SignedInAs(account)).GetAsync("/api/v1/sign-in-audit").Refusal());
    }
}
