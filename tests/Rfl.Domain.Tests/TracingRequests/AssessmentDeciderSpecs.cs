using Rfl.Domain.Common;
using Rfl.Domain.Tests.Common;
using Rfl.Domain.TracingRequests;
using static Rfl.Domain.Tests.Common.Histories;
using static Rfl.Domain.Tests.Common.Outcome;
using static Rfl.Domain.Tests.Common.Specification;
using static Rfl.Domain.Tests.Common.TestPeople;
using static Rfl.Domain.TracingRequests.AssessmentDecider;

namespace Rfl.Domain.Tests.TracingRequests;

[SpecsOf(typeof(AssessmentDecider))]
public sealed class AssessmentDeciderSpecs
{
    private static readonly InformationRequested Asked = new(Id(601), Personal.Of(Enquirer, "which Herat?"));
    private static readonly InformationProvided Told = new(Id(601), Personal.Of(Enquirer, "the city"));

    [Fact, Spec(Success, nameof(Accept))]
    public void An_accepted_request_gets_the_priority_of_the_rule() =>
        Given(Submitted).When(Accept).Then(new TracingRequestAccepted(), new PriorityAssigned(Priority.Standard, PriorityReason.Standard));

    [Fact]
    public void A_priority_given_before_acceptance_stays() =>
        Given([.. Submitted, new PriorityAssigned(Priority.AtRisk, PriorityReason.Judgement, Personal.Of(Enquirer, "threats"))])
            .When(Accept).Then(new TracingRequestAccepted());

    [Fact, Spec(Repetition, nameof(Accept))]
    public void A_request_is_accepted_once() => Given(Submitted).WhenTwice(Accept).ThenNothing();

    [Theory, Spec(Refused, nameof(Accept))]
    [MemberData(nameof(NotAwaitingDecision))]
    public void Only_a_submitted_request_can_be_accepted(ITracingRequestEvent[] facts) =>
        Given(facts).When(Accept).ThenRefused(TracingRequestRefusals.NotAwaitingDecision);

    public static TheoryData<ITracingRequestEvent[]> NotAwaitingDecision => [[], Interview, Declined, Closed, Withdrawn];

    [Fact]
    public void Acceptance_waits_for_information_that_was_asked_for()
    {
        Given([.. Submitted, Asked]).When(Accept).ThenRefused(TracingRequestRefusals.InformationOutstanding);
        Given([.. Submitted, Asked, Told]).When(Accept)
            .Then(new TracingRequestAccepted(), new PriorityAssigned(Priority.Standard, PriorityReason.Standard));
    }

    [Fact, Spec(Success, nameof(Decline))]
    public void A_declined_request_has_a_reason_and_an_orientation() => Given(Submitted)
        .When(state => Decline(state, DeclineReason.Inheritance, "a notary"))
        .Then(new TracingRequestDeclined(DeclineReason.Inheritance, Personal.Of(Enquirer, "a notary")));

    [Fact, Spec(Repetition, nameof(Decline))]
    public void A_request_is_declined_once() => Given(Submitted).WhenTwice(state => Decline(state, DeclineReason.Inheritance, "a notary")).ThenNothing();

    [Theory, Spec(Refused, nameof(Decline))]
    [InlineData("")]
    [InlineData(" ")]
    public void Nobody_is_declined_without_an_orientation_elsewhere(string orientation) => Given(Submitted)
        .When(state => Decline(state, DeclineReason.Genealogy, orientation)).ThenRefused(TracingRequestRefusals.OrientationMissing);

    [Theory]
    [MemberData(nameof(NotToDecline))]
    public void Only_a_submitted_request_can_be_declined(ITracingRequestEvent[] facts) =>
        Given(facts).When(state => Decline(state, DeclineReason.Genealogy, "archives")).ThenRefused(TracingRequestRefusals.NotAwaitingDecision);

    public static TheoryData<ITracingRequestEvent[]> NotToDecline => [[], Interview, Accepted, Closed, Withdrawn];

