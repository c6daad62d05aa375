using Rfl.Domain.Matching.Names;

namespace Rfl.Domain.Matching.Persons;

/// <summary>Observes field by field how two persons stand to each other. What it is worth is the model's matter.</summary>
public sealed class PersonComparer(NameWeights weights)
{
    private readonly NameComparer names = new(weights);

    /// <summary>Everything that both sides say something about. Symmetric.</summary>
    public void Observe(PersonForm a, PersonForm b, List<FieldAgreement> observed)
    {
        ObserveName(a, b, observed);
        ObserveFather(a, b, observed);
        ObserveMother(a, b, observed);
        ObserveRelatives(a, b, observed);
        if (a.Sex is { } sexA && b.Sex is { } sexB)
            observed.Add(new(MatchField.Sex, sexA == sexB ? Agreement.SexSame : Agreement.SexDiffers, 1));
        if (BirthComparison.Compare(a, b) is { } birth)
            observed.Add(new(MatchField.Birth, birth, 1));
        ObserveText(MatchField.Birthplace, a.Birthplace, b.Birthplace, Agreement.PlaceSame, observed);
        ObserveText(MatchField.Origin, a.Origin, b.Origin, Agreement.OriginSame, observed);
        ObserveAddress(a, b, observed);
        if (a.StreetNumber.Length > 0 && b.StreetNumber.Length > 0)
            observed.Add(new(MatchField.StreetNumber, a.StreetNumber == b.StreetNumber ? Agreement.StreetNumberSame : Agreement.StreetNumberDiffers, 1));
        if (a.Postcode.Length > 0 && b.Postcode.Length > 0)
            observed.Add(new(MatchField.Postcode, a.Postcode == b.Postcode ? Agreement.PostcodeSame
                : TextDistance.IsOneSlip(a.Postcode, b.Postcode) ? Agreement.PostcodeNear : Agreement.PostcodeDiffers, 1));
    }

    private void ObserveName(PersonForm a, PersonForm b, List<FieldAgreement> observed)
    {
        if (a.Name.IsEmpty || b.Name.IsEmpty)
            return;
        var pairs = new List<PartPair>();
        var evidence = names.Compare(a.Name, b.Name, pairs);
        observed.Add(new(MatchField.Name, Agreement.NameAgrees, evidence.Agreement));
        if (evidence.Contradiction < 0)
            observed.Add(new(MatchField.Name, Agreement.NameContradicts, -evidence.Contradiction));
        if (evidence.Omission < 0)
            observed.Add(new(MatchField.Name, Agreement.NamePartMissing, -evidence.Omission));
        // The first word is mostly the given name: where both first words find no counterpart, it may be a brother or sister.
        if (!pairs.Any(pair => pair.A == 0 && pair.Evidence > 0) && !pairs.Any(pair => pair.B == 0 && pair.Evidence > 0))
            observed.Add(new(MatchField.Name, Agreement.GivenNameDiffers, 1));
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
                : closeness > 0.5f ? new(MatchField.Father, Agreement.FatherAgrees, closeness)
                : closeness > 0 ? new(MatchField.Father, Agreement.FatherNear, 1)
                : new(MatchField.Father, Agreement.FatherDiffers, 1));
            return;
        }
        var (father, own, other) = a.Father.IsEmpty ? (b.Father, b.Name, a.Name) : (a.Father, a.Name, b.Name);
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
        observed.Add(closeness > 0.5f ? new(field, agrees, closeness)
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

    /// <summary>The evidence of two names in parts of what one word of usual rarity in full agreement says; negative where they contradict.</summary>
    private float Closeness(NameForm a, NameForm b) => names.Compare(a, b).Total / weights.Full;

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
