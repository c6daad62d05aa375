using Rfl.Domain.Common;
using Rfl.Domain.Consents;
using Rfl.Domain.Deadlines;
using Rfl.Domain.Disclosures;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.Policies;
using Rfl.Domain.Tests.Common;
using Rfl.Domain.TracingRequests;
using static Rfl.Domain.Deadlines.DeadlineKind;
using static Rfl.Domain.Tests.Common.Histories;
using static Rfl.Domain.Tests.Common.Specification;
using static Rfl.Domain.Tests.Common.TestPeople;
using Answers = Rfl.Domain.PartnerSearches.PartnerAnswer;

namespace Rfl.Domain.Tests.Deadlines;

/// <summary>Which deadlines are open: each appears with its trigger and disappears with what it waited for.</summary>
public sealed class WaitingSpecs
{
    private static readonly EnquirerInformed News = new(Id(801), NewsKind.NoNews, null, ContactChannel.Phone, Days.Today, null);
    private static readonly AuthorityInquirySent Inquired = new(Id(302), Brother, Personal.Of(Brother, "Registrar"), Days.Today, Personal.Of(Brother, "?"));
    private static readonly InformationRequested Asked = new(Id(601), Personal.Of(Enquirer, "?"));

    public static TheoryData<ITracingRequestEvent[], DeadlineKind[]> Stages => new()
    {
        { [], [] },
        { Interview, [] },
        { Submitted, [AcceptanceDecision] },
        { [.. Submitted, Asked], [AcceptanceDecision, InformationRequestUnanswered] },
        { [.. Submitted, Asked, new InformationProvided(Id(601), Personal.Of(Enquirer, "!"))], [AcceptanceDecision] },
        { Accepted, [NewsToEnquirer, NewsAfterSignificantEvent, StaleCase, NoLeads] },
        { [.. Accepted, News], [NewsToEnquirer, StaleCase, NoLeads] },
        { [.. Searching, News, Inquired], [NewsToEnquirer, StaleCase, NoLeads, AuthorityInquiryUnanswered] },
        { [.. Searching, News, Inquired, Answered(InquiryResult.Unknown)], [NewsToEnquirer, StaleCase, NoLeads] },
        { [.. Searching, News, Inquired, Answered(InquiryResult.RefusedToAnswer)], [NewsToEnquirer, StaleCase, NoLeads] },
        { [.. Searching, News, Inquired, Answered(InquiryResult.Lead)], [NewsToEnquirer, StaleCase, NoLeads] },
        { [.. Searching, News, Inquired, Answered(InquiryResult.Partial)], [NewsToEnquirer, StaleCase, NoLeads] },
        { [.. Searching, News, Located], [NewsToEnquirer, StaleCase, NewsAfterSignificantEvent] },
        { [.. Searching, News, Fate], [NewsToEnquirer, StaleCase, NewsAfterSignificantEvent] },
        { [.. Searching, News, new CaseSuspended(SuspensionReason.Security)], [NewsToEnquirer] },
        { [.. Searching, News, new CaseMadeDormant()], [NewsToEnquirer, DormantReview] },
        { Declined, [NewsAfterSignificantEvent] },
        { [.. Declined, News], [] },
        { [.. Searching, News, new CaseClosed(ClosureOutcome.FoundByFamily)], [NewsAfterSignificantEvent] },
        { [.. Searching, News, new TracingRequestWithdrawn()], [NewsAfterSignificantEvent] },
        { [.. Searching, Asked, News, new CaseClosed(ClosureOutcome.FoundByFamily)], [NewsAfterSignificantEvent] },
        { [.. Declined, Asked, News], [] },
        { [.. Searching, SisterAdded, News, Located], [NewsToEnquirer, StaleCase, NoLeads, NewsAfterSignificantEvent] },
        { [.. Searching, SisterAdded, News, Fate], [NewsToEnquirer, StaleCase, NoLeads, NewsAfterSignificantEvent] },

        { [.. Interview, new TracingRequestWithdrawn()], [] },
    };

    [Theory]
    [MemberData(nameof(Stages))]
    public void A_request_waits_for_what_it_lacks(ITracingRequestEvent[] facts, DeadlineKind[] expected) =>
        Assert.Equal(expected.Order(), TracingRequestDeadlines.Of(Request(facts)).Select(deadline => deadline.Key.Kind).Order());

