using System.Collections.Frozen;
using Rfl.Domain.Matching.Phonemes;

namespace Rfl.Domain.Matching.Names;

/// <summary>Words in names that are not names of their bearer, in the spellings met in the field.</summary>
internal static class NameWords
{
    private static readonly FrozenSet<string> titles = Words("""
        dr mr mrs ms miss prof professor eng engineer sir lady lord rev fr jr sr
        haji hajji haj hajj hadj hadji alhaj alhaji mullah mulla molla mollah maulavi mawlawi mowlavi maulana mawlana moulavi
        sheikh shaikh shaykh sheik cheikh cheick sayed sayyid sayyed seyed seyyed seyid syed sidi moulay mulay ustad ostad qari imam ayatollah
        general colonel col major maj captain capt lieutenant lt commander brigadier sergeant sgt
        hacı hacî şeyh şêx seyid seyit mele paşa ağa bəy əfəndi hanım xanım xan
        khan agha aga aqa bey beg pasha effendi begum hanim khanum khanom sardar
        ato weizero woizero wzo abba ras dejazmach fitawrari lij memhir qes
        سید سيد حاج حاجی حاجي الحاج ملا مولوی مولوي شیخ شيخ الشيخ خان آغا اغا آقا دکتر دكتور الدكتور استاد أستاذ قاری قاري بیگ سردار خانم مولانا السيد
        አቶ ወይዘሮ አባ ዶክተር ልጅ ራስ መምህር ቄስ
        хаджи шейх хан бек бей ага
        """);

    private static readonly FrozenSet<string> particles = Words("""
        bin ben ibn bint bent binte ould wald von van der den de da dos das di du la le del della dei af ter ten zu zum y e et ogly oglu oglou kyzy kizi uulu
        بن ابن إبن بنت ولد اوغلو أوغلو
        фон ван дер де ибн бин оглы оглу кызы
        φον βαν ντε ντερ
        פון ואן דה דר
        """);

    // Stryker disable once String : a table of words is data, and no rule; what is read with it has its specs
    private static readonly string[] patronymicEndings =
    [
        "ovich", "evich", "ovych", "evych", "ovic", "evna", "ovna", "ivna", "ovitch", "evitch",
        "ович", "евич", "овна", "евна", "ична", "івна", "йович", "овіч", "евіч", "аўна", "еўна",
    ];

    public static bool IsTitle(string word) => titles.Contains(word);

    public static bool IsParticle(string word) => particles.Contains(word);

    /// <summary>Only where two other names stand beside it: Petrović alone is a family name.</summary>
    public static bool IsPatronymic(string word) =>
        word.Length > 6 && patronymicEndings.Any(ending => word.EndsWith(ending, StringComparison.Ordinal));

    private static FrozenSet<string> Words(string text) =>
        text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(Spelling.Decompose).ToFrozenSet();
}
