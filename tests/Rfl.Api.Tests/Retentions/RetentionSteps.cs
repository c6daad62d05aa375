using Rfl.Api.Policies;
using Rfl.Api.Retentions;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Support;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.Jobs;

namespace Rfl.Api.Tests.Retentions;

/// <summary>What the data-protection officer does about ended records.</summary>
internal static class RetentionSteps
{
    private const string Retention = "/api/v1/retention";

    public static Task<JobRun> ForgetAsync(this RflApi api) => api.RunAsync(CarryingOutRetention.JobName);

    public static Task<long> DecideOnAsync(this RflApi api, Scenario story, string what, object? body = null) =>
        api.Caller(DemoAccounts.DataProtectionOfficer).DoAsync(HttpMethod.Post, $"{Retention}/proposals/{story.Id}/{what}", body);

    public static async Task<List<(Guid, string, string)>> ProposalsAsync(this RflApi api) =>
        [.. (await api.Caller(DemoAccounts.DataProtectionOfficer).ReadAsync(Retention + "/proposals")).GetProperty("items").EnumerateArray()
            .Select(proposal => (proposal.GetProperty("recordId").GetGuid(), proposal.Text("kind"), proposal.Text("status"))).OrderBy(proposal => proposal.Item1)];

    /// <summary>Keys of the enquirer and the sought person that still open something.</summary>
    public static Task<long> KeysOfAsync(this RflApi api, Scenario story) =>
        api.CountAsync("select count(*) from person_keys where person_id in ($1, $2) and erased_at is null", story.Enquirer, story.SoughtPerson);

    public static async Task<long> PolicyVersionAsync(this RflApi api)
    {
        using var policy = await api.Caller(DemoAccounts.DataProtectionOfficer).GetAsync("/api/v1/policy");
        return policy.Version();
    }

    public static async Task KeepAsync(this RflApi api, SetRetentionBody body) =>
        await api.Caller(DemoAccounts.DataProtectionOfficer).DoAsync(HttpMethod.Put, "/api/v1/policy/retention", body, await api.PolicyVersionAsync());
}