    [Fact]
    public void Each_deadline_is_named_by_what_it_waits_for_and_since_when()
    {
        var story = Given(Accepted).And(Days.NextMorning, News, Inquired, Asked, Publish(ConsentPurpose.TraceTheFacePoster));

        Assert.Equivalent(
            new[]
            {
                new DeadlineKey(InformationRequestUnanswered, Id(601).ToString(), Days.NextMorning, 1),
                new DeadlineKey(NewsToEnquirer, "", Days.NextMorning, 1),
                new DeadlineKey(AuthorityInquiryUnanswered, Id(302).ToString(), Days.NextMorning, 1),
                new DeadlineKey(ConsentReview, Id(205).ToString(), Days.NextMorning, 1),
                new DeadlineKey(StaleCase, "", Days.NextMorning, 1),
                new DeadlineKey(NoLeads, "", Days.Morning, 1),
            },
            TracingRequestDeadlines.Of(story.State).Select(deadline => deadline.Key),
            strict: true);
    }

    [Fact]
    public void Activity_postpones_a_stale_case_and_a_lead_the_lack_of_leads()
    {
        var lead = new LeadReceived(Id(303), Brother, Provenance.Community, Personal.Of(Brother, "seen in Trieste"));
        var story = Given(Searching).And(Days.NextMorning, lead);

        Assert.Equal(Days.NextMorning, KeyOf(story.State, StaleCase).Since);
        Assert.Equal(Days.NextMorning, KeyOf(story.State, NoLeads).Since);
        Assert.Equal(Days.Morning, KeyOf(story.State, NewsToEnquirer).Since);
    }

    [Fact]
    public void A_fact_noted_late_does_not_turn_activity_back()
    {
        var story = Given(Accepted).And(Days.NextMorning, Inquired).And(Days.Morning, VisitPlanned);

        Assert.Equal(Days.NextMorning, KeyOf(story.State, StaleCase).Since);
    }

    [Fact]
    public void A_passed_deadline_stays_as_overdue_until_what_it_waited_for_comes()
    {
        var key = KeyOf(Request(Submitted), AcceptanceDecision);
        var overdue = Given(Submitted).And(Days.NextMorning, new DeadlinePassed(key, Days.Morning));

        Assert.Equal(
            [new OpenDeadline(key, new DeadlineScope(), new PassedDeadline(key, Days.Morning, Days.NextMorning))], UnderPolicy(TracingRequestDeadlines.Of(overdue.State)));
        Assert.DoesNotContain(TracingRequestDeadlines.Of(overdue.And(new TracingRequestAccepted()).State), open => open.Key == key);
    }

    [Fact]
    public void A_repeating_deadline_keeps_its_past_and_shows_its_next_occurrence()
    {
        var key = KeyOf(Request(Accepted), NewsToEnquirer);
        var open = TracingRequestDeadlines.Of(Given(Accepted).And(Days.NextMorning, new DeadlinePassed(key, Days.Morning)).State);

        Assert.Equal(
            [(1, Days.NextMorning), (2, (DateTimeOffset?)null)],
            open.Where(deadline => deadline.Key.Kind == NewsToEnquirer).Select(deadline => (deadline.Key.Occurrence, deadline.PassedAt)));
    }

    [Fact]
    public void An_inquiry_is_chased_twice_and_no_more()
    {
        var story = Given([.. Accepted, Inquired]);
        for (var occurrence = 1; occurrence <= 2; occurrence++)
            story = story.And(new DeadlinePassed(new DeadlineKey(AuthorityInquiryUnanswered, Id(302).ToString(), Days.Morning, occurrence), Days.Morning));

        Assert.Equal([1, 2], UnderPolicy(TracingRequestDeadlines.Of(story.State)).Where(open => open.Key.Kind == AuthorityInquiryUnanswered).Select(open => open.Key.Occurrence));
    }

    [Fact]
    public void A_policy_with_more_steps_chases_more_often()
    {
        var three = Policy.Evolve(Policy.Default, new DeadlineRuleSet(
            AuthorityInquiryUnanswered,
            PolicyScope.Everywhere,
            new DeadlineRule([new Period(30, PeriodUnit.Days), new Period(60, PeriodUnit.Days), new Period(75, PeriodUnit.Days)])));
        var story = Given([.. Accepted, Inquired]);
        for (var occurrence = 1; occurrence <= 2; occurrence++)
            story = story.And(new DeadlinePassed(new DeadlineKey(AuthorityInquiryUnanswered, Id(302).ToString(), Days.Morning, occurrence), Days.Morning));

        var third = Assert.Single(
            TracingRequestDeadlines.Of(story.State), open => open.Key.Kind == AuthorityInquiryUnanswered && open.PassedAt is null);
        Assert.Equal(3, third.Key.Occurrence);
        Assert.NotNull(three.DueAt(third));
    }

