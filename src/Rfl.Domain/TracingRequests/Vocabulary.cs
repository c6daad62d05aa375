using System.Text.Json.Serialization;
using Rfl.Domain.Common;
using Rfl.Domain.People;

namespace Rfl.Domain.TracingRequests;

[JsonConverter(typeof(IdJsonConverter<TracingRequestId>))]
public readonly record struct TracingRequestId(Guid Value) : IId<TracingRequestId>
{
    public static TracingRequestId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>What the enquirer told about themselves. Only the members without a default may be demanded (handbook §3).</summary>
/// <param name="SafeToCall">Whether a call could put the enquirer at risk; null where nobody asked.</param>
/// <param name="OwnAttempts">What the enquirer did to find the person.</param>
/// <param name="NextPlaceOfStay">Where the enquirer will probably be next: people in camps move.</param>
public sealed record EnquirerDetails(
    PersonDetails Person,
    string Language,
    bool InterpreterNeeded,
    string OwnAttempts,
    ValueList<ContactPoint> Contacts = default,
    bool? SafeToCall = null,
    string? NextPlaceOfStay = null,
    LegalRepresentative? LegalRepresentative = null) : ISheet
{
    public ISheet NameOthers(NamingPerson naming) => this with
    {
        Person = Person.NameOthers("person.", naming),
        Contacts = Contacts.NameOthers("contacts", naming),
        LegalRepresentative = LegalRepresentative?.NameOthers("legalRepresentative.", naming),
    };

    public override string ToString() => "personal";
}

/// <summary>Who acts for a minor (administrateur ad hoc, parent, guardian).</summary>
/// <param name="Person">Names the representative from now on.</param>
public sealed record LegalRepresentative(PersonName Name, string Capacity, ValueList<ContactPoint> Contacts = default, PersonId? Person = null)
    : IAboutAnother<LegalRepresentative>
{
    /// <summary>Whether the representative was erased.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsErased { get; init; }

    /// <summary>Whether what is known of the representative is damaged, or its key not at hand.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsUnreadable { get; init; }

    bool IAboutAnother.IsAboutAnother => true;

    PersonId? IAboutAnother.Subject => Person;

    public static LegalRepresentative Erased(PersonId person) => new(new PersonName([]), "", Person: person) { IsErased = true };

    public static LegalRepresentative Unreadable(PersonId person) => new(new PersonName([]), "", Person: person) { IsUnreadable = true };

    bool IAboutAnother.IsSamePersonAs(IAboutAnother other) => other is LegalRepresentative representative && representative.Name == Name;

    internal LegalRepresentative NameOthers(string below, NamingPerson naming) =>
        this with { Person = naming($"{below}person", this), Contacts = Contacts.NameOthers($"{below}contacts", naming) };

    public override string ToString() => "personal";
}

/// <summary>What decides the priority (rule 6). Kept in clear: it orders the work and tells nothing of who the person is.</summary>
public sealed record SoughtPersonCircumstances(
    bool IsMinor = false,
    bool IsAlone = false,
    bool InDetention = false,
    bool MedicalRisk = false,
    bool TraffickingRisk = false,
    bool ElderlyOrDependent = false);

/// <summary>How contact was lost, as told. Dates are uncertain (EDTF).</summary>
public sealed record LossOfContact(
    UncertainDate When,
    Place Where,
    string Circumstances,
    string? LastNews = null,
    string? LastAddress = null,
    ValueList<RouteLeg> Route = default,
    ValueList<ContactPoint> LastContacts = default) : ISheet
{
    public ISheet NameOthers(NamingPerson naming) => this with { LastContacts = LastContacts.NameOthers("lastContacts", naming) };

    public override string ToString() => "personal";
}

/// <summary>One leg of the way: from where, to where, when, by what, with whom.</summary>
public sealed record RouteLeg(string From, string To, UncertainDate? When = null, string? Means = null, string? Companions = null)
{
    public override string ToString() => "personal";
}

/// <summary>Why the link broke (rule 1). Anything else is not ours to search.</summary>
public enum BreakOfContact
{
    Conflict,
    Disaster,
    Migration,
    OtherHumanitarianSituation,
}

/// <summary>The answers without which nothing is submitted (rule 4, rule 17).</summary>
/// <param name="AllowedMeans">Means of search that put nobody at risk; everything else is forbidden.</param>
/// <param name="DoNotSearch">Beats every workflow: nothing is done outside the house.</param>
/// <param name="DoNotContactThrough">Channels that must never be used to reach the enquirer.</param>
public sealed record SecurityAssessment(
    bool RiskToSoughtPerson,
    bool RiskToEnquirer,
    ValueList<SearchMeans> AllowedMeans,
    bool DoNotSearch = false,
    ValueList<ContactChannel> DoNotContactThrough = default);

public enum SearchMeans
{
    OwnLists,
    OfficialRegister,
    AuthorityInquiry,
    FieldVisit,
    Hospital,
    Detention,
    SocialMedia,
    Community,
    PartnerSociety,
    TraceTheFace,
    Morgue,
}

/// <summary>Who stands behind a fact (rule 10).</summary>
public enum Provenance
{
    Enquirer,
    Authority,
    Partner,
    SoughtPerson,
    OwnStaff,
    Community,
}

public enum SearchResult
{
    NothingFound,
    Inconclusive,
    Lead,
    NotPossible,
}

public enum AuthorityKind
{
    Other,
    CivilRegistry,
    ChildWelfare,
    Health,
    Detention,
    Forensic,
    SearchAndRescue,

    /// <summary>Immigration or asylum: asked only where the person asks for it, by a consent that names this authority (rule 16).</summary>
    MigrationOrAsylum,
}

public enum InquiryResult
{
    Unknown,
    Partial,
    Lead,
    RefusedToAnswer,
}

public enum DeclineReason
{
    Genealogy,
    AdoptionOrigins,
    Inheritance,
    PoliceMatter,
    ReunionOfFriends,
    NoFamilyLink,
    NoHumanitarianBreak,
    OwnAttemptsNotExhausted,
    Other,
}

/// <summary>Rule 6, most urgent first.</summary>
public enum Priority
{
    ChildAlone = 1,
    AtRisk = 2,
    Dependent = 3,
    RecentLoss = 4,
    Standard = 5,
}

public enum PriorityReason
{
    ChildAlone,
    Detention,
    MedicalRisk,
    TraffickingRisk,
    ElderlyOrDependent,
    RecentLossAtSeaOrOnTheRoute,
    Standard,

    /// <summary>Set by a member of staff against the rule's proposal.</summary>
    Judgement,
}

public enum LinkReason
{
    SameSoughtPerson,
    SameFamily,
    SameEvent,
}

public enum DisclosedExtent
{
    /// <summary>Coordinates may be passed on.</summary>
    Coordinates,

    /// <summary>Only that the person is alive.</summary>
    AliveOnly,
}

/// <summary>What may be told of a death (rule 13): that it happened and where the grave is.</summary>
public sealed record DeathNews(UncertainDate? DiedOn, string? BurialPlace)
{
    public override string ToString() => "personal";
}

public enum NewsKind
{
    /// <summary>We have nothing new, and we have not forgotten you.</summary>
    NoNews,
    Accepted,
    Declined,
    Progress,
    Located,
    AliveOnly,
    Death,
    Closed,
}

public enum ContactChannel
{
    InPerson,
    Phone,
    Sms,
    Email,
    Post,
    MessagingApp,
    Portal,
    ThirdPerson,
    PartnerSociety,
}

public enum SuspensionReason
{
    EnquirerUnreachable,
    Security,
}

public enum ClosureOutcome
{
    ContactRestored,
    AliveNewsOnly,
    NoDisclosure,
    Detained,
    Deceased,
    PartialAnswer,
    FoundByFamily,
    UnableToSearch,
    InsufficientData,
    Duplicate,
    Withdrawn,
    Transferred,
}

public enum ReopeningReason
{
    NewInformation,
    EnquirerReachable,
    SecurityRestored,
    EnquirerAsked,
    Review,
    Mistake,
}
