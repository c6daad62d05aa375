using System.Text.Json.Serialization;
using Rfl.Domain.Common;
using Rfl.Domain.People;

namespace Rfl.Domain.Disclosures;

/// <summary>What was found, and what the found person wants told. One for each sought person of a request; its id follows from both and from a secret of the installation.</summary>
[JsonConverter(typeof(IdJsonConverter<DisclosureId>))]
public readonly record struct DisclosureId(Guid Value) : IId<DisclosureId>
{
    public static DisclosureId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public enum FindingKind
{
    Located,

    /// <summary>Only with the authority that confirms it: not traced is not dead, and the Movement certifies no death (rules 9, 13).</summary>
    Deceased,
}

public enum FindingSource
{
    OwnSearch,
    Authority,
    Partner,
    ConfirmedMatch,
    FoundPerson,
}

/// <summary>What is known of the found person's whereabouts or of the death.</summary>
/// <param name="Burial">For a death: the burial place, if known.</param>
public sealed record FindingAccount(
    string Account,
    string? Whereabouts = null,
    ValueList<ContactPoint> Contacts = default,
    UncertainDate? DiedOn = null,
    string? Burial = null)
{
    public override string ToString() => "personal";
}

/// <summary>The found person's decision (rule 11), from the widest to the narrowest.</summary>
public enum DisclosureChoice
{
    Coordinates,
    AliveOnly,
    Nothing,
}
