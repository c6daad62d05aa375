using Rfl.Domain.Matching.Names;

namespace Rfl.Domain.Matching.Persons;

/// <summary>Observes field by field how two persons stand to each other. What it is worth is the model's matter.</summary>
public sealed class PersonComparer(MatchModel model)
{
    // A word taken to be a relative's: no near spelling of it.
    private const float Surely = 0.5f;

    private const float SharedByFamily = 0.3f;

    private readonly NameWeights weights = model.Names;
    private readonly NameComparer plain = new(model.Names);
    private readonly NameComparer names = new(model.Names with { Rarity = model.Rarity });

    /// <summary>Everything that both sides say something about. Symmetric.</summary>
    public void Observe(PersonForm a, PersonForm b, List<FieldAgreement> observed)
    {
        var givenDiffers = ObserveName(a, b, observed);
        var family = observed.Count;
        ObserveFather(a, b, observed);
        ObserveMother(a, b, observed);
        ObserveRelatives(a, b, observed);
        if (givenDiffers)
            Weaken(observed, family);
        if (a.Sex is { } sexA && b.Sex is { } sexB)
            observed.Add(new(MatchField.Sex, sexA == sexB ? Agreement.SexSame : Agreement.SexDiffers, 1));
        if (BirthComparison.Compare(a, b) is { } birth)
            observed.Add(new(MatchField.Birth, birth, BirthComparison.Strength(birth, a, b)));
        ObserveBirthplace(a, b, observed);
        ObserveText(MatchField.Origin, a.Origin, b.Origin, Agreement.OriginSame, observed);
        ObserveAddress(a, b, observed);
        if (a.StreetNumber.Length > 0 && b.StreetNumber.Length > 0)
            observed.Add(new(MatchField.StreetNumber, a.StreetNumber == b.StreetNumber ? Agreement.StreetNumberSame : Agreement.StreetNumberDiffers, 1));
        if (a.Postcode.Length > 0 && b.Postcode.Length > 0)
            observed.Add(new(MatchField.Postcode, a.Postcode == b.Postcode ? Agreement.PostcodeSame
                : TextDistance.IsOneSlip(a.Postcode, b.Postcode) ? Agreement.PostcodeNear : Agreement.PostcodeDiffers, 1));
    }

    // Brothers and sisters share their parents and relatives: with another given name these say little for the same person.
    private static void Weaken(List<FieldAgreement> observed, int from)
    {
        for (var i = from; i < observed.Count; i++)
        {
            if (observed[i].Agreement is Agreement.FatherAgrees or Agreement.FatherNear or Agreement.FatherInName or Agreement.MotherAgrees or Agreement.MotherNear
                or Agreement.RelativeShared or Agreement.RelationInverted)
            {
                observed[i] = observed[i] with { Strength = SharedByFamily * observed[i].Strength };
            }
        }
    }

    private void ObserveBirthplace(PersonForm a, PersonForm b, List<FieldAgreement> observed)
    {
        if (a.KnownBirthplace is { } one && b.KnownBirthplace is { } other)
            observed.Add(new(MatchField.Birthplace, one == other ? Agreement.PlaceSame : Agreement.PlaceDiffers, 1));
        else
            ObserveText(MatchField.Birthplace, a.Birthplace, b.Birthplace, Agreement.PlaceSame, observed);
    }

    // Answers whether the given names differ.
    private bool ObserveName(PersonForm a, PersonForm b, List<FieldAgreement> observed)
    {
        if (a.Name.IsEmpty || b.Name.IsEmpty)
            return false;
        var evidence = names.Compare(a.Name, b.Name);
        observed.Add(new(MatchField.Name, Agreement.NameAgrees, evidence.Agreement));
        if (evidence.Contradiction < 0)
            observed.Add(new(MatchField.Name, Agreement.NameContradicts, -evidence.Contradiction));
        if (evidence.Omission < 0)
            observed.Add(new(MatchField.Name, Agreement.NamePartMissing, -evidence.Omission));
        var differs = (evidence.AgreedA & 1) == 0 && (evidence.AgreedB & 1) == 0 || OnlyFathersAgree(a, b, evidence);
        if (differs)
            observed.Add(new(MatchField.Name, Agreement.GivenNameDiffers, 1));
        var named = (NamedAmong(a, evidence.AgreedA, b.Relatives) ? 1 : 0) + (NamedAmong(b, evidence.AgreedB, a.Relatives) ? 1 : 0);
        if (named > 0)
            observed.Add(new(MatchField.Name, Agreement.NamedAmongRelatives, named));
        return differs;
    }

