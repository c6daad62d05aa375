using Rfl.Domain.Common;
using Rfl.Domain.Consents;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.Policies;
using Rfl.Domain.Tests.Common;
using Rfl.Domain.TracingRequests;
using Rfl.Domain.Transfers;
using static Rfl.Domain.Tests.Common.Histories;
using static Rfl.Domain.Tests.Common.Outcome;
using static Rfl.Domain.Tests.Common.Specification;
using static Rfl.Domain.Tests.Common.TestPeople;
using static Rfl.Domain.TracingRequests.SearchDecider;

namespace Rfl.Domain.Tests.TracingRequests;

[SpecsOf(typeof(SearchDecider))]
public sealed class SearchDeciderSpecs
{
    private static readonly SearchActionCarriedOut Visited =
        new(VisitPlanned.SearchActionId, Days.Today, SearchResult.NothingFound, Provenance.Community, Personal.Of(Brother, "nobody knew him"));

    private static readonly AuthorityInquirySent Inquired =
        new(Id(302), Brother, Personal.Of(Brother, "Register of Calais"), Days.Today, Personal.Of(Brother, "is he registered?"), Ground: AuthorityConsent.ConsentId);

    private static readonly AuthorityInquiryAnswered Answered =
        new(Id(302), Days.Today, InquiryResult.Unknown, Personal.Of(Brother, "not known"));

    private static readonly LeadReceived Lead = new(Id(303), Brother, Provenance.Community, Personal.Of(Brother, "seen in Trieste"));

    [Fact, Spec(Success, nameof(Plan))]
    public void A_search_is_planned() => Given(Accepted).When(state => Plan(state)).Then(VisitPlanned);

    [Fact, Spec(Repetition, nameof(Plan))]
    public void The_same_plan_twice_is_one() => Given(Accepted).WhenTwice(state => Plan(state)).ThenNothing();

    [Fact]
    public void A_repeated_plan_is_answered_even_after_the_case_was_suspended() => Given(Suspended).When(state => Plan(state)).ThenNothing();

    [Fact, Spec(Refused, nameof(Plan))]
    public void A_plan_is_not_rewritten() =>
        Given(Searching).When(state => Plan(state, plan: "ask at the station")).ThenRefused(TracingRequestRefusals.AlreadyRecordedDifferently);

    [Theory]
    [MemberData(nameof(NotOpen))]
    public void Only_an_open_case_is_searched(ITracingRequestEvent[] facts) =>
        Given(facts).When(state => Plan(state, id: 310)).ThenRefused(TracingRequestRefusals.NotOpen);

    public static TheoryData<ITracingRequestEvent[]> NotOpen => [[], Interview, Submitted, Declined, Closed, Withdrawn];

    [Fact]
    public void A_suspended_case_is_not_searched() =>
        Given(Suspended).When(state => Plan(state, id: 310)).ThenRefused(TracingRequestRefusals.SearchSuspended);

    [Fact]
    public void A_dormant_case_may_be_searched_again()
    {
        var planned = VisitPlanned with { SearchActionId = Id(310) };

        Given(Dormant).When(state => Plan(state, id: 310)).Then(planned);
    }

    [Fact]
    public void Only_people_of_the_request_are_sought() =>
        Given(Accepted).When(state => Plan(state, person: Stranger)).ThenRefused(TracingRequestRefusals.SoughtPersonUnknown);

    [Fact]
    public void Do_not_search_beats_every_workflow() =>
        Given([.. Accepted, new SecurityAssessmentRecorded(AllMeans with { DoNotSearch = true }, null)])
            .When(state => Plan(state)).ThenRefused(TracingRequestRefusals.DoNotSearch);

    [Fact]
    public void A_case_without_an_assessment_is_not_searched() => Given([.. Accepted.Except([Assessed])])
        .When(state => Plan(state)).ThenRefused(TracingRequestRefusals.DoNotSearch);

    [Fact]
    public void Only_means_that_put_nobody_at_risk_are_used() => Given(Accepted)
        .When(state => Plan(state, means: SearchMeans.TraceTheFace))
        .ThenRefused(new Refusal("means-not-allowed", "means", ["TraceTheFace"]));

    [Fact]
    public void What_a_country_forbids_is_not_done_there()
    {
        var policy = Policy.Default with
        {
            CountryRules = Policy.Default.CountryRules.Add(Libya, new CountryRule(Libya, ForbiddenMeans: [SearchMeans.FieldVisit])),
        };

        Given([.. Accepted, Lost(Brother, country: Libya)]).When(state => Plan(state, policy: policy))
            .ThenRefused(new Refusal("means-forbidden-in-country", "means", ["FieldVisit", "LY"]));
        Given([.. Accepted, Lost(Brother, country: France)]).When(state => Plan(state, policy: policy)).Then(VisitPlanned);
        Given([.. Accepted, Lost(Brother, country: Libya)]).When(state => Plan(state, means: SearchMeans.Hospital, policy: policy))
            .Then(VisitPlanned with { Means = SearchMeans.Hospital });
    }

