using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.Policies;
using Rfl.Domain.Tests.Common;
using Rfl.Domain.TracingRequests;
using static Rfl.Domain.Tests.Common.Histories;
using static Rfl.Domain.Tests.Common.Outcome;
using static Rfl.Domain.Tests.Common.Specification;
using static Rfl.Domain.Tests.Common.TestPeople;
using static Rfl.Domain.TracingRequests.InterviewDecider;

namespace Rfl.Domain.Tests.TracingRequests;

[SpecsOf(typeof(InterviewDecider))]
public sealed class InterviewDeciderSpecs
{
    private static readonly SoughtPersonCircumstances Ordinary = new();

    [Fact, Spec(Success, nameof(Start))]
    public void An_interview_starts() => Given().When(state => Start(state, Started)).Then(Started);

    [Fact, Spec(Repetition, nameof(Start))]
    public void An_interview_starts_once() => Given().WhenTwice(state => Start(state, Started)).ThenNothing();

    [Fact]
    public void A_reference_drawn_anew_for_a_repeated_start_changes_nothing() =>
        Given(Started).When(state => Start(state, Started with { Reference = "0000-0000-97" })).ThenNothing();

    [Fact, Spec(Refused, nameof(Start))]
    public void Another_volunteer_cannot_start_the_same_interview() =>
        Given(Started).When(state => Start(state, Started with { TakenBy = Caseworker }))
            .ThenRefused(TracingRequestRefusals.InterviewAlreadyStartedDifferently);

    [Fact]
    public void The_same_interview_cannot_start_in_another_region() =>
        Given(Started).When(state => Start(state, Started with { Region = "grand-est" }))
            .ThenRefused(TracingRequestRefusals.InterviewAlreadyStartedDifferently);

    [Fact, Spec(Success, nameof(Receive))]
    public void A_partners_request_is_received() => Given().When(state => Receive(state, Received)).Then(Received);

    [Fact, Spec(Repetition, nameof(Receive))]
    public void A_partners_request_is_received_once() => Given().WhenTwice(state => Receive(state, Received)).ThenNothing();

    [Fact, Spec(Refused, nameof(Receive))]
    public void Another_society_cannot_send_a_request_under_the_same_id() =>
        Given(Received).When(state => Receive(state, Received with { Society = "AT" }))
            .ThenRefused(TracingRequestRefusals.InterviewAlreadyStartedDifferently);

    [Fact]
    public void A_partners_request_cannot_take_over_an_interview_of_ours() =>
        Given(Started).When(state => Receive(state, Received)).ThenRefused(TracingRequestRefusals.InterviewAlreadyStartedDifferently);

    [Fact, Spec(Success, nameof(ReceiveDocument))]
    public void A_document_made_without_network_is_remembered_by_its_fingerprint() =>
        Given(Started).When(state => ReceiveDocument(state, "a1")).Then(new InterviewDocumentReceived("a1"));

    [Fact, Spec(Repetition, nameof(ReceiveDocument))]
    public void The_same_document_twice_is_one_request() => Given(Started).WhenTwice(state => ReceiveDocument(state, "a1")).ThenNothing();

    [Fact]
    public void The_same_document_after_submission_is_still_the_same() =>
        Given([Started, new InterviewDocumentReceived("a1"), .. Submitted.Skip(1)]).When(state => ReceiveDocument(state, "a1")).ThenNothing();

    [Fact, Spec(Refused, nameof(ReceiveDocument))]
    public void A_changed_second_document_is_told_so() =>
        Given(Started, new InterviewDocumentReceived("a1")).When(state => ReceiveDocument(state, "b2"))
            .ThenRefused(TracingRequestRefusals.InterviewDocumentChanged);

    [Fact]
    public void A_document_cannot_be_added_to_a_submitted_request() =>
        Given(Submitted).When(state => ReceiveDocument(state, "a1")).ThenRefused(TracingRequestRefusals.InterviewDocumentChanged);

