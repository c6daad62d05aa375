using Rfl.Api.Deadlines;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.Disclosures;

/// <summary>From a finding to the found person's decision (rules 11 to 14): the circle's table of contents.</summary>
public static class DisclosuresModule
{
    public static IServiceCollection AddDisclosures(this IServiceCollection services) => services
        .AddSingleton<DisclosureIds>()
        .AddScoped<DisclosureDesk>()
        .AddInlineView<DisclosureRows>()
        .AddInlineView<DisclosureConsentRows>()
        .AddInlineView<DisclosureDeadlineRows>();

    public static IEndpointRouteBuilder MapDisclosures(this IEndpointRouteBuilder api)
    {
        // Open to all who work on cases; what it records is not.
        ReportingFinding.Map(api.MapGroup("/tracing-requests").WithTags("Tracing requests"));

        var disclosures = api.MapGroup("/disclosures").WithTags("Disclosures");
        ListingDisclosures.Map(disclosures);
        ListingDisclosureConsents.Map(disclosures);
        GettingDisclosure.Map(disclosures);
        AttemptingContact.Map(disclosures);
        VerifyingIdentity.Map(disclosures);
        InformingSoughtPerson.Map(disclosures);
        RecordingChoice.Map(disclosures);
        ApprovingForChild.Map(disclosures);
        CountersigningChoice.Map(disclosures);
        WithdrawingDisclosureConsent.Map(disclosures);
        SigningOffDeathNews.Map(disclosures);
        ExchangingContact.Map(disclosures);
        RevokingFinding.Map(disclosures);
        return api;
    }
}