    // The first word is mostly the given name: where both first words find no counterpart, it may be a brother or sister. So it is where both have a name
    // without counterpart and all that agrees is the father's.
    private bool OnlyFathersAgree(PersonForm a, PersonForm b, NameEvidence evidence)
    {
        if (a.Father.IsEmpty && b.Father.IsEmpty || evidence.AgreedA == 0
            || (a.Name.NameMask & ~evidence.AgreedA) == 0 || (b.Name.NameMask & ~evidence.AgreedB) == 0)
        {
            return false;
        }
        for (var i = 0; i < a.Name.Parts.Length; i++)
        {
            if ((evidence.AgreedA >> i & 1) != 0 && !IsAmong(a.Name.Parts[i], a.Father) && !IsAmong(a.Name.Parts[i], b.Father))
                return false;
        }
        return true;
    }

    // The father's name stands in many names, and he is a relative: it tells nothing here.
    private bool NamedAmong(PersonForm person, int agreed, IReadOnlyList<NameForm> relatives)
    {
        if (relatives.Count == 0)
            return false;
        for (var i = 0; i < person.Name.Parts.Length; i++)
        {
            var part = person.Name.Parts[i];
            if ((agreed >> i & 1) != 0 || part.Kind != NamePartKind.Name || IsAmong(part, person.Father))
                continue;
            foreach (var relative in relatives)
            {
                if (IsAmong(part, relative))
                    return true;
            }
        }
        return false;
    }

    private bool IsAmong(NamePart part, NameForm name)
    {
        foreach (var other in name.Parts)
        {
            if (names.Agreement(part, other, Surely * weights.Full) > Surely * weights.Full)
                return true;
        }
        return false;
    }

    private void ObserveFather(PersonForm a, PersonForm b, List<FieldAgreement> observed)
    {
        if (a.Father.IsEmpty && b.Father.IsEmpty)
            return;
        // The father's name is often the second part of the name: then it has been compared there, and counts less.
        if (!a.Father.IsEmpty && !b.Father.IsEmpty)
        {
            var closeness = Closeness(a.Father, b.Father);
            var repeated = closeness > 0 && BestPart(a.Father, a.Name) > 0 && BestPart(b.Father, b.Name) > 0;
            observed.Add(repeated ? new(MatchField.Father, Agreement.FatherRepeated, closeness)
                : IsAgreement(a.Father, b.Father, closeness) ? new(MatchField.Father, Agreement.FatherAgrees, Math.Max(closeness, 0.5f))
                : closeness > 0 ? new(MatchField.Father, Agreement.FatherNear, 1)
                : new(MatchField.Father, Agreement.FatherDiffers, 1));
            return;
        }
        var (father, own, other) = a.Father.IsEmpty ? (b.Father, b.Name, a.Name) : (a.Father, a.Name, b.Name);
        if (other.IsEmpty)
            return;
        var share = BestPart(father, other);
        observed.Add(share <= 0 ? new(MatchField.Father, Agreement.FatherNotInName, 1)
            : new(MatchField.Father, BestPart(father, own) > 0 ? Agreement.FatherRepeated : Agreement.FatherInName, share));
    }

    private void ObserveMother(PersonForm a, PersonForm b, List<FieldAgreement> observed)
    {
        if (!a.Mother.IsEmpty && !b.Mother.IsEmpty)
            ObservePerson(MatchField.Mother, a.Mother, b.Mother, Agreement.MotherAgrees, observed);
    }

