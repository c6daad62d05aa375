using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Rfl.Api.LogIntegrity;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Support;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.TamperEvidence;

namespace Rfl.Api.Tests.LogIntegrity;

/// <summary>One row is changed behind the service's back: the nightly job finds it and tells the data-protection officer, and the command names it.</summary>
public sealed class LogIntegrityTests : IAsyncLifetime
{
    private readonly RflApi api = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rfl-verify-");

    public Task InitializeAsync() => api.InitializeAsync();

    public async Task DisposeAsync()
    {
        await api.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_nightly_verification_tells_the_data_protection_officer_which_row_was_changed()
    {
        await new Scenario(api, 1).OpenAsync();
        await api.Services.GetRequiredService<LogSealing>().CatchUpAsync();
        await api.RunAsync(IssuingCheckpoints.JobName);
        await api.RunAsync(IssuingCheckpoints.JobName);
        var officer = api.Caller(DemoAccounts.DataProtectionOfficer);
        var first = await officer.ReadAsync("/api/v1/log-checkpoints?limit=1");
        Assert.Equal(2, first.GetProperty("items")[0].GetProperty("number").GetInt64());
        var second = await officer.ReadAsync($"/api/v1/log-checkpoints?limit=1&cursor={Uri.EscapeDataString(first.Text("nextCursor"))}");
        Assert.True(ExportedCheckpoint.Parse(second.GetProperty("items")[0].GetRawText()).IsSigned());
        Assert.Null((await api.RunAsync(VerifyingLogs.JobName)).Error);

        await api.ExecuteAsync("update mt_events set headers = headers - 'actor_id' where seq_id = 3");
        var run = await api.RunAsync(VerifyingLogs.JobName);

        Assert.Equal(("log-broken", 1), (run.Error, run.Failed));
        var found = await officer.ReadAsync("/api/v1/log-verifications");
        Assert.False(found[0].GetProperty("intact").GetBoolean());
        Assert.Equal("""[{"log":"events","kind":"rowAltered","number":3}]""", found[0].GetProperty("breaks").GetRawText());
        Assert.True(found[1].GetProperty("intact").GetBoolean());
    }

    [Fact]
    public async Task The_command_proves_names_and_says_when_it_cannot_tell()
    {
        await new Scenario(api, 1).OpenAsync();
        await api.Services.GetRequiredService<LogSealing>().CatchUpAsync();
        var (_, checkpoint, complaint) = await TypeAsync("checkpoint");
        Assert.Equal("", complaint);
        var file = Path.Combine(folder.FullName, "checkpoint.json");
        await File.WriteAllTextAsync(file, checkpoint);

        var (code, said, _) = await TypeAsync("verify", "--checkpoint", file);
        Assert.Equal(0, code);
        Assert.Matches("^Intact: [0-9]+ rows in [0-9]+ links, 1 checkpoints; everything that checkpoint 1 of .* covers is there.\n$", said);

        await api.ExecuteAsync("delete from mt_events where seq_id = 2");
        (code, said, _) = await TypeAsync("verify");
        Assert.Equal((1, "BROKEN: events: row 2 is missing\n"), (code, said));

        await api.ExecuteAsync("delete from log_link; delete from log_checkpoint; delete from mt_events");
        (code, said, _) = await TypeAsync("verify", "--checkpoint", file);
        Assert.Equal((1, "BROKEN: checkpoint 1 is missing\n"), (code, said));

        await File.WriteAllTextAsync(file, "no checkpoint");
        (code, said, complaint) = await TypeAsync("verify", "--checkpoint", file);
        Assert.Equal((2, "", "The file is no checkpoint: it is not JSON.\n"), (code, said, complaint));
    }

    private async Task<(int Code, string Said, string Complained)> TypeAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Testing",
                ["ConnectionStrings__Rfl"] = api.Database.ConnectionString,
                ["Rfl__DataFolder"] = api.DataFolder,
                ["Identity__SigningKey"] = Convert.ToBase64String(new byte[32]),
                ["Identity__SecretKey"] = Convert.ToBase64String(new byte[32]),
            },
        })!;
        var said = process.StandardOutput.ReadToEndAsync();
        var complained = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await said, await complained);
    }
}
