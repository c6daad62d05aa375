namespace Rfl.Domain.People.Edtf;

/// <summary>Anything that EDTF can write: a date, an interval or a set of dates.</summary>
internal abstract record EdtfExpression
{
    /// <summary>The first day of what is stated; null where it is open or unknown.</summary>
    public abstract LongDay? Lower { get; }

    /// <summary>The last day of what is stated; null where it is open or unknown.</summary>
    public abstract LongDay? Upper { get; }

    /// <summary>The first day that cannot be excluded: earlier than <see cref="Lower"/> where significant digits make the year an estimate.</summary>
    public virtual LongDay? PossibleLower => Lower;

    /// <summary>The last day that cannot be excluded.</summary>
    public virtual LongDay? PossibleUpper => Upper;

    public abstract Qualification Qualification { get; }

    public virtual DatePrecision Precision => DatePrecision.Span;

    /// <summary>The one way in which this system writes the expression.</summary>
    public abstract string Print();
}
