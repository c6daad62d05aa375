using System.Collections.Immutable;
using Rfl.Domain.Common;
using Rfl.Domain.Consents;
using Rfl.Domain.Deadlines;
using Rfl.Domain.People;
using Rfl.Domain.Transfers;

namespace Rfl.Domain.TracingRequests;

/// <summary>What decisions about a request need to remember, whatever its state.</summary>
public sealed record CaseFile
{
    public required string Reference { get; init; }

    public required string Region { get; init; }

    /// <summary>The account that took the interview; null for a request received from a partner.</summary>
    public Guid? TakenBy { get; init; }

    /// <summary>The partner society that sent the request; null for our own.</summary>
    public string? Society { get; init; }

    /// <summary>The day of the interview, or of a partner's request.</summary>
    public DateOnly? BegunOn { get; init; }

    public string? Fingerprint { get; init; }

    public EnquirerRegistered? Enquirer { get; init; }

    public ImmutableList<SoughtPersonFile> SoughtPersons { get; init; } = [];

    public SecurityAssessmentRecorded? Security { get; init; }

    public ImmutableList<ConsentFile> Consents { get; init; } = [];

    /// <summary>What the people of this request forbade us to pass on; beats every consent.</summary>
    public ImmutableList<TransferRestriction> Restrictions { get; init; } = [];

    public ImmutableDictionary<Guid, InformationRequestFile> InformationRequests { get; init; } = ImmutableDictionary<Guid, InformationRequestFile>.Empty;

    public ImmutableDictionary<Guid, SearchActionFile> SearchActions { get; init; } = ImmutableDictionary<Guid, SearchActionFile>.Empty;

    public ImmutableDictionary<Guid, InquiryFile> Inquiries { get; init; } = ImmutableDictionary<Guid, InquiryFile>.Empty;

    public ImmutableDictionary<Guid, LeadReceived> Leads { get; init; } = ImmutableDictionary<Guid, LeadReceived>.Empty;

    public ImmutableDictionary<Guid, EnquirerInformed> News { get; init; } = ImmutableDictionary<Guid, EnquirerInformed>.Empty;

    /// <summary>Attempts to reach the enquirer since they were last reached.</summary>
    public ImmutableList<UnreachableAttempt> UnreachableAttempts { get; init; } = [];

    /// <summary>Every attempt ever recorded, so that a repeated one is known also after the enquirer was reached.</summary>
    public ImmutableDictionary<Guid, EnquirerUnreachableRecorded> KnownAttempts { get; init; } = ImmutableDictionary<Guid, EnquirerUnreachableRecorded>.Empty;

    public ImmutableDictionary<TracingRequestId, LinkReason> Links { get; init; } = ImmutableDictionary<TracingRequestId, LinkReason>.Empty;

    public PriorityAssigned? Priority { get; init; }

    public Guid? Caseworker { get; init; }

    public DateTimeOffset? SubmittedAt { get; init; }

    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>When it was declined, closed or withdrawn; null while it lives.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public DateTimeOffset LastActivityAt { get; init; }

    public DateTimeOffset? LastLeadAt { get; init; }

    public DateTimeOffset? LastNewsAt { get; init; }

    /// <summary>Since when something has happened that the enquirer does not know yet.</summary>
    public DateTimeOffset? UntoldSince { get; init; }

    public ImmutableDictionary<DeadlineKey, PassedDeadline> PassedDeadlines { get; init; } = ImmutableDictionary<DeadlineKey, PassedDeadline>.Empty;

    public ImmutableDictionary<DeadlineKey, DateTimeOffset> MovedDeadlines { get; init; } = ImmutableDictionary<DeadlineKey, DateTimeOffset>.Empty;

    public bool ConcernsMinor => Enquirer?.IsMinor == true || SoughtPersons.Any(person => person.Circumstances.IsMinor);

    /// <summary>Urgent by rule 6: a child alone, or a person at risk.</summary>
    public bool IsUrgent => (Priority?.Priority ?? PriorityRule.Propose(this).Priority) is TracingRequests.Priority.ChildAlone or TracingRequests.Priority.AtRisk;

    public SoughtPersonFile? Find(PersonId soughtPerson) => SoughtPersons.Find(person => person.Id == soughtPerson);

    /// <summary>What is told of the people of this request as it stands, as far as it can be read.</summary>
    public IEnumerable<(PersonId Described, ISheet Sheet)> Sheets()
    {
        if (Enquirer is { Details.Value: { } enquirer })
            yield return (Enquirer.Enquirer, enquirer);
        foreach (var sought in SoughtPersons)
        {
            if (sought.Details.Value is { } details)
                yield return (sought.Id, details);
            if (sought.Loss?.Account.Value is { } loss)
                yield return (sought.Id, loss);
        }
    }

    /// <summary>Whether somebody's sheet names this person as a relative, contact person or legal representative.</summary>
    public bool Names(PersonId person) => Sheets().Any(told => told.Sheet.Names(person));

