namespace Rfl.Domain.Access;

/// <summary>
/// Why somebody may see a record (handbook §8.4, §9): written into the read log with every read, so that whoever checks it later can ask whether the ground was
/// a good one. Stored by name. Where several hold, the closest to the work counts: that order is the order below.
/// </summary>
public enum ReadGround
{
    /// <summary>The service itself, when a job acts.</summary>
    Service,

    /// <summary>The caseworker's own case.</summary>
    Assignment,

    /// <summary>The volunteer's own interview, or reference and stage of what they submitted.</summary>
    OwnInterview,

    /// <summary>A case or registration of the focal point's region.</summary>
    Region,

    /// <summary>It concerns a minor.</summary>
    ChildProtection,

    /// <summary>Nobody has the case yet, and any caseworker may take it.</summary>
    Unassigned,

    /// <summary>The own lists serve the search: headquarters sees all registered persons.</summary>
    OwnLists,

    Supervision,

    /// <summary>A partner's own request, or a search that it was asked to make.</summary>
    PartnerScope,

    /// <summary>An enquirer's own request.</summary>
    OwnRequest,

    /// <summary>Inside the disclosure circle. Such reads stand in a log of their own (rule 12).</summary>
    DisclosureCircle,

    /// <summary>The data-protection officer, checking who looked.</summary>
    DataProtection,

    /// <summary>Beyond one's cases, for a stated reason and a short time.</summary>
    BreakGlass,

    /// <summary>Whoever keeps accounts saw whose request an enquirer's account follows.</summary>
    Administration,

    /// <summary>Whoever took down what a person asked about their own data, and reads it again.</summary>
    Recorder,
}
