namespace Rfl.Demo;

/// <summary>One part of a name, as its bearer's culture builds it, in its own script and in Latin letters.</summary>
internal sealed record Part(string Kind, string Text, string? Latin = null)
{
    public static Part Given(string text, string? latin = null) => new("given", text, latin);

    public static Part Father(string text, string? latin = null) => new("father", text, latin);

    public static Part Grandfather(string text, string? latin = null) => new("grandfather", text, latin);

    public static Part Family(string text, string? latin = null) => new("family", text, latin);

    public static Part Clan(string text, string? latin = null) => new("clan", text, latin);

    public static Part Teknonym(string text, string? latin = null) => new("teknonym", text, latin);

    public static Part Nickname(string text, string? latin = null) => new("nickname", text, latin);

    internal object ToBody() => Latin is null
        ? new { kind = Kind, text = Text }
        : new { kind = Kind, text = Text, transliteration = Latin, transliterationSource = "given" };
}

/// <summary>A birth in the words in which it was told, with the days that fit (EDTF).</summary>
internal sealed record Birth(string Words, string Interval, string Precision, string Calendar = "gregorian")
{
    public static Birth About(int year) => new($"about {year}", $"{year}~", "year");

    public static Birth In(int year) => new($"{year}", $"{year}", "year");

    public static Birth On(string day) => new(day, day, "day");

    public static Birth SolarHijri(string words, string interval) => new(words, interval, "year", "solarHijri");

    public static Birth Ethiopian(string words, string interval) => new(words, interval, "year", "ethiopian");
}

/// <summary>Somebody of the family or on the way, as the person described would say it.</summary>
internal sealed record Relative(string Relation, params Part[] Name)
{
    public string? Note { get; init; }

    internal object ToBody() => new { name = new { components = Name.Select(part => part.ToBody()).ToArray() }, relation = Relation, note = Note };
}

/// <summary>A way to reach somebody; of a third person where <paramref name="Of"/> says whose it is.</summary>
internal sealed record Contact(string Kind, string Value, string? Of = null);

internal sealed record Person(params Part[] Name)
{
    public string? Sex { get; init; }
    public Birth? Birth { get; init; }
    public string? Nationality { get; init; }
    public Part[]? FatherName { get; init; }
    public Part[]? MotherName { get; init; }
    public string? Profession { get; init; }
    public string? Marks { get; init; }
    public string? Health { get; init; }
    public Relative[] Relatives { get; init; } = [];

    internal object ToBody() => new
    {
        names = new[] { NameBody(Name) },
        fatherName = FatherName is null ? null : NameBody(FatherName),
        motherName = MotherName is null ? null : NameBody(MotherName),
        sex = Sex ?? "unknown",
        birth = Birth,
        nationalities = Nationality is null ? null : new[] { Nationality },
        profession = Profession,
        distinguishingMarks = Marks,
        healthOrVulnerability = Health,
        relatives = Relatives.Select(relative => relative.ToBody()).ToArray(),
    };

    /// <summary>The name in one line, in Latin letters where they are known.</summary>
    public string Written => string.Join(' ', Name.Select(part => part.Latin ?? part.Text));

    private static object NameBody(Part[] parts) => new { components = parts.Select(part => part.ToBody()).ToArray() };
}

/// <summary>Who is sought, what they are to the enquirer, and how contact was lost.</summary>
internal sealed record Sought(string Relation, Person Who)
{
    /// <summary>EDTF; <c>XXXX</c> where nobody knows.</summary>
    public required string LostWhen { get; init; }
    public required string LostWhere { get; init; }
    public string? LostIn { get; init; }
    public required string Circumstances { get; init; }
    public string Cause { get; init; } = "migration";
    public string? LastNews { get; init; }
    public bool IsMinor { get; init; }
    public bool IsAlone { get; init; }
    public bool InDetention { get; init; }
    public bool MedicalRisk { get; init; }
    public bool TraffickingRisk { get; init; }
    public bool ElderlyOrDependent { get; init; }

    internal object CircumstancesBody => new
    {
        isMinor = IsMinor,
        isAlone = IsAlone,
        inDetention = InDetention,
        medicalRisk = MedicalRisk,
        traffickingRisk = TraffickingRisk,
        elderlyOrDependent = ElderlyOrDependent,
    };

    /// <summary>A dictionary, since an unknown country is said as such and not left out.</summary>
    internal object LossBody => new Dictionary<string, object?>
    {
        ["cause"] = Cause,
        ["country"] = LostIn,
        ["account"] = new { when = LostWhen, where = new { text = LostWhere, country = LostIn }, circumstances = Circumstances, lastNews = LastNews },
    };
}

/// <summary>A yes to one purpose and one recipient.</summary>
internal sealed record Consent(string Purpose, string? Recipient = null)
{
    public static Consent To(string society) => new("transferToPartner", society);

    public static Consent Authorities { get; } = new("authorityInquiry");

    public static Consent TraceTheFace { get; } = new("traceTheFaceOnline");
}