    [Fact, Spec(Success, nameof(AssignPriority))]
    public void The_proposed_priority_needs_no_words() => Given(Submitted)
        .When(state => AssignPriority(state, Priority.Standard, null)).Then(new PriorityAssigned(Priority.Standard, PriorityReason.Standard));

    [Fact]
    public void A_judgement_against_the_rule_is_justified() => Given(Accepted).When(state => AssignPriority(state, Priority.AtRisk, "threats"))
        .Then(new PriorityAssigned(Priority.AtRisk, PriorityReason.Judgement, Personal.Of(Enquirer, "threats")));

    [Fact, Spec(Repetition, nameof(AssignPriority))]
    public void The_same_priority_twice_changes_nothing() =>
        Given(Accepted).WhenTwice(state => AssignPriority(state, Priority.AtRisk, "threats")).ThenNothing();

    [Theory, Spec(Refused, nameof(AssignPriority))]
    [InlineData(null)]
    [InlineData("  ")]
    public void A_judgement_without_justification_is_refused(string? justification) => Given(Accepted)
        .When(state => AssignPriority(state, Priority.AtRisk, justification)).ThenRefused(TracingRequestRefusals.JustificationMissing);

    [Theory]
    [MemberData(nameof(NotInAssessment))]
    public void Headquarters_work_on_what_was_submitted_and_has_not_ended(ITracingRequestEvent[] facts)
    {
        Given(facts).When(state => AssignPriority(state, Priority.Standard, null)).ThenRefused(TracingRequestRefusals.NotSubmitted);
        Given(facts).When(state => Assign(state, Caseworker)).ThenRefused(TracingRequestRefusals.NotSubmitted);
        Given(facts).When(state => RequestInformation(state, Id(601), "which Herat?")).ThenRefused(TracingRequestRefusals.NotSubmitted);
    }

    public static TheoryData<ITracingRequestEvent[]> NotInAssessment => [[], Interview, Declined, Closed, Withdrawn];

    [Theory, Spec(Success, nameof(Assign))]
    [MemberData(nameof(InAssessment))]
    public void A_case_is_assigned(ITracingRequestEvent[] facts) =>
        Given(facts).When(state => Assign(state, Caseworker)).Then(new CaseAssigned(Caseworker));

    public static TheoryData<ITracingRequestEvent[]> InAssessment => [Submitted, Accepted, Suspended, Dormant];

    [Fact, Spec(Repetition, nameof(Assign))]
    public void Assigning_to_the_same_caseworker_changes_nothing() => Given(Submitted).WhenTwice(state => Assign(state, Caseworker)).ThenNothing();

    [Fact]
    public void A_case_can_change_hands() => Given([.. Accepted, new CaseAssigned(Caseworker)])
        .When(state => Assign(state, Supervisor)).Then(new CaseAssigned(Supervisor));

    [Fact, Spec(Refused, nameof(Assign))]
    public void A_draft_belongs_to_its_volunteer() =>
        Given(Interview).When(state => Assign(state, Caseworker)).ThenRefused(TracingRequestRefusals.NotSubmitted);

    [Fact, Spec(Success, nameof(RequestInformation))]
    public void The_enquirer_is_asked() => Given(Submitted).When(state => RequestInformation(state, Id(601), "which Herat?")).Then(Asked);

    [Fact, Spec(Repetition, nameof(RequestInformation))]
    public void The_same_question_twice_is_one() => Given(Submitted).WhenTwice(state => RequestInformation(state, Id(601), "which Herat?")).ThenNothing();

    [Fact, Spec(Refused, nameof(RequestInformation))]
    public void A_question_is_not_rewritten() => Given([.. Submitted, Asked])
        .When(state => RequestInformation(state, Id(601), "which village?")).ThenRefused(TracingRequestRefusals.AlreadyRecordedDifferently);

    [Fact, Spec(Success, nameof(ProvideInformation))]
    public void An_answer_is_taken_at_any_time() =>
        Given([.. Searching, Asked, new TracingRequestWithdrawn()]).When(state => ProvideInformation(state, Id(601), "the city")).Then(Told);

