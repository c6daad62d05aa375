using Rfl.Domain.Common;
using Rfl.Domain.Consents;
using Rfl.Domain.Deadlines;
using Rfl.Domain.People;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

/// <summary>Requests as one would really send them, shown in the API's description. Everybody in them is made up.</summary>
internal static class Examples
{
    public static readonly PersonId Mother = new(new Guid("5b8d3c52-6f6e-4d0b-9a39-0b9a5f4d1c01"));
    public static readonly PersonId Son = new(new Guid("5b8d3c52-6f6e-4d0b-9a39-0b9a5f4d1c02"));
    private static readonly TracingRequestId Request = new(new Guid("5b8d3c52-6f6e-4d0b-9a39-0b9a5f4d1c00"));

    public static StartTracingInterviewBody Interview { get; } = new(Request, new DateOnly(2026, 11, 17), "prs", true);

    public static RegisterEnquirerBody Enquirer { get; } = new(
        Mother,
        Country("FR"),
        false,
        new EnquirerDetails(
            new PersonDetails([Name("Zarghuna", NameComponentKind.Given)]),
            "prs",
            true,
            "Asked relatives in two cities and the boatman's cousin."));

    public static RecordSoughtPersonBody SoughtPerson { get; } = new(
        FamilyRelation.Son,
        new SoughtPersonCircumstances(IsMinor: true, IsAlone: true),
        new PersonDetails([Name("رحیم‌الله", NameComponentKind.Given)], FatherName: Name("نظر محمد", NameComponentKind.Given)));

    public static RecordLossOfContactBody LossOfContact { get; } = new(
        BreakOfContact.Migration,
        Country("TR"),
        new LossOfContact(Date("2026-09"), PlaceOf("Near the coast, after the bus station"), "Separated at night when the group was chased."));

    public static AssessSecurityBody SecurityAssessment { get; } = new(
        new SecurityAssessment(false, false, [SearchMeans.OwnLists, SearchMeans.FieldVisit, SearchMeans.PartnerSociety, SearchMeans.AuthorityInquiry]));

    public static GiveConsentBody Consent { get; } = new(
        Mother, ConsentPurpose.TransferToPartner, ConsentForm.Written, "prs", true, new DateOnly(2026, 11, 17), "TR");

    public static ReceiveInterviewDocumentBody InterviewDocument { get; } = new(
        new DateOnly(2026, 11, 17),
        "prs",
        true,
        Enquirer,
        [new InterviewedSoughtPerson(Son, SoughtPerson.Relation, SoughtPerson.Circumstances, SoughtPerson.Details, LossOfContact)],
        SecurityAssessment,
        [new InterviewedConsent(new Guid("5b8d3c52-6f6e-4d0b-9a39-0b9a5f4d1c03"), Consent)]);

    public static PlanSearchActionBody SearchAction { get; } = new(
        Son, SearchMeans.FieldVisit, "Ask at the distribution points on Tuesday.", new DateOnly(2026, 11, 24));

    public static SendAuthorityInquiryBody Inquiry { get; } = new(
        Son, "child-welfare-nord", new DateOnly(2026, 11, 18), "Is a boy of this name in one of your homes?");

    public static ReceiveLeadBody Lead { get; } = new(Son, Provenance.Community, "A barber saw a boy like him in October.");

    public static MoveDeadlineBody MovedDeadline { get; } = new(
        new DeadlineKey(DeadlineKind.NewsToEnquirer, "", new DateTimeOffset(2026, 11, 18, 9, 0, 0, TimeSpan.Zero), 1),
        new DateTimeOffset(2027, 1, 15, 9, 0, 0, TimeSpan.Zero),
        "She asked to be called before her hearing.");

    private static PersonName Name(string text, NameComponentKind kind) => PersonName.Of(new NameComponent(kind, text));

    private static CountryCode Country(string code) => new(code);

    private static UncertainDate Date(string edtf) => UncertainDate.Parse(edtf);

    private static Place PlaceOf(string text) => new(text);
}