    /// <summary>Whether a sheet gives the id of one of the people of this request to somebody beside the person it describes.</summary>
    internal bool DescribesAnyOn(ISheet? sheet) =>
        sheet is not null && sheet.Others().Any(part => part.Subject is { } person && (Enquirer?.Enquirer == person || Find(person) is not null));

    internal static CaseFile Begin(TracingInterviewStarted started) => new()
    {
        Reference = started.Reference,
        Region = started.Region,
        TakenBy = started.TakenBy,
        BegunOn = started.InterviewedOn,
    };

    internal static CaseFile Begin(IncomingTracingRequestReceived received) => new()
    {
        Reference = received.Reference,
        Region = received.Region,
        Society = received.Society,
        BegunOn = received.ReceivedOn,
    };

    internal CaseFile AcceptedOn(DateTimeOffset at) => this with { AcceptedAt = at, LastActivityAt = at, LastLeadAt = at, UntoldSince = at };

    internal CaseFile ReopenedOn(DateTimeOffset at) => this with { EndedAt = null, LastActivityAt = at, LastLeadAt = at, UnreachableAttempts = [] };

    internal CaseFile Ended(DateTimeOffset at) => this with { EndedAt = at, LastActivityAt = at, UntoldSince = at };

    /// <summary>Notes a fact that does not change the state.</summary>
    internal CaseFile Record(ITracingRequestEvent happened, DateTimeOffset at) => happened switch
    {
        DeadlinePassed passed => this with { PassedDeadlines = PassedDeadlines.SetItem(passed.Deadline, new PassedDeadline(passed.Deadline, passed.DueAt, at)) },
        DeadlineMoved moved => this with { MovedDeadlines = MovedDeadlines.SetItem(moved.Deadline, moved.DueAt) },
        // A fact may be recorded days after it happened: activity never goes back.
        _ => Note(happened, at) with { LastActivityAt = at > LastActivityAt ? at : LastActivityAt },
    };

    private CaseFile Note(ITracingRequestEvent happened, DateTimeOffset at) => happened switch
    {
        InterviewDocumentReceived received => this with { Fingerprint = received.Fingerprint },
        EnquirerRegistered registered => this with { Enquirer = registered },
        SoughtPersonAdded added => this with { SoughtPersons = SoughtPersons.Add(SoughtPersonFile.Of(added)) },
        SoughtPersonDetailsCorrected corrected => With(corrected.SoughtPerson, person => person.Correct(corrected)),
        LossOfContactRecorded recorded => With(recorded.SoughtPerson, person => person with { Loss = recorded }),
        SecurityAssessmentRecorded recorded => this with { Security = recorded },
        ConsentGiven given => this with { Consents = Consents.Add(new ConsentFile(given.Consent, at) { Evidence = given.Evidence, Interpreter = given.Interpreter }) },
        ConsentWithdrawn withdrawn => With(withdrawn.ConsentId, consent => consent with { WithdrawnOn = withdrawn.WithdrawnOn }),
        ConsentReviewed reviewed => With(reviewed.ConsentId, consent => consent with { ReviewedAt = at, ReviewedOn = reviewed.ReviewedOn }),
        PriorityAssigned assigned => this with { Priority = assigned },
        CaseAssigned assigned => this with { Caseworker = assigned.CaseworkerId },
        InformationRequested asked => this with
        {
            InformationRequests = InformationRequests.Add(asked.InformationRequestId, new InformationRequestFile(asked, at)),
        },
        InformationProvided provided => this with
        {
            InformationRequests = InformationRequests.SetItem(
                provided.InformationRequestId, InformationRequests[provided.InformationRequestId] with { Answer = provided }),
        },
        TracingRequestsLinked linked => this with { Links = Links.SetItem(linked.Other, linked.Reason) },
        TracingRequestsUnlinked unlinked => this with { Links = Links.Remove(unlinked.Other) },
        SearchActionPlanned planned => this with
        {
            SearchActions = SearchActions.Add(planned.SearchActionId, new SearchActionFile(planned)),
            SoughtPersons = Searched(planned.SoughtPerson),
        },
        SearchActionCarriedOut done => this with
        {
            SearchActions = SearchActions.SetItem(done.SearchActionId, SearchActions[done.SearchActionId] with { Done = done }),
        },
        AuthorityInquirySent sent => this with
        {
            Inquiries = Inquiries.Add(sent.InquiryId, new InquiryFile(sent, at)),
            SoughtPersons = Searched(sent.SoughtPerson),
        },
        AuthorityInquiryAnswered answered => this with
        {
            Inquiries = Inquiries.SetItem(answered.InquiryId, Inquiries[answered.InquiryId] with { Answer = answered }),
        },
        AuthorityInquiryRecalled recalled => this with
        {
            Inquiries = Inquiries.SetItem(recalled.InquiryId, Inquiries[recalled.InquiryId] with { Recalled = recalled }),
        },
        LeadReceived lead => this with { Leads = Leads.Add(lead.LeadId, lead), LastLeadAt = at },
        SoughtPersonLocated located =>
            With(located.SoughtPerson, person => person with { Search = SearchState.Located, Released = located, Fate = null }).Untold(at),
        FateEstablished fate =>
            With(fate.SoughtPerson, person => person with { Search = SearchState.FateEstablished, Released = null, Fate = fate }).Untold(at),
        DisclosureRetracted retracted => With(
            retracted.SoughtPerson, person => person with { Search = SearchState.Searching, Released = null, Fate = null }),
        EnquirerInformed informed => this with
        {
            News = News.Add(informed.NewsId, informed),
            LastNewsAt = at,
            UntoldSince = null,
            UnreachableAttempts = [],
        },
        EnquirerUnreachableRecorded attempt => this with
        {
            UnreachableAttempts = UnreachableAttempts.Add(new UnreachableAttempt(attempt, at)),
            KnownAttempts = KnownAttempts.SetItem(attempt.AttemptId, attempt),
        },
        _ => throw new InvalidOperationException($"A case file does not know the event {happened.GetType().Name}."),
    };

