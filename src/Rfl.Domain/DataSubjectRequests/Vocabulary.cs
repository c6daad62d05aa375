using System.Text.Json.Serialization;
using Rfl.Domain.Common;

namespace Rfl.Domain.DataSubjectRequests;

[JsonConverter(typeof(IdJsonConverter<DataSubjectRequestId>))]
public readonly record struct DataSubjectRequestId(Guid Value) : IId<DataSubjectRequestId>
{
    public static DataSubjectRequestId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>The rights of handbook §8.3 (articles 15 to 18 and 21 of the General Data Protection Regulation).</summary>
public enum DataSubjectRight
{
    Access,
    Rectification,
    Erasure,
    Restriction,
    Objection,
}

/// <summary>Who asks. What the answer may hold depends on it.</summary>
public enum Requester
{
    /// <summary>The person whose data it is.</summary>
    Self,

    /// <summary>Parent, guardian or <em>administrateur ad hoc</em> of a minor, or a person with a written mandate.</summary>
    LegalRepresentative,

    /// <summary>The enquirer, about what they told of the people whom they seek.</summary>
    Enquirer,
}

/// <summary>How it was made sure that who asks is who they say.</summary>
public enum IdentityProof
{
    IdentityDocument,
    KnownToStaff,

    /// <summary>Questions that only the person could answer: most people on the move have no documents.</summary>
    AnsweredQuestions,

    /// <summary>Asked through their own account.</summary>
    OwnAccount,

    /// <summary>A mandate, a court's decision or a birth certificate shows that they may ask for the person.</summary>
    ProofOfRepresentation,
}

/// <summary>The two grounds on which the law lets the deadline be extended.</summary>
public enum ExtensionReason
{
    Complexity,
    NumberOfRequests,
}

public enum DataSubjectAnswer
{
    Granted,

    /// <summary>As far as nobody else's rights stand against it.</summary>
    PartlyGranted,
    NothingHeld,
}

public enum RequestRefusalReason
{
    IdentityNotVerified,
    NotEntitledToAsk,
    ManifestlyUnfounded,
    Excessive,

    /// <summary>What is asked would take from another person what is theirs: a search for a relative above all.</summary>
    RightsOfOthers,
    LegalHold,
    VitalInterest,
    LegalObligation,
}

/// <summary>What was asked, in the words of who asks.</summary>
/// <param name="Requester">Name of who asks, where it is not the person.</param>
/// <param name="Contact">Where the answer is to go.</param>
public sealed record RequestAccount(string Words, string? Requester = null, string? Contact = null)
{
    public override string ToString() => "personal";
}
