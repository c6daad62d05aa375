using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Matches;
using Rfl.Api.Tests.Support;
using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.PersonalData;
using static Rfl.Api.Tests.Matches.People;

namespace Rfl.Api.Tests.DataSubjects;

/// <summary>A backup from before an erasure, restored as the README says: the service has forgotten again before it answers anybody.</summary>
public sealed class RestoredBackupTests(RflApi api) : IClassFixture<RflApi>
{
    [Fact]
    public async Task Whoever_was_erased_after_the_backup_stays_erased_in_what_is_restored_from_it()
    {
        await api.RegisterAsync(1, Registered(Naim()));
        await api.RegisterAsync(2, Registered(Naim() with
        {
            Names = [Name("Sher Ali Popalzai")],
            Relatives = [new RelatedPerson(Name("Meena Popalzai"), FamilyRelation.Daughter, null, new PersonId(Id(3)))],
        }));
        var privacy = api.Caller(DemoAccounts.DataProtectionOfficer);
        foreach (var (request, person) in new[] { (Id(8001), Id(1)), (Id(8003), Id(3)) })
        {
            var asked = $"/api/v1/data-subject-requests/{request}";
            await privacy.DoAsync(HttpMethod.Put, asked, new
            {
                person,
                right = "erasure",
                requester = "self",
                receivedOn = "2026-11-22",
                language = "prs",
                account = new { words = "Forget me." },
            });
            await privacy.DoAsync(HttpMethod.Put, asked + "/identity", new { proof = "knownToStaff", verifiedOn = "2026-11-22" });
        }

        var backup = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"rfl-backup-{Guid.NewGuid():N}");
        try
        {
            await RunAsync("pg_dump", api.Database.ConnectionString, "--format=custom", "--no-owner", $"--file={backup}");
            await (await privacy.SendAsync(HttpMethod.Put, $"/api/v1/data-subjects/{Id(1)}/erasure", new { request = Id(8001) })).BodyAsync();
            await (await privacy.SendAsync(HttpMethod.Put, $"/api/v1/data-subjects/{Id(3)}/erasure", new { request = Id(8003) })).BodyAsync();

            // Without the ledger the backup remembers: what follows could fail.
            Assert.Equal((true, true, true), await ReadFromAsync(backup, System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"none-{Guid.NewGuid():N}")));
            Assert.Equal((false, true, false), await ReadFromAsync(backup, api.Services.GetRequiredService<ErasureFile>().Path));
        }
        finally
        {
            File.Delete(backup);
        }
    }

    /// <summary>
    /// Restores the backup into another database, starts the service on it, and tells whether it can name the erased person, the other one, and the erased daughter of that
    /// one; and whether she leads to her father.
    /// </summary>
    private async Task<(bool Erased, bool Other, bool Daughter)> ReadFromAsync(string backup, string ledger)
    {
        var name = $"restored_{Guid.NewGuid():N}";
        await api.ExecuteAsync($"create database {name}");
        var restored = new NpgsqlConnectionStringBuilder(api.Database.ConnectionString) { Database = name, Pooling = false }.ConnectionString;
        await RunAsync("pg_restore", restored, "--no-owner", "--exit-on-error", backup);
        await using (var node = api.Start(new() { ["ConnectionStrings:Rfl"] = restored, [ErasureFile.SettingKey] = ledger }))
        {
            var focalPoint = api.As(DemoAccounts.FocalPoint, node.Services);
            var (first, second) = (await HasNameAsync(focalPoint, 1), await HasNameAsync(focalPoint, 2));
            if (!first)
            {
                var privacy = api.As(DemoAccounts.DataProtectionOfficer, node.Services);
                Assert.Equal("dataSubjectRequest", (await privacy.ReadAsync($"/api/v1/data-subjects/{Id(1)}")).Text("erased"));
                Assert.Equal("answered", (await privacy.ReadAsync($"/api/v1/data-subject-requests/{Id(8001)}")).Text("status"));
                // A second start finds nothing left to do.
                await using var again = api.Start(new() { ["ConnectionStrings:Rfl"] = restored, [ErasureFile.SettingKey] = ledger });
                Assert.Equal(0, await again.Services.GetRequiredService<Rfl.Api.DataSubjects.ErasedAgain>()
                    .ApplyAsync(again.Services.GetRequiredService<ErasureFile>(), CancellationToken.None));
            }

            var daughter = (await focalPoint.ReadAsync(People.Path(2))).GetRawText().Contains("Meena", StringComparison.Ordinal);
            using var caseworker = api.As(DemoAccounts.Caseworker, node.Services);
            using var searched = await caseworker.SendAsync(HttpMethod.Post, "/api/v1/person-searches", new { family = new[] { new { name = "Meena Popalzai", relation = "daughter" } } });
            Assert.Equal(daughter, (await searched.BodyAsync()).GetProperty("candidates").GetArrayLength() > 0);
            return (first, second, daughter);
        }
    }

    private static async Task<bool> HasNameAsync(HttpClient client, int number) =>
        (await client.ReadAsync(People.Path(number))).TryGetProperty("registration", out var registration) && registration.ValueKind != JsonValueKind.Null;

    private static async Task RunAsync(string program, string connectionString, params string[] arguments)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        using var process = Process.Start(new ProcessStartInfo(
            program, ["-h", settings.Host!, "-p", $"{settings.Port}", "-U", settings.Username!, "-d", settings.Database!, .. arguments])
        {
            RedirectStandardError = true,
        })!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, errors);
    }
}