    private CaseFile Untold(DateTimeOffset at) => this with { UntoldSince = UntoldSince ?? at };

    private ImmutableList<SoughtPersonFile> Searched(PersonId soughtPerson) => SoughtPersons.ConvertAll(person =>
        person.Id == soughtPerson && person.Search == SearchState.NotStarted ? person with { Search = SearchState.Searching } : person);

    private CaseFile With(PersonId soughtPerson, Func<SoughtPersonFile, SoughtPersonFile> change) => this with
    {
        SoughtPersons = Find(soughtPerson) is { } person
            ? SoughtPersons.Replace(person, change(person))
            : throw new InvalidOperationException($"The request does not seek the person {soughtPerson}."),
    };

    private CaseFile With(Guid consentId, Func<ConsentFile, ConsentFile> change) => this with
    {
        Consents = Consents.Find(known => known.Consent.ConsentId == consentId) is { } consent
            ? Consents.Replace(consent, change(consent))
            : throw new InvalidOperationException($"The request has no consent {consentId}."),
    };
}

/// <summary>One of the people sought in a request; each has a search of their own.</summary>
/// <param name="DetailsForOthers">
/// The details as last told by anybody but an authority: what an authority told leaves to nobody before the sought person consents (rule 10).
/// </param>
public sealed record SoughtPersonFile(
    PersonId Id,
    FamilyRelation Relation,
    SoughtPersonCircumstances Circumstances,
    DateOnly? TurnsEighteenIn,
    Personal<PersonDetails> Details,
    Personal<PersonDetails>? DetailsForOthers,
    SearchState Search = SearchState.NotStarted,
    LossOfContactRecorded? Loss = null,
    SoughtPersonLocated? Released = null,
    FateEstablished? Fate = null)
{
    internal static SoughtPersonFile Of(SoughtPersonAdded added) =>
        new(
            added.SoughtPerson,
            added.Relation,
            added.Circumstances,
            added.TurnsEighteenIn,
            added.Details,
            added.Provenance == Provenance.Authority ? null : added.Details);

    internal SoughtPersonFile Correct(SoughtPersonDetailsCorrected corrected) => this with
    {
        Relation = corrected.Relation,
        Circumstances = corrected.Circumstances,
        TurnsEighteenIn = corrected.TurnsEighteenIn,
        Details = corrected.Details,
        DetailsForOthers = corrected.Provenance == Provenance.Authority ? DetailsForOthers : corrected.Details,
    };
}

public enum SearchState
{
    NotStarted,
    Searching,
    Located,
    FateEstablished,
}

public sealed record ConsentFile(
    Consent Consent, DateTimeOffset RecordedAt, DateOnly? WithdrawnOn = null, DateTimeOffset? ReviewedAt = null, DateOnly? ReviewedOn = null)
{
    public Personal<string>? Evidence { get; init; }

    public Personal<string>? Interpreter { get; init; }

    public bool HoldsOn(DateOnly day) => WithdrawnOn is null && Consent.HoldsOn(day);
}

public sealed record InformationRequestFile(InformationRequested Question, DateTimeOffset AskedAt, InformationProvided? Answer = null);

public sealed record SearchActionFile(SearchActionPlanned Plan, SearchActionCarriedOut? Done = null);

public sealed record InquiryFile(
    AuthorityInquirySent Sent, DateTimeOffset SentAt, AuthorityInquiryAnswered? Answer = null, AuthorityInquiryRecalled? Recalled = null)
{
    public bool IsWaiting => Answer is null && Recalled is null;
}

public sealed record UnreachableAttempt(EnquirerUnreachableRecorded Attempt, DateTimeOffset At);
