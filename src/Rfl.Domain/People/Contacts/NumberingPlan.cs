using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Rfl.Domain.People.Contacts;

/// <summary>
/// How a country numbers its telephones: enough to tell a whole number from one with digits missing or too many. The plans follow the national tables that
/// the ITU publishes; they list fixed and mobile lines, since nobody is traced over a premium-rate line.
/// </summary>
/// <param name="Region">ISO 3166 alpha-2.</param>
/// <param name="CallingCode">Without plus sign.</param>
/// <param name="TrunkPrefix">What is dialled before a national number at home; empty where nothing is.</param>
/// <param name="Numbers">The national numbers, without trunk prefix.</param>
internal sealed record NumberingPlan(string Region, string CallingCode, string TrunkPrefix, Regex Numbers)
{
    // Region, calling code, trunk prefix (- for none), national numbers.
    private const string Plans = """
        AE 971 0 [2-4679][2-8]\d{6}|5\d{8}
        AF 93 0 [2-6]\d[2-9]\d{6}|7\d{8}
        AL 355 0 [2-58]\d{7}|6[6-9]\d{7}
        AM 374 0 [1-4]\d{7}|9[13-9]\d{6}|(?:55|60|77|88)\d{6}
        AO 244 - 2\d{8}|9[1-79]\d{7}
        AT 43 0 1[2-9]\d{3,11}|[2357]\d{6,12}|4\d{6,11}|6(?:485|[5-9]\d\d)\d{3,9}
        AZ 994 0 [1-7]\d{8}|(?:88|99)\d{7}
        BA 387 0 [35]\d{7}|49\d{6}|6[0-7]\d{6,7}
        BD 880 0 1[3-9]\d{8}|[2-9]\d{7,9}
        BE 32 0 (?:[1-35-9]\d|4[23])\d{6}|4[5-9]\d{7}
        BG 359 0 2\d{5,7}|[3-8]\d{6,7}|9[1-7]\d{5,6}|(?:8[7-9]|9[89])\d{7}|43\d{6}
        BH 973 - [136-9]\d{7}
        BI 257 - (?:22|29|31|6[1-9]|7[125-9])\d{6}
        BY 375 80|8|0 (?:1[567]|2[1-359]|33|44)\d{7}
        CA 1 1 [2-9]\d{2}[2-9]\d{6}
        CD 243 0 [1-6]\d{6}|12\d{7}|573\d{7}|276\d{5}|88\d{5}|(?:8[0-69]|9[016-9])\d{7}
        CF 236 - (?:2[12]|61|7[02-7])\d{6}
        CG 242 - (?:0[1-6]|22)\d{7}
        CH 41 0 [2-7]\d{8}|[89]1\d{7}
        CI 225 - (?:0[157]|2[157])\d{8}
        CM 237 - 2(?:22|33|4[23])\d{6}|6(?:[25-9]\d|4[0-2])\d{6}
        CN 86 0 1[3-9]\d{9}|10\d{8}|2\d{9}|[3-9]\d{9,10}
        CY 357 - 2[2-6]\d{6}|9[14-79]\d{6}
        CZ 420 - [2-7]\d{8}
        DE 49 0 1(?:5\d{9}|[67]\d{8,9})|(?:[34]0|[68]9)\d{3,13}|[2-9]\d{6,12}
        DJ 253 - (?:2[17]|77)\d{6}
        DK 45 - [2-9]\d{7}
        DZ 213 0 [1-4]\d{7}|[5-7]\d{8}
        EE 372 - (?:3[23589]|4[3-8]|6\d|7[1-9]|88)\d{5}|5\d{6,7}|8[1-4]\d{6}
        EG 20 0 1[0-25]\d{8}|3\d{7}|13[23]\d{6}|(?:15|57)\d{6,7}|[24-689]\d{8}
        EH 212 0 5[2-5]\d{7}|[67]\d{8}
        ER 291 0 [178]\d{6}
        ES 34 - [6-9]\d{8}
        ET 251 0 (?:11|2[25]|3[34]|4[67]|5[78]|7\d|8[01]|9\d)\d{7}
        FI 358 0 4[0-8]\d{4,8}|50\d{4,8}|[1-35689]\d{4,8}
        FR 33 0 [1-9]\d{8}
        GB 44 0 [1237]\d{9}|5[56]\d{8}|8(?:0[08]|[47]\d)\d{7}
        GE 995 0 [3457]\d{8}
        GH 233 0 (?:2[03-9]|3[0-9]|5[03-79])\d{7}
        GM 220 - [2-9]\d{6}
        GN 224 - 3\d{7}|6[0-356]\d{7}
        GR 30 - 2\d{9}|6[89]\d{8}|94\d{8}
        HR 385 0 1\d{7}|[2-5]\d{7,8}|9[125789]\d{6,7}
        HU 36 06 [1-9]\d{7}|(?:[257]0|3[01])\d{7}
        IE 353 0 [124-79]\d{6,8}|8(?:22|[35-9]\d)\d{6}
        IL 972 0 [23489]\d{7}|[57]\d{8}
        IN 91 0 [1-9]\d{9}
        IQ 964 0 1\d{7}|[2-6]\d{7,8}|7[3-9]\d{8}
        IR 98 0 9\d{9}|[1-8]\d(?:[03-57]\d{7}|[16]\d{3}(?:\d{4})?|[289]\d{3}(?:\d(?:\d{3})?)?)
        IT 39 - 0\d{5,10}|3[2-9]\d{7,8}|(?:31|43)\d{8}
        JO 962 0 [2356]\d{7}|7[5789]\d{7}
        KE 254 0 (?:20|4\d|5\d|6\d)\d{5,7}|1\d{8}|7\d{8}
        KG 996 0 [2357]\d{8}|88\d{7}|9[19]\d{7}
        KW 965 - (?:2[2-5]|41|5\d|6\d|9\d)\d{6}
        KZ 7 8 7\d{9}
        LB 961 0 [13-69]\d{6}|2\d{7}|8[02-9]\d{5}|81\d{6}|7(?:[2-57]\d|62|8[0-6]|9[04-9])\d{4}|7(?:[01]\d|6[013-9]|8[7-9]|9[0-4])\d{5}
        LK 94 0 [1-9]\d{8}
        LT 370 0|8 [346]\d{7}|52\d{6}
        LU 352 - 6\d{8}|[2-579]\d{3,10}|8\d{5,8}
        LV 371 - [26]\d{7}
        LY 218 0 [2-8]\d{8}|9[1-6]\d{7}
        MA 212 0 5[2-5]\d{7}|[67]\d{8}
        MD 373 0 [235-7]\d{7}
        ME 382 0 20\d{6}|[3-6]\d{7}
        MK 389 0 [2-57]\d{7}
        ML 223 - [245-9]\d{7}
        MM 95 0 [1-8]\d{5,8}|9\d{7,9}
        MR 222 - [2-4]\d{7}
        MT 356 - [279]\d{7}
        NE 227 - [27-9]\d{7}
        NG 234 0 20\d{8}|[789]\d{9}
        NL 31 0 [1-57]\d{8}|6[1-58]\d{7}|970\d{8}
        NO 47 - [2-79]\d{7}
        NP 977 0 [1-8]\d{7}|9[6-8]\d{8}|99\d{6}
        OM 968 - (?:2[1-6]|7[124-9]|9[0-9])\d{6}
        PK 92 0 3\d{9}|(?:21|42)[2-9]\d{7}|(?:2[25]|4[0146-9]|5[1-35-7]|6[1-8]|7[14]|8[16]|91)[2-9]\d{6,7}|(?:23|24|29|45|54|60|72|82|83|84|85|9[2-9])\d[2-9]\d{5,6}
        PL 48 - [1-9]\d{8}
        PS 970 0 (?:22|42|82|92)\d{6}|5[69]\d{7}
        PT 351 - 2\d{8}|9\d{8}
        QA 974 - [3-7]\d{7}
        RO 40 0 [237]\d{8}|6[02]\d{7}
        RS 381 0 11[1-9]\d{4,9}|(?:1[02-9]|2[0-24-7]|3[0-8])[2-9]\d{4,9}|(?:2[389]|39)[02-9]\d{4,9}|6[0-689]\d{6,7}|67\d{7,8}
        RU 7 8 [3489]\d{9}
        RW 250 0 06\d{6}|2\d{8}|7[237-9]\d{7}
        SA 966 0 1[1-7]\d{7}|5\d{8}
        SD 249 0 1[0-2578]\d{7}|9[0-3569]\d{7}
        SE 46 0 [1-689]\d{6,8}|7[023689]\d{7}
        SI 386 0 [1-7]\d{7}
        SK 421 0 [2-5]\d{8}|9[014-9]\d{7}
        SN 221 - 3[03]\d{7}|7\d{8}
        SO 252 0 [1-5]\d{6}|[134]\d{5}|8[125]\d{4}|15\d{6}|24\d{6}|[67]\d{7,8}|(?:3[59]|4[89]|8[08])\d{7}|90\d{6,7}|9[2-9]\d{6}
        SS 211 0 1[289]\d{7}|9[1257-9]\d{7}
        SY 963 0 21\d{6,7}|1[14]\d{7}|1[2356]\d{6}|2[235]\d{6}|3[13]\d{7}|34\d{6}|4[134]\d{6}|5[1-3]\d{6}|9\d{8}
        TD 235 - (?:22|3[01]|6\d|77|8[5-7]|9\d)\d{6}
        TJ 992 - [0-57-9]\d{8}|66\d{7}
        TM 993 8 [1-7]\d{7}
        TN 216 - [2-57-9]\d{7}
        TR 90 0 [2-4]\d{9}|5\d{9}
        UA 380 0 [3-6]\d{8}|7[1-357]\d{7}|9[1-9]\d{7}
        UG 256 0 [2347]\d{8}
        US 1 1 [2-9]\d{2}[2-9]\d{6}
        UZ 998 - (?:[25]0|33|55|6\d|7\d|8[078]|9\d)\d{7}
        VN 84 0 2\d{9}|[35789]\d{8}
        XK 383 0 (?:2[89]|39)(?:0\d{5,6}|[1-9]\d{5})|38\d{6,10}|4[3-9]\d{6}
        YE 967 0 [1-7]\d{6}|17\d{6}|7[01378]\d{7}
        """;

