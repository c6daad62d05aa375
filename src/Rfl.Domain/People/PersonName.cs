using Rfl.Domain.Common;

namespace Rfl.Domain.People;

/// <summary>
/// A name as its bearer's culture builds it: any number of components in the order given, none of them mandatory but one (handbook §3, §7).
/// A person may bear several names (registered, at home, in another script).
/// </summary>
public sealed record PersonName(ValueList<NameComponent> Components)
{
    public static PersonName Of(params ReadOnlySpan<NameComponent> components) => new(ValueList.Create(components));

    /// <summary>The components in the order given, as one would write them.</summary>
    public override string ToString() => "personal";

    /// <summary>The name in one line in the script in which it was given.</summary>
    public string Written() => string.Join(' ', Components.Select(component => component.Text));
}

/// <summary>One part of a name.</summary>
/// <param name="Kind">What the part is to its bearer; <see cref="NameComponentKind.Unknown"/> where nobody can say.</param>
/// <param name="Text">The part as written, in any script, NFC.</param>
/// <param name="Script">ISO 15924 code such as <c>Arab</c>, <c>Ethi</c>, <c>Latn</c>; null where not stated.</param>
/// <param name="Language">BCP 47 tag such as <c>fa-AF</c>; null where not stated.</param>
/// <param name="Transliteration">The part in Latin letters, where given or derived.</param>
/// <param name="TransliterationSource">Who made the transliteration.</param>
public sealed record NameComponent(
    NameComponentKind Kind,
    string Text,
    string? Script = null,
    string? Language = null,
    string? Transliteration = null,
    TransliterationSource? TransliterationSource = null)
{
    public override string ToString() => "personal";
}

public enum NameComponentKind
{
    Unknown,
    Given,
    Father,
    Grandfather,
    GreatGrandfather,
    Family,

    /// <summary>Clan, tribe or place of origin used as a name (nisba).</summary>
    Clan,

    /// <summary>Parent of …: <em>Abu Ahmad</em>, <em>Umm Sara</em>.</summary>
    Teknonym,
    Nickname,

    /// <summary>Haji, Mullah, Sayed, Dr: never compared as a name.</summary>
    Title,
}

public enum TransliterationSource
{
    /// <summary>Written down by the volunteer or the person.</summary>
    Given,

    /// <summary>Derived by this system from the original script.</summary>
    Derived,
}