    [Fact, Spec(Success, nameof(RegisterEnquirer))]
    public void The_enquirer_is_registered() => Given(Started).When(state => RegisterEnquirer(state, Registered)).Then(Registered);

    [Fact, Spec(Repetition, nameof(RegisterEnquirer))]
    public void The_same_enquirer_twice_changes_nothing() => Given(Started).WhenTwice(state => RegisterEnquirer(state, Registered)).ThenNothing();

    [Fact]
    public void An_enquirers_details_can_be_corrected()
    {
        var corrected = Registered with { CountryOfStay = Germany };

        Given(Accepted).When(state => RegisterEnquirer(state, corrected)).Then(corrected);
    }

    [Fact, Spec(Refused, nameof(RegisterEnquirer))]
    public void Another_person_cannot_become_the_enquirer() =>
        Given(Started, Registered).When(state => RegisterEnquirer(state, Registered with { Enquirer = Stranger }))
            .ThenRefused(TracingRequestRefusals.PersonIdAlreadyUsed);

    [Fact]
    public void Whoever_stands_on_a_sheet_is_none_of_the_people_whom_the_request_describes()
    {
        var named = BrotherDetails with { Relatives = [new RelatedPerson(Name("Laila"), FamilyRelation.Spouse, Person: Stranger)] };
        var byBrother = Add(Brother, FamilyRelation.Brother, named, Ordinary);

        Given(Started, byBrother).When(state => RegisterEnquirer(state, Registered with { Enquirer = Stranger })).ThenRefused(TracingRequestRefusals.PersonIdAlreadyUsed);
        Given(Started, byBrother).When(state => Put(state, Stranger)).ThenRefused(TracingRequestRefusals.PersonIdAlreadyUsed);
        Given(Started, Registered, byBrother).When(state => Put(state, Sister, details: named)).Then(Add(Sister, FamilyRelation.Brother, named, Ordinary));
        Given(Started, SisterAdded).When(state => Put(state, Brother, details: named with { Relatives = [named.Relatives[0] with { Person = Sister }] }))
            .ThenRefused(TracingRequestRefusals.PersonIdAlreadyUsed);
        Given(Started, SisterAdded).When(state => RegisterEnquirer(state, Registered with
        {
            Details = Personal.Of(Enquirer, KarimsDetails with { LegalRepresentative = Guardian with { Person = Sister } }),
        })).ThenRefused(TracingRequestRefusals.PersonIdAlreadyUsed);
        Given(Started, SisterAdded, BrotherAdded).When(state => RecordLossOfContact(state, BrotherLost with
        {
            Account = Personal.Of(Brother, BrotherLost.Account.Value! with { LastContacts = [Phone with { Of = "his sister", OfPerson = Sister }] }),
        })).ThenRefused(TracingRequestRefusals.PersonIdAlreadyUsed);
    }

    [Fact]
    public void A_sought_person_cannot_be_the_enquirer() =>
        Given(Started, BrotherAdded).When(state => RegisterEnquirer(state, Registered with { Enquirer = Brother }))
            .ThenRefused(TracingRequestRefusals.PersonIdAlreadyUsed);

    [Theory]
    [MemberData(nameof(EndedOrNeverStarted))]
    public void Details_of_an_interview_are_no_longer_taken_once_it_has_ended(ITracingRequestEvent[] facts)
    {
        Given(facts).When(state => RegisterEnquirer(state, Registered)).ThenRefused(TracingRequestRefusals.InterviewFinished);
        Given(facts).When(state => Put(state)).ThenRefused(TracingRequestRefusals.InterviewFinished);
        Given(facts).When(state => RecordLossOfContact(state, BrotherLost)).ThenRefused(TracingRequestRefusals.InterviewFinished);
        Given(facts).When(state => RecordSecurityAssessment(state, AllMeans, null)).ThenRefused(TracingRequestRefusals.InterviewFinished);
    }