    private static readonly ILookup<string, NumberingPlan> byCallingCode = Read().ToLookup(plan => plan.CallingCode);

    private static readonly FrozenDictionary<string, NumberingPlan> byRegion =
        byCallingCode.SelectMany(plans => plans).ToFrozenDictionary(plan => plan.Region, StringComparer.OrdinalIgnoreCase);

    public static NumberingPlan? Of(string region) => byRegion.GetValueOrDefault(region);

    /// <summary>The plans that share the calling code with which the digits begin; calling codes are one to three digits, none is the beginning of another.</summary>
    public static IEnumerable<NumberingPlan> Calling(string digits) =>
        Enumerable.Range(1, Math.Min(3, digits.Length)).SelectMany(length => byCallingCode[digits[..length]]);

    /// <summary>The E.164 number of a national one, with or without its trunk prefix; null where the plan has no such number.</summary>
    public string? Complete(string national)
    {
        foreach (var trunk in TrunkPrefix.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            if (national.StartsWith(trunk, StringComparison.Ordinal) && Numbers.IsMatch(national[trunk.Length..]))
                return $"+{CallingCode}{national[trunk.Length..]}";
        }

        return Numbers.IsMatch(national) ? $"+{CallingCode}{national}" : null;
    }

    private static IEnumerable<NumberingPlan> Read()
    {
        foreach (var line in Plans.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Trim().Split(' ', 4);
            yield return new NumberingPlan(
                parts[0],
                parts[1],
                parts[2] == "-" ? "" : parts[2],
                new Regex(@$"\A(?:{parts[3]})\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant));
        }
    }
}
