using Rfl.Api.Operations;
using Rfl.Domain.Access;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Demo;

public sealed class WelcomeTests
{
    [Fact]
    public void Whoever_starts_the_server_to_try_it_reads_one_sign_in_for_each_role()
    {
        var text = string.Join('\n', Welcome.Lines("http://127.0.0.1:5080", withAccounts: true));
        foreach (var role in Enum.GetValues<Role>().Where(role => DemoAccounts.All.Any(account => account.Assignment.Roles.Contains(role))))
            Assert.Contains($"{role} ", text, StringComparison.Ordinal);
        Assert.Contains(DemoAccounts.Password, text, StringComparison.Ordinal);
        Assert.All(DemoAccounts.ApiKeys, key => Assert.Contains(key.Text, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Where_no_demo_accounts_exist_none_are_named()
    {
        var text = string.Join('\n', Welcome.Lines("http://127.0.0.1:5080", withAccounts: false));
        Assert.Contains("/swagger", text, StringComparison.Ordinal);
        Assert.DoesNotContain("demo", text, StringComparison.Ordinal);
    }
}
