using Rfl.Domain.Matching.Names;

namespace Rfl.Domain.Matching.Persons;

/// <summary>A person prepared for comparison. Whatever is not known is empty, and says nothing for or against.</summary>
public sealed class PersonForm
{
    public required NameForm Name { get; init; }

    public NameForm Father { get; init; } = NameForm.Empty;

    public NameForm Mother { get; init; } = NameForm.Empty;

    /// <summary>Parents, siblings, children, companions, as far as named.</summary>
    public IReadOnlyList<NameForm> Relatives { get; init; } = [];

    /// <summary>A letter such as F or M; null where not known.</summary>
    public char? Sex { get; init; }

    public BirthInterval? Birth { get; init; }

    /// <summary>The birth date as eight digits where it was given as a day, even where they make no date.</summary>
    public string BirthDigits { get; init; } = "";

    public NameForm Birthplace { get; init; } = NameForm.Empty;

    /// <summary>The birthplace if it is one of those that bear several names, see <see cref="PlaceNames"/>; null otherwise.</summary>
    public int? KnownBirthplace { get; init; }

    /// <summary>Country, region or people of origin, compared as text.</summary>
    public NameForm Origin { get; init; } = NameForm.Empty;

    /// <summary>Street and house as one line.</summary>
    public NameForm Address { get; init; } = NameForm.Empty;

    /// <summary>The second line of the address: a house, an estate; often exchanged with the first.</summary>
    public NameForm AddressDetail { get; init; } = NameForm.Empty;

    public string StreetNumber { get; init; } = "";

    public string Postcode { get; init; } = "";

    /// <summary>Never shows the person.</summary>
    public override string ToString() => "personal";
}
