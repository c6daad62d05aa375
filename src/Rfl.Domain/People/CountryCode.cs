using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rfl.Domain.People;

/// <summary>A country or territory: ISO 3166-1 alpha-2 in capitals, and XK for Kosovo, as the Movement and the post use it.</summary>
[JsonConverter(typeof(CountryCodeJsonConverter))]
public readonly record struct CountryCode
{
    private static readonly FrozenSet<string> known = FrozenSet.ToFrozenSet(
        """
        AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
        CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
        GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP
        KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ
        NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
        SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ
        UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW XK
        """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private readonly string? value;

    /// <exception cref="ArgumentException">No country has the code.</exception>
    public CountryCode(string value) =>
        this.value = TryParse(value, out var country) ? country.value : throw new ArgumentException("Not an ISO 3166 alpha-2 country code.", nameof(value));

    private CountryCode(string value, bool _) => this.value = value;

    /// <summary>Two capital letters; empty for the default value, which is no country.</summary>
    public string Value => value ?? "";

    /// <summary>Reads a code in small or capital letters.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out CountryCode country)
    {
        var capitals = text?.ToUpperInvariant() ?? "";
        country = known.Contains(capitals) ? new CountryCode(capitals, true) : default;
        return country != default;
    }

    public override string ToString() => Value;
}

/// <summary>Writes a country as its two letters, also as the name of a member.</summary>
public sealed class CountryCodeJsonConverter : JsonConverter<CountryCode>
{
    public override CountryCode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(reader.TokenType == JsonTokenType.String ? reader.GetString() : null);

    public override CountryCode ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(reader.GetString());

    public override void Write(Utf8JsonWriter writer, CountryCode value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.Value);
    }

    public override void WriteAsPropertyName(Utf8JsonWriter writer, [DisallowNull] CountryCode value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName(value.Value);
    }

    private static CountryCode Read(string? text) =>
        CountryCode.TryParse(text, out var country) ? country : throw new JsonException("A country is two letters of ISO 3166, for example AF.");
}
