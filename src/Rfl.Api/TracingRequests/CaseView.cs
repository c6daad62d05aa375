using Rfl.Domain.Common;
using Rfl.Domain.Consents;
using Rfl.Domain.Deadlines;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.People;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

/// <summary>A request as those who work on it see it. It is made from the request's stream alone, so nothing of a sealed decision can be in it.</summary>
/// <param name="UnreadableRecords">Versions of records that are damaged, or cannot be understood without a damaged one. Nothing can be decided on such a case.</param>
public sealed record CaseView(
    TracingRequestId Id,
    string Reference,
    Stage Stage,
    ClosureOutcome? Outcome,
    Priority? Priority,
    PriorityReason? PriorityReason,
    string Region,
    string? Society,
    Guid? Caseworker,
    DateTimeOffset? SubmittedAt,
    DateTimeOffset? AcceptedAt,
    DateTimeOffset LastActivityAt,
    DateTimeOffset? LastNewsAt,
    EnquirerView? Enquirer,
    ValueList<SoughtPersonView> SoughtPersons,
    SecurityView? Security,
    ValueList<ConsentView> Consents,
    ValueList<InformationRequestView> InformationRequests,
    ValueList<SearchActionView> SearchActions,
    ValueList<InquiryView> AuthorityInquiries,
    ValueList<LeadView> Leads,
    ValueList<NewsView> News,
    ValueList<LinkView> Links,
    ValueList<DeadlineView> Deadlines,
    ValueList<long> UnreadableRecords);

/// <param name="IsUnreadable">The person was not erased, but the record is damaged or its key is not at hand.</param>
/// <param name="Details">Absent when the person was erased, or cannot be read.</param>
public sealed record EnquirerView(PersonId Id, CountryCode CountryOfStay, bool IsMinor, bool IsErased, bool IsUnreadable, EnquirerDetails? Details);

public sealed record SoughtPersonView(
    PersonId Id,
    FamilyRelation Relation,
    SoughtPersonCircumstances Circumstances,
    SearchState Search,
    bool IsErased,
    bool IsUnreadable,
    PersonDetails? Details,
    LossView? LossOfContact,
    ReleaseView? Released);

public sealed record LossView(BreakOfContact Cause, CountryCode? Country, LossOfContact? Account);

/// <summary>What the found person, or a supervisor's sign-off, allowed to be told.</summary>
public sealed record ReleaseView(DisclosedExtent? Extent, string? Coordinates, DeathNews? Death, string? ConfirmingAuthority);

public sealed record SecurityView(SecurityAssessment Assessment, string? Explanation);

public sealed record ConsentView(Consent Consent, bool Holds, DateOnly? WithdrawnOn);

public sealed record InformationRequestView(Guid Id, string? Question, DateTimeOffset AskedAt, string? Answer);

public sealed record SearchActionView(
    Guid Id, PersonId SoughtPerson, SearchMeans Means, DateOnly? PlannedFor, string? Plan, DateOnly? CarriedOutOn, SearchResult? Result, string? Account);

public sealed record InquiryView(
    Guid Id, PersonId SoughtPerson, string? Authority, DateOnly SentOn, string? Question, DateOnly? AnsweredOn, InquiryResult? Result, string? Answer, RecallReason? Recalled);

public sealed record LeadView(Guid Id, PersonId SoughtPerson, Provenance Provenance, string? Content);

public sealed record NewsView(Guid Id, NewsKind Kind, PersonId? SoughtPerson, ContactChannel Channel, DateOnly InformedOn, string? Note);

public sealed record LinkView(TracingRequestId Other, LinkReason Reason);

/// <param name="PassedAt">When it was noticed that the deadline had passed; absent while it is still ahead.</param>
public sealed record DeadlineView(DeadlineKey Key, DateTimeOffset DueAt, DateTimeOffset? PassedAt);