    public static TheoryData<ITracingRequestEvent[]> EndedOrNeverStarted => [[], Declined, Closed, Withdrawn];

    [Fact, Spec(Success, nameof(PutSoughtPerson))]
    public void A_sought_person_is_added() => Given(Started).When(state => Put(state)).Then(BrotherAdded);

    [Fact, Spec(Repetition, nameof(PutSoughtPerson))]
    public void The_same_sought_person_twice_changes_nothing() => Given(Started).WhenTwice(state => Put(state)).ThenNothing();

    [Fact]
    public void People_remember_more_later_so_details_can_be_corrected_in_an_open_case()
    {
        var details = BrotherDetails with { Profession = "baker" };

        Given(Searching).When(state => Put(state, details: details)).Then(
            new SoughtPersonDetailsCorrected(Brother, FamilyRelation.Brother, Ordinary, null, Personal.Of(Brother, details)));
    }

    [Fact]
    public void A_relation_can_be_corrected() => Given(Interview).When(state => Put(state, relation: FamilyRelation.Son)).Then(
        new SoughtPersonDetailsCorrected(Brother, FamilyRelation.Son, Ordinary, null, Personal.Of(Brother, BrotherDetails)));

    [Fact]
    public void Circumstances_can_be_corrected()
    {
        var detained = new SoughtPersonCircumstances(InDetention: true);

        Given(Interview).When(state => Put(state, circumstances: detained)).Then(
            new SoughtPersonDetailsCorrected(Brother, FamilyRelation.Brother, detained, null, Personal.Of(Brother, BrotherDetails)));
    }

    [Fact]
    public void What_an_authority_told_becomes_free_to_leave_when_the_enquirer_says_the_same()
    {
        var told = BrotherAdded with { Provenance = Provenance.Authority };

        Given(Started, told).When(state => Put(state)).Then(
            new SoughtPersonDetailsCorrected(Brother, FamilyRelation.Brother, Ordinary, null, Personal.Of(Brother, BrotherDetails)));
    }

    [Fact]
    public void What_the_enquirer_told_stays_as_it_is_when_an_authority_says_the_same() =>
        Given(Started, BrotherAdded).When(state => Put(state, provenance: Provenance.Authority)).ThenNothing();

    [Fact]
    public void What_an_authority_told_is_kept_with_its_provenance() => Given(Started).When(state => Put(state, provenance: Provenance.Authority))
        .Then(BrotherAdded with { Provenance = Provenance.Authority });

    [Fact]
    public void A_childs_eighteenth_birthday_is_kept_as_the_first_of_its_month()
    {
        var child = new SoughtPersonCircumstances(IsMinor: true);

        Given(Started).When(state => Put(state, details: ChildDetails, circumstances: child))
            .Then(Add(Brother, FamilyRelation.Brother, ChildDetails, child, new DateOnly(2027, 7, 1)));
    }

    [Fact]
    public void Majority_is_the_age_of_the_policy()
    {
        var child = new SoughtPersonCircumstances(IsMinor: true);
        var policy = Policy.Default with { Ages = new AgePolicy(Majority: 21) };

        Given(Started).When(state => Put(state, details: ChildDetails, circumstances: child, policy: policy))
            .Then(Add(Brother, FamilyRelation.Brother, ChildDetails, child, new DateOnly(2030, 7, 1)));
    }

    [Fact]
    public void An_unknown_birth_gives_no_birthday()
    {
        var child = new SoughtPersonCircumstances(IsMinor: true);
        var unknown = ChildDetails with { Birth = BornSomeDay() };
        var untold = ChildDetails with { Birth = null };

        Given(Started).When(state => Put(state, details: unknown, circumstances: child)).Then(Add(Brother, FamilyRelation.Brother, unknown, child));
        Given(Started).When(state => Put(state, details: untold, circumstances: child)).Then(Add(Brother, FamilyRelation.Brother, untold, child));
    }