    [Fact]
    public void Nothing_forbids_an_allowed_search_in_an_open_case() =>
        Assert.Null(Forbid(Request(Accepted), Brother, SearchMeans.Hospital, Policy.Default));

    [Fact, Spec(Success, nameof(CarryOut))]
    public void A_search_is_carried_out() => Given(Searching).When(state => CarryOut(state)).Then(Visited);

    [Fact, Spec(Repetition, nameof(CarryOut))]
    public void The_same_report_twice_is_one() => Given(Searching).WhenTwice(state => CarryOut(state)).ThenNothing();

    [Fact]
    public void What_was_done_is_recorded_even_after_the_case_ended() => Given(Withdrawn).When(state => CarryOut(state)).Then(Visited);

    [Fact, Spec(Refused, nameof(CarryOut))]
    public void A_report_needs_its_plan()
    {
        Given(Accepted).When(state => CarryOut(state)).ThenRefused(TracingRequestRefusals.SearchActionUnknown);
        Given().When(state => CarryOut(state)).ThenRefused(TracingRequestRefusals.SearchActionUnknown);
    }

    [Fact]
    public void Nothing_was_done_tomorrow() => Given(Searching)
        .When(state => CarryOut(state, on: Days.Tomorrow)).ThenRefused(TracingRequestRefusals.DateInFuture);

    [Fact]
    public void A_report_is_not_rewritten() => Given([.. Searching, Visited])
        .When(state => CarryOut(state, on: Days.Yesterday)).ThenRefused(TracingRequestRefusals.AlreadyRecordedDifferently);

    [Fact, Spec(Success, nameof(SendInquiry))]
    public void An_authority_is_asked() => Given(Accepted).When(state => Inquire(state)).Then(Inquired);

    [Fact, Spec(Repetition, nameof(SendInquiry))]
    public void The_same_inquiry_twice_is_one() => Given(Accepted).WhenTwice(state => Inquire(state)).ThenNothing();

    [Fact, Spec(Refused, nameof(SendInquiry))]
    public void No_authority_is_asked_without_consent() => Given([.. Accepted, new ConsentWithdrawn(AuthorityConsent.ConsentId, Days.Today)])
        .When(state => Inquire(state)).ThenRefused(TracingRequestRefusals.AuthorityConsentMissing);

    [Fact]
    public void How_an_inquiry_went_is_remembered()
    {
        var byMail = Inquired with { Channel = TransferChannel.Email };

        Given(Accepted).When(state => Inquire(state, channel: TransferChannel.Email)).Then(byMail);
        Given([.. Accepted, byMail]).When(state => Inquire(state, channel: TransferChannel.Email)).ThenNothing();
        Given([.. Accepted, byMail]).When(state => Inquire(state)).ThenRefused(TracingRequestRefusals.AlreadyRecordedDifferently);
        Given([.. Accepted, Inquired]).When(state => Inquire(state, channel: TransferChannel.Email)).ThenRefused(TracingRequestRefusals.AlreadyRecordedDifferently);
    }

    [Fact]
    public void An_inquiry_stays_out_on_a_consent_for_the_way_it_went()
    {
        var mailOnly = new ConsentGiven(AuthorityConsent with { Channel = TransferChannel.Email });
        var inquiry = new InquiryFile(Inquired with { Channel = TransferChannel.Email }, Days.Morning);
        var file = ((TracingRequest.Started)Request([.. Accepted.Except([new ConsentGiven(AuthorityConsent)]), mailOnly])).File;

        Assert.False(MustComeBack(inquiry, null, file, Days.Today, Policy.Default));
        Assert.True(MustComeBack(inquiry with { Sent = Inquired }, null, file, Days.Today, Policy.Default));
    }

    [Fact]
    public void Consent_to_one_authority_is_not_consent_to_another()
    {
        var hospital = ConsentTo(ConsentPurpose.AuthorityInquiry, 203, "Hospital registry");
        ITracingRequestEvent[] facts = [.. Accepted.Except([new ConsentGiven(AuthorityConsent)]), new ConsentGiven(hospital)];

        Given(facts).When(state => Inquire(state)).ThenRefused(TracingRequestRefusals.AuthorityConsentMissing);
        Given(facts).When(state => Inquire(state, authority: "hospital registry")).Then(Inquired with { Authority = Personal.Of(Brother, "hospital registry"), Ground = hospital.ConsentId });
    }

