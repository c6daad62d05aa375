using Rfl.Domain.Common;
using Rfl.Domain.Consents;
using Rfl.Domain.Deadlines;
using Rfl.Domain.Disclosures;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.People;
using Rfl.Domain.Policies;
using Rfl.Domain.Tests.Common;
using Rfl.Domain.TracingRequests;
using static Rfl.Domain.Deadlines.DeadlineKind;
using static Rfl.Domain.Tests.Common.Histories;
using static Rfl.Domain.Tests.Common.Specification;
using static Rfl.Domain.Tests.Common.TestPeople;

namespace Rfl.Domain.Tests.Deadlines;

/// <summary>
/// The table of handbook §6, from the facts to the instant. Every trigger falls on Tuesday, 3 March 2026, at nine UTC, ten at the Society; after the change to summer
/// time on 29 March ten at the Society is eight UTC.
/// </summary>
public sealed class DeadlineTableSpecs
{
    private static readonly ITracingRequestEvent Child = new SoughtPersonDetailsCorrected(
        Brother,
        FamilyRelation.Brother,
        new SoughtPersonCircumstances(IsMinor: true),
        new DateOnly(2027, 7, 1),
        Personal.Of(Brother, ChildDetails));

    private static readonly ITracingRequestEvent AtRisk = new PriorityAssigned(Priority.AtRisk, PriorityReason.Judgement);
    private static readonly ITracingRequestEvent Inquired = new AuthorityInquirySent(Id(302), Brother, Personal.Of(Brother, "Registrar"), Days.Today, Personal.Of(Brother, "?"));
    private static readonly ITracingRequestEvent Asked = new InformationRequested(Id(601), Personal.Of(Enquirer, "?"));
    private static readonly ITracingRequestEvent Published = new ConsentGiven(ConsentTo(ConsentPurpose.TraceTheFaceOnline, 205));
    private static readonly ITracingRequestEvent Expiring =
        new ConsentGiven(ConsentTo(ConsentPurpose.Media, 210) with { ExpiresOn = new DateOnly(2026, 6, 30) });

    private static readonly ITracingRequestEvent News = new EnquirerInformed(Id(801), NewsKind.NoNews, null, ContactChannel.Phone, Days.Today, null);

    private static readonly ITracingRequestEvent[] Unreachable =
    [
        new EnquirerUnreachableRecorded(Id(701), ContactChannel.Phone, Days.Today),
        new EnquirerUnreachableRecorded(Id(702), ContactChannel.Phone, Days.Today),
        new EnquirerUnreachableRecorded(Id(703), ContactChannel.Sms, Days.Today),
    ];

    public static TheoryData<DeadlineKind, string, ITracingRequestEvent[], int, string> OfRequests => new()
    {
        { AcceptanceDecision, "5 working days", Submitted, 1, "2026-03-10T09:00Z" },
        { AcceptanceDecision, "child: 1 working day", [.. Submitted, Child], 1, "2026-03-04T09:00Z" },
        { AcceptanceDecision, "high risk: 1 working day", [.. Submitted, AtRisk], 1, "2026-03-04T09:00Z" },
        { AuthorityInquiryUnanswered, "30 days", [.. Accepted, Inquired], 1, "2026-04-02T08:00Z" },
        { AuthorityInquiryUnanswered, "60 days", [.. Accepted, Inquired], 2, "2026-05-02T08:00Z" },
        { NewsToEnquirer, "every 6 months", Accepted, 1, "2026-09-03T08:00Z" },
        { NewsToEnquirer, "and again", Accepted, 2, "2027-03-03T09:00Z" },
        { NewsToEnquirer, "and again", Accepted, 3, "2027-09-03T08:00Z" },
        { NewsToEnquirer, "child: every 3 months", [.. Accepted, Child], 1, "2026-06-03T08:00Z" },
        { NewsToEnquirer, "child: and again", [.. Accepted, Child], 2, "2026-09-03T08:00Z" },
        { NewsToEnquirer, "counted from the last news", [.. Accepted, News], 1, "2026-09-03T08:00Z" },
        { NewsAfterSignificantEvent, "5 working days after acceptance", Accepted, 1, "2026-03-10T09:00Z" },
        { NewsAfterSignificantEvent, "5 working days after a release", [.. Accepted, News, Located], 1, "2026-03-10T09:00Z" },
        { NewsAfterSignificantEvent, "5 working days after the end", Declined, 1, "2026-03-10T09:00Z" },
        { InformationRequestUnanswered, "60 days", [.. Submitted, Asked], 1, "2026-05-02T08:00Z" },
        { InformationRequestUnanswered, "60 days", [.. Accepted, Asked], 1, "2026-05-02T08:00Z" },
        { EnquirerUnreachable, "3 attempts over 2 channels, 90 days", [.. Accepted, .. Unreachable], 1, "2026-06-01T08:00Z" },
        { StaleCase, "90 days", Accepted, 1, "2026-06-01T08:00Z" },
        { StaleCase, "and again", Accepted, 2, "2026-08-30T08:00Z" },
        { NoLeads, "24 months", Searching, 1, "2028-03-03T09:00Z" },
        { DormantReview, "12 months", Dormant, 1, "2027-03-03T09:00Z" },
        { DormantReview, "and again", Dormant, 2, "2028-03-03T09:00Z" },
        { ConsentReview, "12 months", [.. Accepted, Published], 1, "2027-03-03T09:00Z" },
        { ConsentReview, "and again", [.. Accepted, Published], 2, "2028-03-03T09:00Z" },
        { ConsentExpiry, "the moment after its last day", [.. Accepted, Expiring], 1, "2026-06-30T22:00Z" },
        { ChildTurningEighteen, "60 days before July 2027", [.. Accepted, Child], 1, "2027-05-02T00:00Z" },
    };

