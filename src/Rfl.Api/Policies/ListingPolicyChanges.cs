using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Policies;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.Policies;

public static class ListingPolicyChanges
{
    public static void Map(IEndpointRouteBuilder policy) =>
        policy.MapGet("/changes", Get)
            .WithName("ListPolicyChanges")
            .WithSummary("Shows who changed what in the policy and when, newest first");

    public static async Task<QueryAnswer<Page<PolicyChangeView>>> Get(string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListPolicyChanges(cursor, limit ?? Page<PolicyChangeView>.DefaultLimit), ct)).ToHttp();
}

/// <summary>One change; exactly one of the seven members before the last says which.</summary>
/// <param name="Version">Of the policy after it.</param>
/// <param name="ChangedBy">The account.</param>
/// <param name="IsUnreadable">Its record is damaged; what is shown comes from its copy.</param>
public sealed record PolicyChangeView(
    long Version,
    DateTimeOffset ChangedAt,
    Guid ChangedBy,
    DeadlineRuleView? DeadlineRule = null,
    HolidaysView? Holidays = null,
    CountryRuleView? CountryRule = null,
    PartnerSocietyView? PartnerSociety = null,
    AgePolicy? Ages = null,
    WatchPolicy? Watch = null,
    RetentionRuleView? Retention = null,
    bool IsUnreadable = false);

[AllowedFor(
    Role.FieldVolunteer, Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.DisclosureOfficer, Role.Supervisor, Role.Publisher,
    Role.DataProtectionOfficer, Role.SystemAdministrator)]
[ReadsNoPersonalData("The Society's rules and which account changed them.")]
public sealed record ListPolicyChanges(string? Cursor, int Limit) : IQuery<Page<PolicyChangeView>>;

public sealed class ListPolicyChangesHandler(PolicyReader policies, Cursors cursors) : IQueryHandler<ListPolicyChanges, Page<PolicyChangeView>>
{
    private const string List = "policy-changes";

    private sealed record Place(long Version);

    public async Task<QueryOutcome<Page<PolicyChangeView>>> Handle(ListPolicyChanges query, CancellationToken ct)
    {
        if (query.Limit is < 1 or > Page<PolicyChangeView>.MaxLimit)
            return new QueryOutcome<Page<PolicyChangeView>>.Invalid("limit", "limit-out-of-range");
        Place? before = null;
        if (query.Cursor is { } cursor && !cursors.TryOpen(List, cursor, out before))
            return new QueryOutcome<Page<PolicyChangeView>>.Invalid("cursor", Cursors.Invalid);
        var record = await policies.ReadRecordAsync(ct);
        var found = record.Changes.Where(change => before is null || change.Version < before.Version)
            .OrderByDescending(change => change.Version).Take(query.Limit + 1).ToList();
        var page = found.Take(query.Limit).Select(change => View(change) with { IsUnreadable = record.Unreadable.Contains(change.Version) }).ToList();
        return new Page<PolicyChangeView>(page, found.Count > query.Limit ? cursors.Seal(List, new Place(page[^1].Version)) : null);
    }

    private static PolicyChangeView View(RecordedEvent change)
    {
        var view = new PolicyChangeView(change.Version, change.Metadata.RecordedAt, change.Metadata.ActorId);
        return change.Event switch
        {
            DeadlineRuleSet set => view with { DeadlineRule = new DeadlineRuleView(set.Kind, set.Scope, set.Rule) },
            DeadlineRuleRemoved removed => view with { DeadlineRule = new DeadlineRuleView(removed.Kind, removed.Scope, null) },
            PublicHolidaysDeclared declared => view with { Holidays = new HolidaysView(declared.Year, declared.Days) },
            CountryRuleSet set => view with { CountryRule = CountryRuleView.Of(set.Rule) },
            PartnerSocietyRegistered registered => view with { PartnerSociety = PartnerSocietyView.Of(registered.Society) },
            AgePolicySet set => view with { Ages = set.Ages },
            RetentionRuleSet set => view with { Retention = new RetentionRuleView(set.Kind, set.Rule) },
            WatchPolicySet set => view with { Watch = set.Watch },
            _ => throw new InvalidOperationException($"No view shows {change.Event.GetType().Name}."),
        };
    }
}