    private void ObserveRelatives(PersonForm a, PersonForm b, List<FieldAgreement> observed)
    {
        if (a.Relatives.Count > 0 && b.Relatives.Count > 0)
        {
            var shared = Shared(a.Relatives, b.Relatives);
            observed.Add(shared > 0
                ? new(MatchField.Relatives, Agreement.RelativeShared, shared)
                : new(MatchField.Relatives, Agreement.RelativesDiffer, 1));
        }
        // One side's father or mother may stand among the other side's relatives.
        var inverted = Math.Max(
            Math.Max(BestOf(a.Father, b.Relatives), BestOf(a.Mother, b.Relatives)),
            Math.Max(BestOf(b.Father, a.Relatives), BestOf(b.Mother, a.Relatives)));
        if (inverted > 0)
            observed.Add(new(MatchField.Relatives, Agreement.RelationInverted, inverted));
    }

    // Each relative of the shorter list with the best that is left of the longer one.
    private float Shared(IReadOnlyList<NameForm> a, IReadOnlyList<NameForm> b)
    {
        var (few, many) = a.Count <= b.Count ? (a, b) : (b, a);
        var values = new List<(float Value, int Few, int Many)>();
        for (var i = 0; i < few.Count; i++)
        {
            for (var j = 0; j < many.Count; j++)
            {
                var value = Closeness(few[i], many[j]);
                if (value > 0)
                    values.Add((value, i, j));
            }
        }
        values.Sort((x, y) => y.Value.CompareTo(x.Value));
        var (usedFew, usedMany, sum) = (0, 0, 0f);
        foreach (var (value, i, j) in values)
        {
            if ((usedFew >> i & 1) != 0 || (usedMany >> j & 1) != 0)
                continue;
            (usedFew, usedMany) = (usedFew | 1 << i, usedMany | 1 << j);
            sum += value;
        }
        return sum;
    }

    private void ObservePerson(MatchField field, NameForm a, NameForm b, Agreement agrees, List<FieldAgreement> observed)
    {
        var closeness = Closeness(a, b);
        observed.Add(IsAgreement(a, b, closeness) ? new(field, agrees, Math.Max(closeness, 0.5f))
            : closeness > 0 ? new(field, agrees + 1, 1)
            : new(field, agrees + 2, 1));
    }

    private void ObserveText(MatchField field, NameForm a, NameForm b, Agreement same, List<FieldAgreement> observed)
    {
        if (a.IsEmpty || b.IsEmpty)
            return;
        var closeness = Closeness(a, b);
        observed.Add(new(field, closeness > 0.6f ? same : closeness > 0 ? same + 1 : same + 2, 1));
    }

    // The two lines of an address are often exchanged: they are laid on each other as they fit best.
    private void ObserveAddress(PersonForm a, PersonForm b, List<FieldAgreement> observed)
    {
        var straight = Closeness(a.Address, b.Address) + Closeness(a.AddressDetail, b.AddressDetail);
        var crossed = Closeness(a.Address, b.AddressDetail) + Closeness(a.AddressDetail, b.Address);
        var (lineB, detailB) = crossed > Math.Max(straight, 0.5f) ? (b.AddressDetail, b.Address) : (b.Address, b.AddressDetail);
        ObserveText(MatchField.Address, a.Address, lineB, Agreement.AddressSame, observed);
        ObserveText(MatchField.Address, a.AddressDetail, detailB, Agreement.AddressDetailSame, observed);
    }

    /// <summary>The evidence of two names in parts of what one word of usual rarity in full agreement says; 0 or less where they contradict.</summary>
    private float Closeness(NameForm a, NameForm b) => a.IsEmpty || b.IsEmpty ? 0 : names.Agreement(a, b) / weights.Full;

    // A frequent name that is the same agrees, however little that says.
    private bool IsAgreement(NameForm a, NameForm b, float closeness) =>
        closeness > 0.5f || closeness > 0 && plain.Agreement(a, b) > weights.Full / 2;

    private float BestOf(NameForm name, IReadOnlyList<NameForm> among)
    {
        var best = 0f;
        if (name.IsEmpty)
            return best;
        foreach (var other in among)
            best = Math.Max(best, Closeness(name, other));
        return best;
    }

    private float BestPart(NameForm father, NameForm name) => names.BestPart(father, name) / weights.Full;
}