    [Theory]
    [MemberData(nameof(OfRequests))]
    public void A_tracing_request_waits(DeadlineKind kind, string rule, ITracingRequestEvent[] facts, int occurrence, string due)
    {
        var story = Given(facts);
        for (var passed = 1; passed < occurrence; passed++)
            story = story.And(new DeadlinePassed(Open(TracingRequestDeadlines.Of(story.State), kind, passed).Key, Days.Morning));

        Assert.Equal((rule, Instant(due)), (rule, Policy.Default.DueAt(Open(TracingRequestDeadlines.Of(story.State), kind, occurrence))));
    }

    public static TheoryData<DeadlineKind, string, bool, IPartnerSearchEvent[], int, string> OfPartnerSearches => new()
    {
        { Transmission, "10 working days", false, [Prepared], 1, "2026-03-17T09:00Z" },
        { Transmission, "child: 2 working days", true, [Prepared], 1, "2026-03-05T09:00Z" },
        { PartnerAcknowledgement, "15 days", false, Sent, 1, "2026-03-18T09:00Z" },
        { DeadlineKind.PartnerAnswer, "3 months", false, Sent, 1, "2026-06-03T08:00Z" },
        { DeadlineKind.PartnerAnswer, "6 months", false, Sent, 2, "2026-09-03T08:00Z" },
        { DeadlineKind.PartnerAnswer, "9 months", false, Sent, 3, "2026-12-03T09:00Z" },
        { EscalationToCentralTracingAgency, "12 months", false, Sent, 1, "2027-03-03T09:00Z" },
    };

    [Theory]
    [MemberData(nameof(OfPartnerSearches))]
    public void A_partner_search_waits(DeadlineKind kind, string rule, bool child, IPartnerSearchEvent[] facts, int occurrence, string due)
    {
        var story = GivenSearch([Prepared with { Urgent = child }, .. facts.Skip(1)]);
        for (var passed = 1; passed < occurrence; passed++)
            story = story.And(new ReminderSent(Open(PartnerSearchDeadlines.Of(story.State), kind, passed).Key, Days.Morning));

        Assert.Equal((rule, Instant(due)), (rule, Policy.Default.DueAt(Open(PartnerSearchDeadlines.Of(story.State), kind, occurrence))));
    }

    [Fact]
    public void A_located_person_is_tried_to_be_reached_within_10_working_days() => Assert.Equal(
        Instant("2026-03-17T09:00Z"),
        Policy.Default.DueAt(Open(DisclosureDeadlines.Of(DisclosureOf(Found)), LocatedPersonContact, 1)));

    /// <summary>Every kind of deadline has its row above, or its spec where its concept has its specs (<c>DataSubjectRequests</c>, <c>BreakGlass</c>, <c>Breaches</c>).</summary>
    [Fact]
    public void The_table_is_complete()
    {
        var rows = OfRequests.Concat(OfPartnerSearches).Select(row => (DeadlineKind)row[0])
            .Concat([LocatedPersonContact, DataSubjectRequestAnswer, ExtendedDataSubjectRequestAnswer, BreakGlassReview, BreachNotification]);

        Assert.Equal(Enum.GetValues<DeadlineKind>().Order(), rows.Distinct().Order());
    }

    private static OpenDeadline Open(IEnumerable<OpenDeadline> deadlines, DeadlineKind kind, int occurrence) =>
        Assert.Single(deadlines, deadline => deadline.Key.Kind == kind && deadline.Key.Occurrence == occurrence && deadline.PassedAt is null);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, null);
}