    [Fact, Spec(Repetition, nameof(ProvideInformation))]
    public void The_same_answer_twice_is_one() => Given([.. Submitted, Asked]).WhenTwice(state => ProvideInformation(state, Id(601), "the city")).ThenNothing();

    [Fact, Spec(Refused, nameof(ProvideInformation))]
    public void An_answer_needs_its_question()
    {
        Given(Submitted).When(state => ProvideInformation(state, Id(601), "the city")).ThenRefused(TracingRequestRefusals.InformationRequestUnknown);
        Given().When(state => ProvideInformation(state, Id(601), "the city")).ThenRefused(TracingRequestRefusals.InformationRequestUnknown);
    }

    [Fact]
    public void An_answer_is_not_rewritten() => Given([.. Submitted, Asked, Told])
        .When(state => ProvideInformation(state, Id(601), "the province")).ThenRefused(TracingRequestRefusals.AlreadyRecordedDifferently);

    [Fact, Spec(Success, nameof(Link))]
    public void Several_enquirers_for_one_person_are_linked() => Given(Submitted)
        .When(state => Link(state, RequestId, OtherRequestId, LinkReason.SameSoughtPerson))
        .Then(new TracingRequestsLinked(OtherRequestId, LinkReason.SameSoughtPerson));

    [Fact]
    public void A_closed_request_can_still_be_linked() => Given(Closed)
        .When(state => Link(state, RequestId, OtherRequestId, LinkReason.SameFamily)).Then(new TracingRequestsLinked(OtherRequestId, LinkReason.SameFamily));

    [Fact, Spec(Repetition, nameof(Link))]
    public void The_same_link_twice_is_one() =>
        Given(Submitted).WhenTwice(state => Link(state, RequestId, OtherRequestId, LinkReason.SameSoughtPerson)).ThenNothing();

    [Fact]
    public void The_reason_of_a_link_can_change() => Given([.. Submitted, new TracingRequestsLinked(OtherRequestId, LinkReason.SameEvent)])
        .When(state => Link(state, RequestId, OtherRequestId, LinkReason.SameFamily)).Then(new TracingRequestsLinked(OtherRequestId, LinkReason.SameFamily));

    [Fact, Spec(Refused, nameof(Link))]
    public void A_request_is_not_linked_to_itself() => Given(Submitted)
        .When(state => Link(state, RequestId, RequestId, LinkReason.SameFamily)).ThenRefused(TracingRequestRefusals.CannotLinkToItself);

    [Fact]
    public void A_draft_is_not_linked()
    {
        Given(Interview).When(state => Link(state, RequestId, OtherRequestId, LinkReason.SameFamily)).ThenRefused(TracingRequestRefusals.NotSubmitted);
        Given().When(state => Link(state, RequestId, OtherRequestId, LinkReason.SameFamily)).ThenRefused(TracingRequestRefusals.NotSubmitted);
    }

    [Fact, Spec(Success, nameof(Unlink))]
    public void A_link_made_by_mistake_is_taken_back() => Given([.. Submitted, new TracingRequestsLinked(OtherRequestId, LinkReason.SameEvent)])
        .When(state => Unlink(state, OtherRequestId)).Then(new TracingRequestsUnlinked(OtherRequestId));

    [Fact, Spec(Repetition, nameof(Unlink))]
    public void A_link_is_taken_back_once() => Given([.. Submitted, new TracingRequestsLinked(OtherRequestId, LinkReason.SameEvent)])
        .WhenTwice(state => Unlink(state, OtherRequestId)).ThenNothing();

    [Fact, Spec(NeverRefused, nameof(Unlink))]
    public void Where_there_is_no_link_there_is_nothing_to_take_back()
    {
        Given().When(state => Unlink(state, OtherRequestId)).ThenNothing();
        Given(Submitted).When(state => Unlink(state, OtherRequestId)).ThenNothing();
    }
}
