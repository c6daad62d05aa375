using System.Collections.Frozen;

namespace Rfl.Domain.People.Calendars;

/// <summary>The names of months as people of the field write them, by calendar; compared after <see cref="DateWords.Fold"/>.</summary>
internal static class MonthNames
{
    // One line a month: English and French, then the languages concerned with the spellings usual in transliteration.
    private const string Gregorian = """
        january jan janvier janv januar ocak يناير كانون_الثاني جانفي ژانویه جنوری جنوري ጃንዩወሪ ጥሪ_ፈረንጅ چلە کانوونی_دووەم rêbendan январь января січень
        february feb février fevrier févr fevr februar şubat فبراير شباط فيفري فوریه فبروری فبروري ፌብሩወሪ شوبات reşemî февраль февраля лютий
        march mar mars märz mart مارس آذار اذار مارچ مارچ ማርች ئازار adar март марта березень
        april apr avril avr nisan أبريل ابريل إبريل نيسان أفريل افريل آوریل اپریل ኤፕሪል نیسان avrêl апрель апреля квітень
        may mai mayıs مايو أيار ايار ماي مي مه می ሜይ ئایار gulan май мая травень
        june jun juin juni haziran يونيو حزيران جوان ژوئن جون ጁን حوزەیران hezîran июнь июня червень
        july jul juillet juil juli temmuz يوليو تموز جويلية ژوئیه جولای جولایی ጁላይ تەمووز tîrmeh июль июля липень
        august aug août aout ağustos أغسطس اغسطس آب اب أوت اوت غشت اوت اگست اگوست ኦገስት ئاب tebax август августа серпень
        september sep sept septembre eylül سبتمبر أيلول ايلول شتنبر سپتامبر سپتمبر ሴፕቴምበር ئەیلوول îlon сентябрь сентября вересень
        october oct octobre oktober ekim أكتوبر اكتوبر تشرين_الأول تشرين_اول اکتبر اکتوبر ኦክቶበር تشرینی_یەکەم cotmeh октябрь октября жовтень
        november nov novembre kasım نوفمبر تشرين_الثاني تشرين_ثاني نونبر نوامبر نومبر ኖቬምበር تشرینی_دووەم mijdar ноябрь ноября листопад
        december dec décembre decembre déc dezember aralık ديسمبر كانون_الأول كانون_اول دجنبر دسامبر دسمبر ዲሴምበር کانوونی_یەکەم berfanbar декабрь декабря грудень
        """;

    // Iranian, Dari, Pashto and Kurdish names.
    private const string SolarHijri = """
        farvardin farwardin فروردین hamal حمل wray وری خاکەلێوە xakelêwe
        ordibehesht urdibihisht اردیبهشت sawr saur sowr ثور ghwayay غویی گوڵان banemer
        khordad خرداد jawza jauza جوزا ghbargolay غبرګولی جۆزەردان cozerdan
        tir تیر saratan sartan سرطان chungash چنګاښ پووشپەڕ pûşper
        mordad amordad مرداد امرداد asad اسد zmaray زمری گەلاوێژ gelawêj
        shahrivar shahrivor شهریور sunbula sonbola سنبله wazhay وږی خەرمانان xermanan
        mehr مهر mizan میزان tala تله ڕەزبەر rezber
        aban آبان aqrab عقرب laram لړم گەڵاڕێزان xezelwer
        azar آذر qaws qaus qows قوس lindai لیندۍ سەرماوەز sermawez
        dey day دی jadi jady جدی marghumay مرغومی بەفرانبار befranbar
        bahman بهمن dalwa dalw دلو salwagha سلواغه ڕێبەندان rêbendan
        esfand اسفند hut hoot حوت kab کب ڕەشەمە reşeme
        """;

