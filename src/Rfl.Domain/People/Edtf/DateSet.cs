namespace Rfl.Domain.People.Edtf;

/// <summary>One of several dates (<c>[…]</c>) or all of them (<c>{…}</c>).</summary>
internal sealed record DateSet(bool IsOneOf, IReadOnlyList<DateSetItem> Items) : EdtfExpression
{
    public override LongDay? Lower => Least(item => item.From?.Lower);

    public override LongDay? Upper => Greatest(item => item.To?.Upper);

    public override LongDay? PossibleLower => Least(item => item.From?.PossibleLower);

    public override LongDay? PossibleUpper => Greatest(item => item.To?.PossibleUpper);

    public override Qualification Qualification =>
        Items.Aggregate(Qualification.None, (all, item) => all | (item.From?.Qualification ?? default) | (item.To?.Qualification ?? default));

    /// <summary>A choice between equally precise single dates is still a span; a set of one date is as precise as that date.</summary>
    public override DatePrecision Precision => Items is [{ IsRange: false, From: { } only }] ? only.Precision : DatePrecision.Span;

    public override string Print()
    {
        var items = string.Join(',', Items.Select(item => item.Print()));
        return IsOneOf ? $"[{items}]" : $"{{{items}}}";
    }

    private LongDay? Least(Func<DateSetItem, LongDay?> bound)
    {
        var bounds = Items.Select(bound).ToArray();
        return bounds.Contains(null) ? null : bounds.Min();
    }

    private LongDay? Greatest(Func<DateSetItem, LongDay?> bound)
    {
        var bounds = Items.Select(bound).ToArray();
        return bounds.Contains(null) ? null : bounds.Max();
    }
}

/// <summary>A date, or consecutive dates of which the first or the last may be left open.</summary>
/// <param name="From">Null for <c>..date</c>.</param>
/// <param name="To">Null for <c>date..</c>; equal to <paramref name="From"/> for a single date.</param>
internal readonly record struct DateSetItem(EdtfExpression? From, EdtfExpression? To, bool IsRange)
{
    public string Print() => IsRange ? $"{From?.Print()}..{To?.Print()}" : From!.Print();
}
