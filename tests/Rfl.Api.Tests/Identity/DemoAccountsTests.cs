using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Identity;

public sealed class DemoAccountsTests(IdentityHost host) : IClassFixture<IdentityHost>
{
    [Fact]
    public async Task Every_demo_account_signs_in_with_its_roles()
    {
        foreach (var account in DemoAccounts.All)
        {
            var signedIn = await host.SignedInAs(account);
            var me = await signedIn.GetAsync("/api/v1/me").Json();
            Assert.Equal(account.Id, me.GetProperty("id").GetGuid());
            Assert.Equal(account.Assignment.Roles.Count, me.GetProperty("roles").GetArrayLength());
        }
    }
}