    [Fact]
    public void A_moved_deadline_carries_its_moment()
    {
        var key = KeyOf(Request(Submitted), AcceptanceDecision);
        var moved = Given([.. Submitted, new DeadlineMoved(key, Days.At(2026, 4, 1), Personal.Of(Enquirer, "holidays"))]);

        Assert.Equal([new OpenDeadline(key, new DeadlineScope(), null, Days.At(2026, 4, 1))], TracingRequestDeadlines.Of(moved.State));
    }

    public static TheoryData<ContactChannel[], bool> Attempts => new()
    {
        { [ContactChannel.Phone, ContactChannel.Sms], false },
        { [ContactChannel.Phone, ContactChannel.Phone, ContactChannel.Phone], false },
        { [ContactChannel.Phone, ContactChannel.Phone, ContactChannel.Sms], true },
        { [ContactChannel.Phone, ContactChannel.Sms, ContactChannel.Post, ContactChannel.Phone], true },
    };

    [Theory]
    [MemberData(nameof(Attempts))]
    public void An_enquirer_is_unreachable_after_three_attempts_over_two_channels(ContactChannel[] channels, bool unreachable)
    {
        var attempts = channels.Select((channel, index) => new EnquirerUnreachableRecorded(Id(701 + index), channel, Days.Today)).ToArray();
        var story = Given(Accepted).And(Days.Morning, attempts[0]).And(Days.NextMorning, attempts.Skip(1));

        var keys = TracingRequestDeadlines.Of(story.State).Select(open => open.Key);
        if (unreachable)
            Assert.Contains(new DeadlineKey(EnquirerUnreachable, "", Days.Morning, 1), keys);
        else
            Assert.DoesNotContain(keys, key => key.Kind == EnquirerUnreachable);
        Assert.DoesNotContain(TracingRequestDeadlines.Of(story.And(News).State), open => open.Key.Kind == EnquirerUnreachable);
        Assert.DoesNotContain(
            TracingRequestDeadlines.Of(story.And(new CaseSuspended(SuspensionReason.Security)).State), open => open.Key.Kind == EnquirerUnreachable);
    }

    [Theory]
    [InlineData(ConsentPurpose.TraceTheFaceOnline, true)]
    [InlineData(ConsentPurpose.TraceTheFacePoster, true)]
    [InlineData(ConsentPurpose.TraceTheFaceRestrictedGallery, true)]
    [InlineData(ConsentPurpose.Media, false)]
    [InlineData(ConsentPurpose.TransferToPartner, false)]
    public void Consent_to_publication_is_reviewed(ConsentPurpose purpose, bool reviewed)
    {
        var story = Given([.. Accepted, Publish(purpose)]);

        Assert.Equal(reviewed, TracingRequestDeadlines.Of(story.State).Any(open => open.Key.Kind == ConsentReview));
        Assert.DoesNotContain(
            TracingRequestDeadlines.Of(story.And(new ConsentWithdrawn(Id(205), Days.Today)).State), open => open.Key.Kind == ConsentReview);
        if (reviewed)
        {
            var after = story.And(Days.NextMorning, new ConsentReviewed(Id(205), Days.Tomorrow));
            Assert.Equal(Days.NextMorning, KeyOf(after.State, ConsentReview).Since);
        }
    }

    [Fact]
    public void A_consent_that_runs_out_is_waited_for_until_it_is_given_again_or_taken_back()
    {
        var ends = ConsentTo(ConsentPurpose.TransferToPartner, 210, "AT") with { ExpiresOn = Days.Tomorrow };
        var story = Given([.. Accepted.Except([new ConsentGiven(TransferConsent)]), new ConsentGiven(ends)]);

        Assert.True(Waits(story.State));
        Assert.True(Waits(story.And(new DeadlinePassed(KeyOf(story.State, ConsentExpiry), Days.Morning)).State));
        Assert.False(Waits(story.And(new ConsentWithdrawn(Id(210), Days.Today)).State));
        Assert.False(Waits(story.And(new ConsentGiven(ends with { ConsentId = Id(211), ExpiresOn = null })).State));
        Assert.False(Waits(story.And(new ConsentGiven(ends with { ConsentId = Id(211), Recipient = null, ExpiresOn = Days.Tomorrow.AddDays(1) })).State));
        Assert.True(Waits(story.And(new ConsentGiven(ends with { ConsentId = Id(211), Recipient = "DE", ExpiresOn = null })).State));
        Assert.True(Waits(story.And(new ConsentGiven(ends with { ConsentId = Id(211), Person = Brother, ExpiresOn = null })).State));

        static bool Waits(TracingRequest request) =>
            TracingRequestDeadlines.Of(request).Any(open => open.Key.Kind == ConsentExpiry && open.Key.Subject == Id(210).ToString());
    }

