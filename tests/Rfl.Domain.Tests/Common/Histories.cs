using Rfl.Domain.Common;
using Rfl.Domain.Consents;
using Rfl.Domain.Disclosures;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.People;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using static Rfl.Domain.Tests.Common.TestPeople;

namespace Rfl.Domain.Tests.Common;

/// <summary>Streams as far as the specs need them. Each builds on the one before.</summary>
public static class Histories
{
    public const string Reference = "1234-5678-89";
    public const string Region = "hauts-de-france";

    public static readonly TracingRequestId RequestId = new(Id(100));
    public static readonly TracingRequestId OtherRequestId = new(Id(101));
    public static readonly PartnerSociety GermanRedCross = new("DE", "Deutsches Rotes Kreuz", Germany);

    public static readonly Policy PolicyWithPartner = Policy.Default with { Partners = Policy.Default.Partners.Add("DE", GermanRedCross) };

    public static readonly TracingInterviewStarted Started = new(Reference, Region, Volunteer, Days.Today, "prs", InterpreterNeeded: true);
    public static readonly IncomingTracingRequestReceived Received =
        new(Reference, "DE", Region, Days.Today, "de", Personal.Of(Enquirer, "DRK 77"));

    public static readonly EnquirerRegistered Registered = new(Enquirer, France, IsMinor: false, Personal.Of(Enquirer, KarimsDetails));
    public static readonly SoughtPersonAdded BrotherAdded = Add(Brother, FamilyRelation.Brother, BrotherDetails);
    public static readonly SoughtPersonAdded SisterAdded = Add(Sister, FamilyRelation.Sister, SisterDetails);
    public static readonly LossOfContactRecorded BrotherLost = Lost(Brother);

    public static readonly SecurityAssessment AllMeans = new(
        RiskToSoughtPerson: false, RiskToEnquirer: false, AllowedMeans: [.. Enum.GetValues<SearchMeans>().Except([SearchMeans.TraceTheFace])]);

    public static readonly SecurityAssessmentRecorded Assessed = new(AllMeans, null);
    public static readonly Consent TransferConsent = ConsentTo(ConsentPurpose.TransferToPartner, 201);
    public static readonly Consent AuthorityConsent = ConsentTo(ConsentPurpose.AuthorityInquiry, 202);

    public static readonly ITracingRequestEvent[] Interview =
        [Started, Registered, BrotherAdded, BrotherLost, Assessed, new ConsentGiven(TransferConsent), new ConsentGiven(AuthorityConsent)];

    public static readonly ITracingRequestEvent[] Submitted = [.. Interview, new TracingRequestSubmitted()];

    public static readonly ITracingRequestEvent[] Accepted =
        [.. Submitted, new TracingRequestAccepted(), new PriorityAssigned(Priority.Standard, PriorityReason.Standard)];

    public static readonly SearchActionPlanned VisitPlanned =
        new(Id(301), Brother, SearchMeans.FieldVisit, Days.Tomorrow, Personal.Of(Brother, "ask at the mosque"));

    public static readonly ITracingRequestEvent[] Searching = [.. Accepted, VisitPlanned];
    public static readonly ITracingRequestEvent[] Suspended = [.. Searching, new CaseSuspended(SuspensionReason.Security)];
    public static readonly ITracingRequestEvent[] Dormant = [.. Searching, new CaseMadeDormant()];
    public static readonly ITracingRequestEvent[] Declined =
        [.. Submitted, new TracingRequestDeclined(DeclineReason.Genealogy, Personal.Of(Enquirer, "departmental archives"))];

    public static readonly ITracingRequestEvent[] Closed = [.. Searching, new CaseClosed(ClosureOutcome.FoundByFamily)];
    public static readonly ITracingRequestEvent[] Withdrawn = [.. Searching, new TracingRequestWithdrawn()];

    public static readonly SoughtPersonLocated Located = new(Brother, DisclosedExtent.Coordinates, Personal.Of(Brother, "Hamburg, +49 000"));
    public static readonly SoughtPersonLocated LocatedAlive = new(Brother, DisclosedExtent.AliveOnly, null);
    public static readonly DeathNews Death = new(On(new DateOnly(2025, 9, 1)), "Lesbos, grave 12");
    public static readonly FateEstablished Fate = new(Brother, Personal.Of(Brother, "Registrar of Mytilini"), Personal.Of(Brother, Death));

