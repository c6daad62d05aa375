using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using Rfl.Domain.Matching.Phonemes;

namespace Rfl.Domain.Matching.Names;

/// <summary>
/// Vietnamese names: syllables of one orthography, few family names, any order, tones and often all marks dropped abroad (handbook §7).
/// Every letter tells names apart, so likeness of sound counts for less than elsewhere; and where both sides write tones, another tone is another name.
/// </summary>
internal static partial class VietnameseNames
{
    // The family names of more than nine in ten Vietnamese.
    // Stryker disable once String : a table of words is data, and no rule; what is read with it has its specs
    private static readonly FrozenSet<string> familyNames = FrozenSet.Create(
        "nguien", "tran", "le", "pham", "huinh", "hoang", "phan", "vu", "vo", "dang", "bui", "do", "ho", "ngo", "duong", "li", "dinh", "truong",
        "trinh", "dao", "doan", "luong", "mai", "cao", "trieu", "phung", "quach", "thach", "bach", "chau", "giang", "sung", "chu", "ha", "to", "ta", "thai");

    // Frequent given and middle names: they decide where a word written as one falls apart (van-hung, not va-nhung).
    // Stryker disable once String : a table of words is data, and no rule; what is read with it has its specs
    private static readonly FrozenSet<string> frequentSyllables = FrozenSet.Create(
        "anh", "bao", "bich", "binh", "cam", "canh", "chi", "chien", "cong", "cuong", "dai", "dat", "diep", "dung", "duc", "dieu", "gia", "giang", "hai", "han",
        "hang", "hanh", "hau", "hien", "hiep", "hieu", "hoa", "hoai", "hoan", "hong", "hue", "hung", "huong", "huu", "huien", "khanh", "khiem", "khoa", "kien",
        "kim", "lam", "lan", "lien", "linh", "loan", "loc", "loi", "long", "luan", "manh", "mi", "minh", "nam", "nga", "ngan", "nghia", "ngoc", "nhan", "nhi",
        "nhung", "nhu", "oanh", "phat", "phong", "phu", "phuc", "phuoc", "phuong", "quan", "quang", "qui", "quinh", "quoc", "quien", "sinh", "son", "tai", "tam",
        "tan", "thang", "thanh", "thao", "thi", "thien", "thinh", "tho", "thong", "thu", "thuan", "thui", "thuong", "tien", "tin", "tinh", "toan", "trang", "tri",
        "trong", "truc", "trung", "tu", "tuan", "tung", "tuiet", "tuien", "van", "viet", "vinh", "vi", "xuan", "ien");

    /// <summary>Takes words apart that were written as one (<em>Nguyen Vantinh</em>), if the name is Vietnamese at all.</summary>
    public static void SplitSyllables(List<(string Letters, Script Script)> words)
    {
        if (!words.Any(word => word.Script == Script.Latin && IsFamilyName(word.Letters)))
            return;
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].Script != Script.Latin || words[i].Letters.Length is < 5 or > 24)
                continue;
            var (parts, _) = Divide(words[i].Letters);
            if (parts is null || parts.Count < 2)
                continue;
            words.RemoveAt(i);
            words.InsertRange(i, parts.Select(part => (part, Script.Latin)));
        }
    }

    // The division into syllables that has most letters in frequent ones; null where the letters are no Vietnamese syllables.
    private static (List<string>? Parts, int Known) Divide(string letters)
    {
        if (letters.Length == 0)
            return ([], 0);
        (List<string>? Parts, int Known) best = (null, -1);
        for (var length = Math.Min(letters.Length, 9); length > 0; length--)
        {
            if (!Syllable().IsMatch(letters[..length]) || length < letters.Length && Spelling.IsMark(letters[length]))
                continue;
            var (parts, known) = Divide(letters[length..]);
            var first = Base(letters[..length]);
            known += frequentSyllables.Contains(first) || familyNames.Contains(first) ? first.Length : 0;
            if (parts is not null && (known > best.Known || known == best.Known && parts.Count + 1 < best.Parts!.Count))
                best = ([letters[..length], .. parts], known);
        }
        return best;
    }

    /// <summary>Whether the words make a Vietnamese name: syllables only, with a family name among them.</summary>
    public static bool Recognise(IReadOnlyList<NamePart> parts) =>
        parts.Count > 1
        && parts.All(part => part.Script == Script.Latin)
        && parts.Any(part => IsFamilyName(part.Letters))
        && parts.All(part => Syllable().IsMatch(part.Letters));

    /// <summary>Six letters and four marks at most: most words of other languages are ruled out by their length.</summary>
    private static bool IsFamilyName(string letters) => letters.Length <= 10 && familyNames.Contains(Base(letters));

    /// <summary>Four in ten are called Nguyen, and every second man Van, every second woman Thi: agreement in these says little.</summary>
    public static float RarityOf(string syllable) =>
        syllable is "van" or "thi" ? 0.3f : syllable is "nguien" ? 0.4f : familyNames.Contains(syllable) ? 0.6f : 1;

    /// <summary>
    /// Index of the given name: the last syllable after a family name that comes first, the first one before a family name that comes last;
    /// -1 where both ends may be the family.
    /// </summary>
    public static int GivenAmong(IReadOnlyList<NamePart> parts)
    {
        var (first, last) = (familyNames.Contains(Base(parts[0].Letters)), familyNames.Contains(Base(parts[^1].Letters)));
        return first == last ? -1 : first ? parts.Count - 1 : 0;
    }

    public static Marked Read(string letters)
    {
        var (tone, quality) = (new StringBuilder(), new StringBuilder());
        foreach (var letter in letters)
        {
            // Grave, acute, tilde, hook above and dot below are tones; circumflex, breve, horn and the barred d are letters of their own.
            if (letter is '\u0300' or '\u0301' or '\u0303' or '\u0309' or '\u0323')
                tone.Append(letter);
            else if (letter is '\u0302' or '\u0306' or '\u031b' or 'đ')
                quality.Append(letter);
        }
        return new Marked(Base(letters), tone.ToString(), quality.ToString());
    }

    // i and y alternate (Lý, Lí).
    private static string Base(string letters) =>
        string.Concat(letters.Where(letter => !Spelling.IsMark(letter))).Replace('đ', 'd').Replace('y', 'i');

    // Initial consonant, vowels with marks, final consonant.
    [GeneratedRegex(
        @"^(?:ngh|ng|nh|kh|gh|gi|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?(?:[aeiouy][\u0300-\u036f]*){1,3}(?:ch|ng|nh|[cmnpt])?$")]
    private static partial Regex Syllable();

    /// <param name="Base">Letters without any mark; i for y.</param>
    /// <param name="Tone">The tone mark, or nothing.</param>
    /// <param name="Quality">The marks that make other letters, or nothing.</param>
    internal readonly record struct Marked(string Base, string Tone, string Quality);
}