    [Fact]
    public void Only_a_newer_consent_that_holds_and_covers_the_same_way_takes_the_place_of_one_that_ends()
    {
        var ends = ConsentTo(ConsentPurpose.TransferToPartner, 210, "AT") with { ExpiresOn = Days.Tomorrow };
        var byPost = ends with { Channel = Domain.Transfers.TransferChannel.Post };
        var again = ends with { ConsentId = Id(211), ExpiresOn = null };
        ITracingRequestEvent[] without = [.. Accepted.Except([new ConsentGiven(TransferConsent)])];

        Assert.False(Waits(ends, again));
        Assert.False(Waits(ends, again with { GivenOn = Days.Tomorrow }));
        Assert.True(Waits(ends, again with { GivenOn = Days.Yesterday }));
        Assert.True(Waits(ends, again, new ConsentWithdrawn(Id(211), Days.Today)));
        Assert.False(Waits(byPost, again));
        Assert.False(Waits(byPost, again with { Channel = Domain.Transfers.TransferChannel.Post }));
        Assert.True(Waits(byPost, again with { Channel = Domain.Transfers.TransferChannel.Interface }));
        Assert.True(Waits(ends, again with { Channel = Domain.Transfers.TransferChannel.Post }));
        Assert.True(Waits(ends, again with { ExpiresOn = Days.Tomorrow }));

        bool Waits(Consent first, Consent second, params ITracingRequestEvent[] then) =>
            TracingRequestDeadlines.Of(Request([.. without, new ConsentGiven(first), new ConsentGiven(second), .. then]))
                .Any(open => open.Key.Kind == ConsentExpiry && open.Key.Subject == Id(210).ToString());
    }

    [Fact]
    public void News_is_owed_since_the_first_thing_that_the_enquirer_does_not_know()
    {
        var story = Given(Searching).And(Days.NextMorning, Located);

        Assert.Equal(Days.Morning, KeyOf(story.State, NewsAfterSignificantEvent).Since);
        Assert.Equal(Days.NextMorning, KeyOf(Given([.. Searching, News]).And(Days.NextMorning, Located).State, NewsAfterSignificantEvent).Since);
    }

    [Fact]
    public void One_child_among_several_makes_the_case_urgent()
    {
        var child = Add(Sister, Domain.People.FamilyRelation.Sister, SisterDetails, new SoughtPersonCircumstances(IsMinor: true));

        Assert.True(TracingRequestDeadlines.Of(Request([Started, Registered, BrotherAdded, child, .. Submitted.Skip(3)])).Single().Scope.Urgent);
    }

    [Fact]
    public void A_review_starts_the_next_year_of_a_dormant_case()
    {
        var story = Given(Dormant).And(Days.NextMorning, new DormantCaseReviewed(Days.Tomorrow, Personal.Of(Enquirer, "nothing new")));

        Assert.Equal(Days.NextMorning, KeyOf(story.State, DormantReview).Since);
    }

    [Fact]
    public void A_child_who_was_found_is_no_longer_waited_for()
    {
        var child = BrotherAdded with { TurnsEighteenIn = new DateOnly(2027, 7, 1) };
        ITracingRequestEvent[] facts = [Started, Registered, child, .. Searching.Skip(3)];

        Assert.Equal(
            new DeadlineKey(ChildTurningEighteen, Brother.ToString(), new DateTimeOffset(2027, 7, 1, 0, 0, 0, TimeSpan.Zero), 1),
            KeyOf(Request(facts), ChildTurningEighteen));
        Assert.DoesNotContain(TracingRequestDeadlines.Of(Request([.. facts, Located])), open => open.Key.Kind == ChildTurningEighteen);
    }

    [Fact]
    public void A_deadline_knows_for_whom_it_runs()
    {
        ITracingRequestEvent[] incoming = [Received, Registered with { IsMinor = true }, .. Interview.Skip(2), Lost(Brother, country: Libya), new TracingRequestSubmitted()];

        Assert.Equal(new DeadlineScope(Urgent: true, "LY", "DE"), TracingRequestDeadlines.Of(Request(incoming)).Single().Scope);
        Assert.Equal(new DeadlineScope(), TracingRequestDeadlines.Of(Request(Submitted)).Single().Scope);
    }

