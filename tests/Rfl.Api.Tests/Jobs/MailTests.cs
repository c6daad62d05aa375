using Rfl.Api.Deadlines;
using Rfl.Api.Mail;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Support;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Jobs;

/// <summary>A passed deadline is told by mail once, to whom it concerns, without a word about anybody.</summary>
public sealed class MailTests(RflApi api) : IClassFixture<RflApi>
{
    [Fact]
    public async Task Caseworkers_and_supervisors_are_told_once_by_reference_and_kind()
    {
        await using var server = new SmtpSink { Refuses = true };
        await using var node = api.Start(new Dictionary<string, string?>
        {
            ["Mail:Host"] = "127.0.0.1",
            ["Mail:Port"] = server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Mail:UseTls"] = "false",
            ["Mail:From"] = "rfl@demo.example",
        });
        await api.AcceptAsync(1);
        await api.SubmitAsync(2);
        api.Clock.Advance(TimeSpan.FromDays(7));
        await node.Services.RunAsync(ChasingDeadlines.JobName);

        var refused = await node.Services.RunAsync(SendingMail.JobName);
        Assert.Equal((2, 0, 2), (refused.Due, refused.Done, refused.Failed));
        server.Refuses = false;
        Assert.Equal(0, (await node.Services.RunAsync(SendingMail.JobName)).Due);
        api.Clock.Advance(TimeSpan.FromMinutes(3));
        var sent = await node.Services.RunAsync(SendingMail.JobName);
        Assert.Equal((2, 0), (sent.Done, sent.Failed));
        api.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, (await node.Services.RunAsync(SendingMail.JobName)).Due);

        using var supervisor = api.As(DemoAccounts.Supervisor);
        var assigned = (await supervisor.ReadAsync(Interviews.Case(1))).Text("reference");
        var unassigned = (await supervisor.ReadAsync(Interviews.Case(2))).Text("reference");
        Assert.Equal(2, server.Messages.Count);
        var toCaseworker = Assert.Single(server.Messages, message => message.To == DemoAccounts.Caseworker.Email);
        Assert.Contains(assigned, toCaseworker.Text, StringComparison.Ordinal);
        Assert.Contains("news to the enquirer after an event", toCaseworker.Text, StringComparison.Ordinal);
        var toSupervisor = Assert.Single(server.Messages, message => message.To == DemoAccounts.Supervisor.Email);
        Assert.Contains(unassigned, toSupervisor.Text, StringComparison.Ordinal);
        Assert.Contains("decision on acceptance", toSupervisor.Text, StringComparison.Ordinal);
        Assert.All(server.Messages, message => Assert.DoesNotContain("Zarghuna", message.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_server_nothing_is_written_down_to_be_sent()
    {
        await api.SubmitAsync(3);
        api.Clock.Advance(TimeSpan.FromDays(7));
        await api.RunAsync(ChasingDeadlines.JobName);
        Assert.Single(await api.PassedAsync(Interviews.Id(3)));
        Assert.Equal(0L, await api.AskAsync<long>("select count(*) from mail_outbox where case_id = $1", Interviews.Id(3)));
    }
}