    [Fact]
    public void An_expired_consent_carries_no_inquiry()
    {
        var expired = AuthorityConsent with { GivenOn = Days.Yesterday, ExpiresOn = Days.Yesterday };

        Given([.. Accepted.Except([new ConsentGiven(AuthorityConsent)]), new ConsentGiven(expired)])
            .When(state => Inquire(state)).ThenRefused(TracingRequestRefusals.AuthorityConsentMissing);
    }

    [Fact]
    public void An_inquiry_goes_out_only_where_the_assessment_allows_it() =>
        Given([.. Accepted, new SecurityAssessmentRecorded(AllMeans with { AllowedMeans = [SearchMeans.FieldVisit] }, null)])
            .When(state => Inquire(state)).ThenRefused(TracingRequestRefusals.MeansNotAllowed(SearchMeans.AuthorityInquiry));

    /// <summary>Rule 16.</summary>
    [Fact]
    public void A_migration_authority_is_asked_only_where_the_person_named_it()
    {
        Given(Accepted)
            .When(state => Inquire(state, "OFPRA", kind: AuthorityKind.MigrationOrAsylum)).ThenRefused(TracingRequestRefusals.AuthorityConsentMissing);
        var asked = Given([.. Accepted, new ConsentGiven(ConsentTo(ConsentPurpose.AuthorityInquiry, 208, "OFPRA"))]);
        var named = Inquire(asked.State, "OFPRA", kind: AuthorityKind.MigrationOrAsylum);
        Assert.IsType<Decision<ITracingRequestEvent>.Accepted>(named);
    }

    [Fact]
    public void An_inquiry_was_not_sent_tomorrow() =>
        Given(Accepted).When(state => Inquire(state, on: Days.Tomorrow)).ThenRefused(TracingRequestRefusals.DateInFuture);

    [Fact]
    public void An_inquiry_is_not_rewritten() => Given([.. Accepted, Inquired])
        .When(state => Inquire(state, authority: "Prefecture")).ThenRefused(TracingRequestRefusals.AlreadyRecordedDifferently);

    [Fact, Spec(Success, nameof(RecallInquiry))]
    public void An_authority_is_asked_to_stop() => Given([.. Accepted, Inquired])
        .When(state => RecallInquiry(state, Id(302), RecallReason.ConsentWithdrawn)).Then(new AuthorityInquiryRecalled(Id(302), RecallReason.ConsentWithdrawn));

    [Fact, Spec(Repetition, nameof(RecallInquiry))]
    public void An_authority_is_asked_to_stop_once_and_not_after_its_answer()
    {
        Given([.. Accepted, Inquired]).WhenTwice(state => RecallInquiry(state, Id(302), RecallReason.ConsentWithdrawn)).ThenNothing();
        Given([.. Accepted, Inquired, Answered]).When(state => RecallInquiry(state, Id(302), RecallReason.ConsentWithdrawn)).ThenNothing();
    }

    [Fact, Spec(Refused, nameof(RecallInquiry))]
    public void Only_an_inquiry_that_was_sent_is_recalled() => Given(Accepted)
        .When(state => RecallInquiry(state, Id(302), RecallReason.ConsentWithdrawn)).ThenRefused(TracingRequestRefusals.InquiryUnknown);

    [Fact]
    public void An_inquiry_comes_back_with_the_consent_that_carried_it()
    {
        var file = ((TracingRequest.Started)Request([.. Accepted, Inquired])).File;
        var inquiry = file.Inquiries[Id(302)];

        Assert.False(MustComeBack(inquiry, null, file, Days.Today, Policy.Default));
        Assert.True(MustComeBack(inquiry, AuthorityConsent.ConsentId, file, Days.Today, Policy.Default));
        Assert.False(MustComeBack(inquiry, TransferConsent.ConsentId, file, Days.Today, Policy.Default));
        Assert.True(MustComeBack(inquiry, null, file with { Restrictions = [new TransferRestriction(Enquirer)] }, Days.Today, Policy.Default));
        Assert.True(MustComeBack(inquiry, null, file with { Consents = [] }, Days.Today, Policy.Default));
    }

    [Fact]
    public void Whoever_restricted_their_data_is_asked_about_nowhere()
    {
        var state = (TracingRequest.Open)Request(Accepted);
        var restricted = state with { File = state.File with { Restrictions = [new TransferRestriction(Brother)] } };

        Assert.Equal(
            TransferRefusals.FieldsWithheld([new TransferAnswer.Withheld(TransferField.Message, WithholdingReason.Restricted)], "question"),
            Assert.IsType<Decision<ITracingRequestEvent>.Refused>(Inquire(restricted)).Refusal);
    }

    [Fact, Spec(Success, nameof(AnswerInquiry))]
    public void An_authority_answers() => Given([.. Accepted, Inquired]).When(state => Reply(state)).Then(Answered);

