namespace Rfl.Domain.People.Edtf;

/// <summary>From one date to another; an end may be open (<c>..</c>) or unknown (empty).</summary>
internal sealed record Interval(IntervalEnd Start, IntervalEnd End) : EdtfExpression
{
    public override LongDay? Lower => Start.Date?.Lower;

    public override LongDay? Upper => End.Date?.Upper;

    public override LongDay? PossibleLower => Start.Date?.PossibleLower;

    public override LongDay? PossibleUpper => End.Date?.PossibleUpper;

    public override Qualification Qualification => (Start.Date?.Qualification ?? default) | (End.Date?.Qualification ?? default);

    public override string Print() => $"{Start.Print()}/{End.Print()}";
}

/// <param name="Date">Null where the end is open or unknown.</param>
internal readonly record struct IntervalEnd(EdtfExpression? Date, bool IsOpen)
{
    public string Print() => Date?.Print() ?? (IsOpen ? ".." : "");
}