    public static TheoryData<IPartnerSearchEvent[], DeadlineKind[]> PartnerStages => new()
    {
        { [], [] },
        { [Prepared], [Transmission] },
        { Sent, [PartnerAcknowledgement, DeadlineKind.PartnerAnswer, EscalationToCentralTracingAgency] },
        { [.. Sent, new ReceiptAcknowledged(null)], [DeadlineKind.PartnerAnswer, EscalationToCentralTracingAgency] },
        { [.. Sent, Says(Answers.AsksForDetails)], [DeadlineKind.PartnerAnswer, EscalationToCentralTracingAgency] },
        { [.. Sent, Says(Answers.Negative)], [] },
        { [.. Sent, Says(Answers.CannotSearch)], [] },
        { [.. Sent, new TransmissionRecalled(RecallReason.CaseClosed)], [] },
    };

    [Theory]
    [MemberData(nameof(PartnerStages))]
    public void A_partner_search_waits_for_what_it_lacks(IPartnerSearchEvent[] facts, DeadlineKind[] expected)
    {
        var open = PartnerSearchDeadlines.Of(GivenSearch(facts).State).ToList();

        Assert.Equal(expected.Order(), open.Select(deadline => deadline.Key.Kind).Order());
        Assert.All(open, deadline => Assert.Equal(new DeadlineKey(deadline.Key.Kind, "DE", Days.Morning, 1), deadline.Key));
        Assert.All(open, deadline => Assert.Equal(new DeadlineScope(Partner: "DE"), deadline.Scope));
    }

    [Fact]
    public void A_partner_is_reminded_three_times_and_then_it_is_escalated_once()
    {
        var story = GivenSearch([.. Sent, new ReceiptAcknowledged(null)]);
        for (var occurrence = 1; occurrence <= 3; occurrence++)
            story = story.And(Days.NextMorning, new ReminderSent(new DeadlineKey(DeadlineKind.PartnerAnswer, "DE", Days.Morning, occurrence), Days.Morning));
        story = story.And(Days.NextMorning, new EscalatedToCentralTracingAgency(new DeadlineKey(EscalationToCentralTracingAgency, "DE", Days.Morning, 1), Days.Morning));

        var open = UnderPolicy(PartnerSearchDeadlines.Of(story.State)).ToList();
        Assert.Equal([1, 2, 3, 1], open.Select(deadline => deadline.Key.Occurrence));
        Assert.All(open, deadline => Assert.Equal(Days.NextMorning, deadline.PassedAt));
        Assert.True(Assert.IsType<PartnerSearch.Transmitted>(story.State).Escalated);
    }

    [Fact]
    public void A_found_person_is_waited_for_until_an_attempt_or_the_conversation()
    {
        var key = new DeadlineKey(LocatedPersonContact, "found-person", Days.Morning, 1);

        Assert.Equal([new OpenDeadline(key, new DeadlineScope())], DisclosureDeadlines.Of(DisclosureOf(Found)));
        Assert.Equal([new OpenDeadline(key, new DeadlineScope(Urgent: true))], DisclosureDeadlines.Of(DisclosureOf(FoundChild)));
        Assert.Equal(
            [new OpenDeadline(key, new DeadlineScope(), new PassedDeadline(key, Days.Morning, Days.Morning))],
            DisclosureDeadlines.Of(DisclosureOf(Found, new DisclosureDeadlinePassed(key, Days.Morning))));
        Assert.Empty(DisclosureDeadlines.Of(DisclosureOf(Found, new ContactAttempted(Id(411), ContactChannel.Phone, Days.Today, null))));
        Assert.Empty(DisclosureDeadlines.Of(DisclosureOf(ReadyToChoose)));
        Assert.Empty(DisclosureDeadlines.Of(DisclosureOf(FoundDead)));
        Assert.Empty(DisclosureDeadlines.Of(DisclosureOf()));
    }

    private static PartnerResponseReceived Says(Answers answer) => new(Id(901), answer, null);

    private static AuthorityInquiryAnswered Answered(InquiryResult result) => new(Id(302), Days.Today, result, Personal.Of(Brother, "!"));

    private static ConsentGiven Publish(ConsentPurpose purpose) => new(ConsentTo(purpose, 205));

    /// <summary>How often a deadline recurs is the policy's to say: a third reminder is only waiting for a policy that wants one.</summary>
    private static IEnumerable<OpenDeadline> UnderPolicy(IEnumerable<OpenDeadline> open) => open.Where(deadline => Policy.Default.DueAt(deadline) is not null);

    private static DeadlineKey KeyOf(TracingRequest state, DeadlineKind kind) =>
        Assert.Single(TracingRequestDeadlines.Of(state), open => open.Key.Kind == kind).Key;
}