    private const string Islamic = """
        muharram moharram mouharram محرم محرم_الحرام موحەڕڕەم
        safar صفر
        rabi_al_awwal rabi_al-awwal rabi_i rabi_1 rabia_al_awal rabi_ul_awal rabi_ul_awwal ربيع_الأول ربيع_اول ربيع_۱
        rabi_al_thani rabi_ath_thani rabi_ii rabi_al_akhir rabi_us_sani rabi_ul_thani ربيع_الثاني ربيع_الآخر ربيع_ثاني
        jumada_al_ula jumada_al_awwal jumada_i jamadi_ul_awal joumada_al_oula جمادى_الأولى جمادى_الأول جمادي_الاول
        jumada_al_thani jumada_al_akhira jumada_ath_thaniya jumada_ii jamadi_us_sani joumada_al_thania جمادى_الآخرة جمادى_الثانية جمادى_الثاني جمادي_الثاني
        rajab radjab رجب
        shaban sha'ban shaaban chaabane شعبان
        ramadan ramazan ramzan ramadhan رمضان رمضان_المبارك ڕەمەزان
        shawwal shawal chawwal شوال
        dhu_al_qadah dhul_qadah dhu_al-qi'dah zulqada zul_qaada dhou_al_qida zilqad ذو_القعدة ذي_القعدة ذی_القعده ذیقعده ذيقعده
        dhu_al_hijjah dhul_hijjah dhu_al-hijja zulhijja zul_hijja dhou_al_hijja zilhaj ذو_الحجة ذي_الحجة ذی_الحجه ذیحجه ذيحجه
        """;

    // Amharic, Tigrinya and transliterations.
    private const string Ethiopian = """
        meskerem mäskäräm meskeremm መስከረም
        tikimt tekemt tiqimt teqemti tikmt ጥቅምት ጥቅምቲ
        hidar hedar ኅዳር ህዳር ሕዳር ኽዳር
        tahsas tahesas tahsass taḫśaś ታኅሣሥ ታህሳስ ታሕሳስ
        tir ter tirr tirri ጥር ጥሪ
        yekatit yakatit lekatit የካቲት ለካቲት
        megabit maggabit megabitt መጋቢት
        miyazya miazia mazia miyaziya ሚያዝያ ሚያዚያ ምያዝያ
        ginbot genbot gunbot ግንቦት ጉንበት
        sene sane senne ሰኔ ሰነ
        hamle hamlé hamle ሐምሌ ሓምለ ሀምሌ
        nehase nahase nehasse nahasse ነሐሴ ነሓሰ ነሀሴ
        pagume pagumen pagumē paguemen pwagme ጳጉሜ ጳጉሜን ጳጉመን
        """;

    private const string Coptic = """
        thout tout توت
        paopi baba babah بابه
        hathor hatour هاتور
        koiak kiahk كيهك
        tobi tobe touba طوبة
        meshir amshir أمشير
        paremhat baramhat برمهات
        parmouti baramouda برمودة
        pashons bashans بشنس
        paoni baouna بؤونة
        epip abib أبيب
        mesori mesra مسرى
        nasie nasi النسيء
        """;

    private static readonly FrozenDictionary<CalendarKind, FrozenDictionary<string, int>> names = new Dictionary<CalendarKind, string>
    {
        [CalendarKind.Gregorian] = Gregorian,
        [CalendarKind.SolarHijri] = SolarHijri,
        [CalendarKind.UmmAlQura] = Islamic,
        [CalendarKind.IslamicCivil] = Islamic,
        [CalendarKind.Ethiopian] = Ethiopian,
        [CalendarKind.Coptic] = Coptic,
    }.ToFrozenDictionary(pair => pair.Key, pair => Read(pair.Value));

    /// <summary>The month that bears a folded name, counted from 1; null where none does.</summary>
    public static int? Find(CalendarKind calendar, string folded) => names[calendar].TryGetValue(folded, out var month) ? month : null;

    private static FrozenDictionary<string, int> Read(string table)
    {
        var months = new Dictionary<string, int>();
        foreach (var (index, line) in table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Index())
        {
            foreach (var name in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                // A spelling that folds like another of the same month adds nothing; one of two months would be a fault of the table.
                var folded = DateWords.Fold(name);
                if (!months.TryAdd(folded, index + 1) && months[folded] != index + 1)
                    throw new InvalidOperationException($"A name stands for two months, {months[folded]} and {index + 1}.");
            }
        }

        return months.ToFrozenDictionary();
    }
}