    public static readonly TransmissionPrepared Prepared = new(
        RequestId, Brother, "DE", Urgent: false, Region, [TransferField.SoughtPersonNames, TransferField.Relation], [TransferConsent.ConsentId]);

    public static readonly TransmittedToPartner Transmitted = new(
        Reference,
        Prepared.Fields,
        Prepared.Grounds,
        null,
        Personal.Of(Brother, new SoughtPersonExtract(PersonDetails.Empty with { Names = BrotherDetails.Names }, FamilyRelation.Brother)));

    public static readonly IPartnerSearchEvent[] Sent = [Prepared, Transmitted];

    public static readonly FindingRecorded Found = new(
        Id(401),
        RequestId,
        Brother,
        Reference,
        ConcernsMinor: false,
        FindingKind.Located,
        FindingSource.OwnSearch,
        VisitPlanned.SearchActionId,
        null,
        null,
        Caseworker,
        Days.Yesterday,
        Personal.Of(Brother, new FindingAccount("met at the shelter", "Hamburg")));

    public static readonly FindingRecorded FoundChild = Found with { ConcernsMinor = true };

    public static readonly FindingRecorded FoundDead = Found with
    {
        FindingId = Id(402),
        Kind = FindingKind.Deceased,
        ConfirmingAuthority = Fate.ConfirmingAuthority,
        Finding = Personal.Of(Brother, new FindingAccount("register of deaths", DiedOn: Death.DiedOn, Burial: Death.BurialPlace)),
    };

    public static readonly IdentityVerified Identified = new(Days.Today, Personal.Of(Brother, "passport and mother's name"));
    public static readonly SoughtPersonInformedOfSearch Informed = new(Days.Today, "prs", ThroughInterpreter: true, null);
    public static readonly IDisclosureEvent[] ReadyToChoose = [Found, Identified, Informed];

    public static readonly ChoiceRecorded ChoseCoordinates = Chose(501, DisclosureChoice.Coordinates, "Hamburg, +49 000");
    public static readonly ChoiceRecorded ChoseAliveOnly = Chose(502, DisclosureChoice.AliveOnly);
    public static readonly ChoiceRecorded ChoseNothing = Chose(503, DisclosureChoice.Nothing);

    public static readonly IDisclosureEvent[] CoordinatesInForce =
        [.. ReadyToChoose, ChoseCoordinates, new DisclosureCountersigned(ChoseCoordinates.ChoiceId, SecondOfficer)];

    public static readonly IDisclosureEvent[] AliveOnlyInForce =
        [.. ReadyToChoose, ChoseAliveOnly, new DisclosureCountersigned(ChoseAliveOnly.ChoiceId, SecondOfficer)];

    public static readonly IDisclosureEvent[] Sealed =
        [.. ReadyToChoose, ChoseNothing, new DisclosureCountersigned(ChoseNothing.ChoiceId, SecondOfficer)];

    public static readonly IDisclosureEvent[] DeathSignedOff = [FoundDead, new DeathNewsSignedOff(Supervisor)];

    public static SoughtPersonAdded Add(
        PersonId person, FamilyRelation relation, PersonDetails details, SoughtPersonCircumstances? circumstances = null, DateOnly? eighteen = null) =>
        new(person, relation, circumstances ?? new SoughtPersonCircumstances(), eighteen, Personal.Of(person, details));

    public static LossOfContactRecorded Lost(PersonId person, BreakOfContact cause = BreakOfContact.Conflict, CountryCode? country = null) =>
        new(person, cause, country, Personal.Of(person, Loss(new DateOnly(2025, 2, 1))));

    public static Consent ConsentTo(ConsentPurpose purpose, int id, string? recipient = null) =>
        new(Id(id), Enquirer, purpose, recipient, ConsentForm.Written, "prs", ThroughInterpreter: true, Days.Today);

    private static ChoiceRecorded Chose(int id, DisclosureChoice choice, string? coordinates = null) => new(
        Id(id),
        Days.Today,
        Officer,
        Personal.Of(Brother, choice),
        coordinates is null ? null : Personal.Of(Brother, coordinates),
        Personal.Of(Brother, "signed form"));

    public static TracingRequest Request(params IEnumerable<ITracingRequestEvent> facts) => Specification.Given(facts).State;

    public static Disclosure DisclosureOf(params IEnumerable<IDisclosureEvent> facts) => Specification.GivenDisclosure(facts).State;
}