    [Fact, Spec(Repetition, nameof(AnswerInquiry))]
    public void The_same_answer_twice_is_one() => Given([.. Accepted, Inquired]).WhenTwice(state => Reply(state)).ThenNothing();

    [Fact, Spec(Refused, nameof(AnswerInquiry))]
    public void An_answer_needs_its_inquiry()
    {
        Given(Accepted).When(state => Reply(state)).ThenRefused(TracingRequestRefusals.InquiryUnknown);
        Given().When(state => Reply(state)).ThenRefused(TracingRequestRefusals.InquiryUnknown);
    }

    [Fact]
    public void An_authority_did_not_answer_tomorrow() => Given([.. Accepted, Inquired])
        .When(state => Reply(state, on: Days.Tomorrow)).ThenRefused(TracingRequestRefusals.DateInFuture);

    [Fact]
    public void An_answer_is_not_rewritten() => Given([.. Accepted, Inquired, Answered])
        .When(state => Reply(state, result: InquiryResult.Lead)).ThenRefused(TracingRequestRefusals.AlreadyRecordedDifferently);

    [Theory, Spec(Success, nameof(ReceiveLead))]
    [MemberData(nameof(AfterSubmission))]
    public void A_lead_may_come_at_any_time_after_submission(ITracingRequestEvent[] facts) => Given(facts).When(state => Tell(state)).Then(Lead);

    public static TheoryData<ITracingRequestEvent[]> AfterSubmission => [Submitted, Accepted, Suspended, Dormant, Declined, Closed, Withdrawn];

    [Fact, Spec(Repetition, nameof(ReceiveLead))]
    public void The_same_lead_twice_is_one() => Given(Accepted).WhenTwice(state => Tell(state)).ThenNothing();

    [Fact, Spec(Refused, nameof(ReceiveLead))]
    public void A_lead_belongs_to_a_submitted_request()
    {
        Given(Interview).When(state => Tell(state)).ThenRefused(TracingRequestRefusals.NotSubmitted);
        Given().When(state => Tell(state)).ThenRefused(TracingRequestRefusals.NotSubmitted);
    }

    [Fact]
    public void A_lead_speaks_of_a_person_of_the_request() =>
        Given(Accepted).When(state => Tell(state, Stranger)).ThenRefused(TracingRequestRefusals.SoughtPersonUnknown);

    [Fact]
    public void A_lead_is_not_rewritten() => Given([.. Accepted, Lead with { Provenance = Provenance.Partner }])
        .When(state => Tell(state)).ThenRefused(TracingRequestRefusals.AlreadyRecordedDifferently);

    /// <summary>Rule 12: a finding is recorded inside the circle, so no result outside it can say "found".</summary>
    [Fact]
    public void No_result_of_a_search_or_an_inquiry_can_say_found()
    {
        Assert.Equal(["NothingFound", "Inconclusive", "Lead", "NotPossible"], Enum.GetNames<SearchResult>());
        Assert.Equal(["Unknown", "Partial", "Lead", "RefusedToAnswer"], Enum.GetNames<InquiryResult>());
    }

    private static Decision<ITracingRequestEvent> Plan(
        TracingRequest state,
        int id = 301,
        PersonId? person = null,
        SearchMeans means = SearchMeans.FieldVisit,
        string plan = "ask at the mosque",
        Policy? policy = null) =>
        SearchDecider.Plan(state, Id(id), person ?? Brother, means, Days.Tomorrow, plan, policy ?? Policy.Default);

    private static Decision<ITracingRequestEvent> CarryOut(TracingRequest state, DateOnly? on = null) => SearchDecider.CarryOut(
        state, VisitPlanned.SearchActionId, on ?? Days.Today, SearchResult.NothingFound, Provenance.Community, "nobody knew him", Days.Today);

    private static Decision<ITracingRequestEvent> Inquire(
        TracingRequest state, string authority = "Register of Calais", DateOnly? on = null, AuthorityKind kind = AuthorityKind.Other, TransferChannel channel = TransferChannel.Post) =>
        SendInquiry(state, Id(302), Brother, authority, on ?? Days.Today, "is he registered?", kind, channel, Policy.Default, Days.Today);

    private static Decision<ITracingRequestEvent> Reply(
        TracingRequest state, DateOnly? on = null, InquiryResult result = InquiryResult.Unknown) =>
        AnswerInquiry(state, Id(302), on ?? Days.Today, result, "not known", Days.Today);

    private static Decision<ITracingRequestEvent> Tell(TracingRequest state, PersonId? person = null) =>
        ReceiveLead(state, Id(303), person ?? Brother, Provenance.Community, "seen in Trieste");
}
