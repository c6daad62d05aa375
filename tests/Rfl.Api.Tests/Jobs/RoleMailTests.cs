using Rfl.Api.BreakGlass;
using Rfl.Api.Mail;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Support;
using Rfl.Domain.BreakGlass;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Jobs;

/// <summary>Notices to everybody of a role. Apart from those of cases: an outbox is shared by all tests of a class.</summary>
public sealed class RoleMailTests(RflApi api) : IClassFixture<RflApi>
{
    [Fact]
    public async Task Supervisors_are_told_of_broken_glass_without_a_word_about_the_case()
    {
        await using var server = new SmtpSink();
        await using var node = api.Start(new Dictionary<string, string?>
        {
            ["Mail:Host"] = "127.0.0.1",
            ["Mail:Port"] = server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Mail:UseTls"] = "false",
            ["Mail:From"] = "rfl@demo.example",
        });
        await api.AcceptAsync(4);
        using var supervisor = api.As(DemoAccounts.Supervisor);
        var reference = (await supervisor.ReadAsync(Interviews.Case(4))).Text("reference");
        using var other = api.As(DemoAccounts.OtherCaseworker, node.Services);
        await other.DoAsync(
            HttpMethod.Post, "/api/v1/break-glass", new OpenBreakGlassBody(Interviews.Person(4, 9), reference, BreakGlassReason.Emergency, "He is in danger."));
        await node.Services.RunAsync(SendingMail.JobName);

        var notice = Assert.Single(server.Messages, message => message.Text.Contains("Somebody has opened a case", StringComparison.Ordinal));
        Assert.Equal(DemoAccounts.Supervisor.Email, notice.To);
        Assert.DoesNotContain(reference, notice.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("danger", notice.Text, StringComparison.Ordinal);
    }
}
