using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;
using Rfl.Domain.People;
using Rfl.Domain.TracingRequests;

namespace Rfl.Domain.Policies;

/// <summary>A length of time as a Society states it.</summary>
/// <param name="Count">1 to 1,000.</param>
public sealed record Period(int Count, PeriodUnit Unit)
{
    public const int Longest = 1_000;
}

public enum PeriodUnit
{
    WorkingDays,
    Days,
    Months,

    /// <summary>As the clock runs, nights and holidays included.</summary>
    Hours,
}

/// <summary>When the reminders of one kind of deadline fall, counted from its trigger.</summary>
/// <param name="Steps">First, second … reminder.</param>
/// <param name="Repeats">Whether the last step goes on repeating for as long as nothing happens.</param>
public sealed record DeadlineRule(ValueList<Period> Steps, bool Repeats = false);

/// <summary>For whom a rule holds; every member that is given must fit. Partner weighs more than country, country more than urgency.</summary>
public sealed record PolicyScope(string? Partner = null, string? Country = null, bool? Urgent = null)
{
    public static PolicyScope Everywhere { get; } = new();

    internal int Weight => (Partner is null ? 0 : 4) + (Country is null ? 0 : 2) + (Urgent is null ? 0 : 1);

    internal bool Fits(DeadlineScope scope) =>
        (Partner is null || string.Equals(Partner, scope.Partner, StringComparison.OrdinalIgnoreCase))
        && (Country is null || string.Equals(Country, scope.Country, StringComparison.OrdinalIgnoreCase))
        && (Urgent is null || Urgent == scope.Urgent);
}

/// <summary>What a Society forbids or demands for searches in one country (rule 3).</summary>
/// <param name="WomenMayNotBeSought">The nearest male relative is sought instead and the woman named among the companions.</param>
/// <param name="ForbiddenMeans">Means of search that would put people at risk there.</param>
/// <param name="WithheldFields">What is never sent to a society working there.</param>
public sealed record CountryRule(
    CountryCode Country,
    bool WomenMayNotBeSought = false,
    ValueList<SearchMeans> ForbiddenMeans = default,
    ValueList<TransferField> WithheldFields = default);

/// <summary>A partner of the Family Links Network.</summary>
/// <param name="Code">Short and stable, for example <c>DE</c> or <c>ICRC</c>.</param>
/// <param name="Country">Where it works; null for the ICRC.</param>
public sealed record PartnerSociety(string Code, string Name, CountryCode? Country = null, bool IsCentralTracingAgency = false);

/// <summary>Ages in completed years, as the Society and its law have them.</summary>
/// <param name="AskingAlone">From this age on a minor may ask without a legal representative; the age of majority unless a Society sets another (handbook §3).</param>
public sealed record AgePolicy(int Majority = 18, int AskingAlone = 18);

/// <summary>How access to personal data is watched (handbook §8.4): what a viewer may do in one hour before the data-protection officer is told.</summary>
/// <param name="BreakGlassHours">How long a case that is not one's own stays open; 1 to 72.</param>
/// <param name="PersonsOpenedPerHour">Different persons whose records one viewer opened.</param>
/// <param name="PersonsListedPerHour">Different persons on lists and among search results.</param>
/// <param name="RefusalsPerHour">Reads that were refused.</param>
public sealed record WatchPolicy(int BreakGlassHours = 8, int PersonsOpenedPerHour = 60, int PersonsListedPerHour = 1_000, int RefusalsPerHour = 15);

/// <summary>What is kept for a time after its end (handbook §8.6). Open and dormant requests are no such thing: they stay.</summary>
public enum RetentionKind
{
    DeclinedRequest,
    ClosedRequest,
    WithdrawnRequest,

    /// <summary>A registration that was withdrawn or whose consent has run out.</summary>
    LapsedRegistration,

    /// <summary>The person whom a partner asked for.</summary>
    AnsweredBlindQuery,

    /// <summary>What was answered to a request with an Idempotency-Key.</summary>
    IdempotencyRecord,

    /// <summary>The log of jobs, and mail that was sent.</summary>
    JobRecord,
}

public static class RetentionKinds
{
    /// <summary>Records with people, who are asked about before they go. The others are rows that their own jobs forget.</summary>
    public static bool HoldsPersons(this RetentionKind kind) => kind is not (RetentionKind.IdempotencyRecord or RetentionKind.JobRecord);

    public static bool IsRequest(this RetentionKind kind) =>
        kind is RetentionKind.DeclinedRequest or RetentionKind.ClosedRequest or RetentionKind.WithdrawnRequest;
}

/// <param name="Keeps">How long after the end; in days or months.</param>
/// <param name="Automatic">Whether it goes without the data-protection officer's approval.</param>
public sealed record RetentionRule(Period Keeps, bool Automatic = false);

/// <summary>The parts of a file that can leave the house, each allowed or withheld on its own (handbook §8.5).</summary>
public enum TransferField
{
    EnquirerName,
    EnquirerContacts,
    EnquirerCountryOfStay,
    Relation,
    SoughtPersonNames,
    SoughtPersonParents,
    SoughtPersonBirth,
    SoughtPersonSex,
    SoughtPersonNationality,
    SoughtPersonProfession,
    SoughtPersonMarks,
    SoughtPersonHealth,
    SoughtPersonRelatives,
    LossOfContact,
    LastAddress,
    Route,

    // What leaves otherwise than as a part of a transmission.

    /// <summary>Words of ours about a sought person: further details to a partner, an inquiry.</summary>
    Message,

    /// <summary>What we ask the enquirer.</summary>
    Question,
    EnquirerPhoto,

    /// <summary>Where the found person can be reached.</summary>
    Coordinates,

    /// <summary>That the found person is alive.</summary>
    AliveNews,
    DeathNews,

    /// <summary>That there is a candidate here for somebody, without saying whom.</summary>
    CandidateExists,
    CaseReference,
}
