using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Rfl.Domain.People.Calendars;

/// <summary>A date in words taken apart into its numbers and its letters.</summary>
/// <param name="Numbers">Value and digits as written of each number, in order.</param>
/// <param name="MonthName">The letters, folded and without words that only accompany a date; empty where there are none.</param>
internal sealed record DateWords(IReadOnlyList<(int Value, int Digits)> Numbers, string MonthName)
{
    // Words for day, month, year and era that say nothing more once the calendar is known.
    // Stryker disable once String : a table of words is data, and no rule; what is read with it has its specs
    private static readonly FrozenSet<string> companions = FrozenSet.ToFrozenSet(
        new[]
        {
            "of", "the", "de", "du", "le", "st", "nd", "rd", "th", "er", "in", "born", "year", "month", "day", "an", "annee", "mois", "jour",
            "سال", "ماه", "روز", "سنة", "عام", "شهر", "يوم", "من", "كال", "مياشت", "ورځ", "ساڵی", "ڕۆژی", "مانگی",
            "ه", "هـ", "هش", "هق", "ش", "ق", "م", "هجري", "هجری", "شمسی", "قمری", "خورشیدی", "ميلادي", "میلادی", "للهجرة", "متولد",
            "ah", "sh", "ap", "ad", "ce", "ec", "hs", "eth", "ዓም", "ዓ", "ም", "ዓመት", "ቀን", "ወር", "እኤአ", "ዓመተ", "ምሕረት",
        }.Select(Fold));

    /// <summary>The parts of the text, or null where it holds a character that no date holds.</summary>
    public static DateWords? Split(string text)
    {
        var numbers = new List<(int, int)>();
        var letters = new StringBuilder();
        foreach (var token in Tokens(text))
        {
            if (NumberIn(token) is { } number)
                numbers.Add(number);
            else if (Fold(token) is var word && word.Length > 0 && !IsInitial(word) && !companions.Contains(word))
                letters.Append(word);
        }

        return numbers.Count is > 0 and <= 3 && numbers.All(number => number.Item2 <= 4) ? new DateWords(numbers, letters.ToString()) : null;
    }

    /// <summary>A letter of an abbreviated era such as <c>E.C.</c>; the numeral I belongs to the names of Islamic months.</summary>
    private static bool IsInitial(string word) => word is [not 'i'];

    /// <summary>Letters only, without marks, case and the variants of Arabic letters, so that spellings of one name become equal.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormKD))
        {
            if (!char.IsLetter(letter))
                continue;
            folded.Append(char.ToLowerInvariant(letter) switch
            {
                'ي' or 'ى' or 'ې' or 'ۍ' or 'ئ' => 'ی',
                'ك' or 'ګ' or 'گ' => 'ک',
                'أ' or 'إ' or 'آ' or 'ٱ' => 'ا',
                'ة' or 'ە' or 'ۀ' => 'ه',
                'ؤ' => 'و',
                'ڕ' => 'ر',
                'ڵ' => 'ل',
                'ı' => 'i',
                'ኅ' or 'ሕ' or 'ኽ' => 'ህ',
                'ሐ' or 'ሓ' or 'ኀ' => 'ሀ',
                'ሣ' => 'ሳ',
                'ሥ' => 'ስ',
                'ـ' => '\0',
                var other => other,
            });
        }

        return folded.Replace("\0", "").ToString();
    }

    /// <summary>Runs of digits or of letters; marks and joiners stay with their letters.</summary>
    private static IEnumerable<string> Tokens(string text)
    {
        var token = new StringBuilder();
        bool? digits = null;
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var isDigit = category is UnicodeCategory.DecimalDigitNumber || IsEthiopicNumber(rune);
            var belongs = isDigit
                ? digits == true
                : category is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format || rune.Value == '\'' || (Rune.IsLetter(rune) && digits == false);
            if (!belongs && token.Length > 0)
            {
                yield return token.ToString();
                token.Clear();
            }

            if (isDigit || Rune.IsLetter(rune))
                digits = isDigit;
            if (isDigit || Rune.IsLetter(rune) || (belongs && token.Length > 0))
                token.Append(rune);
        }

        if (token.Length > 0)
            yield return token.ToString();
    }

    private static (int Value, int Digits)? NumberIn(string token)
    {
        var runes = token.EnumerateRunes().ToArray();
        if (runes.All(rune => Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber))
        {
            return runes.Length > 4
                ? (0, runes.Length)
                : (runes.Aggregate(0, (value, rune) => (10 * value) + (int)Rune.GetNumericValue(rune)), runes.Length);
        }

        return runes.All(IsEthiopicNumber) ? EthiopicNumber(runes) : null;
    }

    private static bool IsEthiopicNumber(Rune rune) => rune.Value is >= 0x1369 and <= 0x137C;

    /// <summary>Ethiopic numerals count units and tens, which a following sign for hundred or ten thousand multiplies.</summary>
    private static (int Value, int Digits) EthiopicNumber(Rune[] runes)
    {
        var (total, current) = (0L, 0L);
        foreach (var sign in runes.Take(12).Select(rune => (long)Rune.GetNumericValue(rune)))
        {
            (total, current) = sign switch
            {
                100 => (total + (100 * Math.Max(1, current)), 0),
                10_000 => (10_000 * Math.Max(1, total + current), 0),
                _ => (total, current + sign),
            };
            if (total > 100_000)
                return (0, 5);
        }

        // Written without zeros, a year below one hundred cannot be told from a short one: count the digits of the value.
        var value = (int)(total + current);
        return (value, value.ToString(CultureInfo.InvariantCulture).Length);
    }
}
