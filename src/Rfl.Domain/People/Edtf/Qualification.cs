namespace Rfl.Domain.People.Edtf;

/// <summary>How sure a date or one of its parts is: <c>?</c> uncertain, <c>~</c> approximate, <c>%</c> both.</summary>
[Flags]
internal enum Qualification
{
    None = 0,
    Uncertain = 1,
    Approximate = 2,
}

internal static class QualificationSign
{
    /// <summary>The meaning of an optional sign; an empty text qualifies nothing.</summary>
    public static Qualification Read(string sign) => sign switch
    {
        "?" => Qualification.Uncertain,
        "~" => Qualification.Approximate,
        "%" => Qualification.Uncertain | Qualification.Approximate,
        _ => Qualification.None,
    };

    public static string Sign(this Qualification qualification) => qualification switch
    {
        Qualification.Uncertain => "?",
        Qualification.Approximate => "~",
        Qualification.None => "",
        _ => "%",
    };
}