    [Fact, Spec(Refused, nameof(PutSoughtPerson))]
    public void The_enquirer_cannot_seek_themselves() =>
        Given(Started, Registered).When(state => Put(state, Enquirer)).ThenRefused(TracingRequestRefusals.PersonIdAlreadyUsed);

    [Fact, Spec(Success, nameof(RecordLossOfContact))]
    public void The_loss_of_contact_is_recorded() =>
        Given(Started, BrotherAdded).When(state => RecordLossOfContact(state, BrotherLost)).Then(BrotherLost);

    [Fact, Spec(Repetition, nameof(RecordLossOfContact))]
    public void The_same_loss_twice_changes_nothing() =>
        Given(Started, BrotherAdded).WhenTwice(state => RecordLossOfContact(state, BrotherLost)).ThenNothing();

    [Fact, Spec(Refused, nameof(RecordLossOfContact))]
    public void Contact_is_lost_with_a_person_of_the_request() => Given(Started, BrotherAdded)
        .When(state => RecordLossOfContact(state, Lost(Sister))).ThenRefused(TracingRequestRefusals.SoughtPersonUnknown);

    [Fact, Spec(Success, nameof(RecordSecurityAssessment))]
    public void The_security_assessment_is_recorded() => Given(Started, Registered)
        .When(state => RecordSecurityAssessment(state, AllMeans, "cousins of the sought person"))
        .Then(new SecurityAssessmentRecorded(AllMeans, Personal.Of(Enquirer, "cousins of the sought person")));

    [Fact, Spec(Repetition, nameof(RecordSecurityAssessment))]
    public void The_same_assessment_twice_changes_nothing() =>
        Given(Started, Registered).WhenTwice(state => RecordSecurityAssessment(state, AllMeans, null)).ThenNothing();

    [Fact, Spec(Refused, nameof(RecordSecurityAssessment))]
    public void An_assessment_needs_an_enquirer_whom_it_is_about() =>
        Given(Started).When(state => RecordSecurityAssessment(state, AllMeans, null)).ThenRefused(TracingRequestRefusals.EnquirerMissing);

    [Fact, Spec(Success, nameof(Submit))]
    public void A_complete_interview_is_submitted() =>
        Given(Interview).When(state => Submit(state, Policy.Default)).Then(new TracingRequestSubmitted());

    [Fact, Spec(Repetition, nameof(Submit))]
    public void A_request_is_submitted_once() => Given(Interview).WhenTwice(state => Submit(state, Policy.Default)).ThenNothing();

    [Theory]
    [MemberData(nameof(AfterSubmission))]
    public void Submitting_again_later_in_life_changes_nothing(ITracingRequestEvent[] facts) =>
        Given(facts).When(state => Submit(state, Policy.Default)).ThenNothing();

    public static TheoryData<ITracingRequestEvent[]> AfterSubmission => [Submitted, Searching, Suspended, Dormant, Declined, Closed, Withdrawn];

    [Fact, Spec(Refused, nameof(Submit))]
    public void No_security_assessment_no_submission() => Given(Interview.Except([Assessed]))
        .When(state => Submit(state, Policy.Default)).ThenRefused(TracingRequestRefusals.SubmissionIncomplete(["security-assessment"]));

    [Fact]
    public void A_request_that_does_not_exist_lacks_its_enquirer() =>
        Given().When(state => Submit(state, Policy.Default)).ThenRefused(TracingRequestRefusals.SubmissionIncomplete(["enquirer"]));

    private static Decision<ITracingRequestEvent> Put(
        TracingRequest state,
        PersonId? person = null,
        FamilyRelation relation = FamilyRelation.Brother,
        SoughtPersonCircumstances? circumstances = null,
        PersonDetails? details = null,
        Provenance provenance = Provenance.Enquirer,
        Policy? policy = null) =>
        PutSoughtPerson(
            state, person ?? Brother, relation, circumstances ?? Ordinary, details ?? BrotherDetails, provenance, policy ?? Policy.Default);
}
