using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.Policies;

/// <summary>The Society's policy (handbook §6, rule 3): read by all staff, changed by supervisors.</summary>
public static class PoliciesModule
{
    public static IServiceCollection AddPolicies(this IServiceCollection services) => services
        .AddScoped<PolicyDesk>()
        .AddSingleton<DeadlineInstants>()
        .AddInlineView<PolicyCopies>();

    public static IEndpointRouteBuilder MapPolicies(this IEndpointRouteBuilder api)
    {
        var policy = api.MapGroup("/policy").WithTags("Policy");
        GettingPolicy.Map(policy);
        ListingPolicyChanges.Map(policy);
        SettingDeadlineRule.Map(policy);
        RemovingDeadlineRule.Map(policy);
        DeclaringHolidays.Map(policy);
        SettingCountryRule.Map(policy);
        SettingAges.Map(policy);
        SettingRetention.Map(policy);
        SettingWatch.Map(policy);
        RegisteringPartnerSociety.Map(policy);
        return api;
    }
}
