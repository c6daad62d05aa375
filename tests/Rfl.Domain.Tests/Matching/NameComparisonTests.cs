using FsCheck;
using FsCheck.Fluent;
using Rfl.Domain.Matching;
using Rfl.Domain.Matching.Names;

namespace Rfl.Domain.Tests.Matching;

public class NameComparisonTests
{
    private static readonly NameComparer comparer = new(MatchModel.Current.Names);

    private static readonly string[] words =
    [
        "Mohammad", "محمد", "Tesfay", "ተስፋይ", "Gebre", "Mariam", "Иванов", "Abdul", "Rahman", "عبدالرحمن", "al", "bin", "Haji", "Nguyễn", "Van", "Hùng",
        "Müller", "A.", "Xhavit", "Ελένη", "الحسن", "O'Neil", "Петрович", "და", "Dick", "گل", "Kızılırmak", "x", "Văn", "ʿAlī",
    ];

    private static readonly Arbitrary<string> anyName =
        Gen.Elements(words).NonEmptyListOf().Where(list => list.Count <= 6).Select(list => string.Join(' ', list)).ToArbitrary();

    // Handbook §7, written by hand: one name in the spellings that the field meets.
    [Theory]
    [InlineData("Muhamad", "Mohammad")]
    [InlineData("Mohammed", "محمد")]
    [InlineData("Mohd Zaman", "Mohammad Zaman")]
    [InlineData("Gholam", "Qolam")]
    [InlineData("Salah ul-Din", "Saladdin")]
    [InlineData("Abdulrahman", "عبد الرحمن")]
    [InlineData("Abdul Rahman", "عبد الرحمن")]
    [InlineData("Abdurrahman", "عبد الرحمن")]
    [InlineData("Abdel Rahman", "عبدالرحمن")]
    // The l is the article's where the name of God begins with a vowel.
    [InlineData("Abdulaziz", "Abdul Aziz")]
    [InlineData("Abdelaziz", "عبد العزيز")]
    [InlineData("Abdulahad", "Abd al-Ahad")]
    [InlineData("Abdulali", "Abdul Ali")]
    // And the name's where it begins with one.
    [InlineData("Abdulatif", "Abdul Latif")]
    [InlineData("Abdullatif", "عبد اللطيف")]
    [InlineData("Tesfay", "Tesfaye")]
    [InlineData("Tesfai", "ተስፋይ")]
    [InlineData("Gebremariam", "Gebre Mariam")]
    [InlineData("Ghebremariam", "ገብረ ማርያም")]
    [InlineData("Rebwar", "Rêbwar")]
    [InlineData("Rebwar", "ڕێبوار")]
    [InlineData("Khalid", "Xalid")]
    [InlineData("Mohammad Reza", "Mohammadreza")]
    [InlineData("Hoxha", "Hodza")]
    [InlineData("Çelë", "Cele")]
    [InlineData("Al-Hassan", "الحسن")]
    [InlineData("Hassan", "الحسن")]
    [InlineData("Yusuf ibn Omar", "يوسف عمر")]
    [InlineData("Ольга Петренко", "Petrenko Olha")]
    [InlineData("Robert Miller", "Bob Miller")]
    [InlineData("Karim Nuri", "KarimN uri")]
    [InlineData("Zahra Sabri", "Zahr aSabri")]
    [InlineData("DAUD SALIM", "DAU DSALIM")]
    [InlineData("Tirhas Hailu", "Tihras Hailu")]
    [InlineData("Karim Ennouri", "Karim Nouri")]
    [InlineData("Najib Sabri", "Necip Sabri")]
    [InlineData("Karim Abdul", "Karim Abdulaziz")]
    [InlineData("نوري عبد", "Abdelaziz Nouri")]
    [InlineData("எஸ். குமார்", "S. Kumar")]
    [InlineData("J. Karimi", "Jamal Karimi")]
    // The clerk held Abdul for the whole given name.
    [InlineData("Abdulaziz Mansouri", "Abdul Mansouri")]
    [InlineData("عبدالرؤوف کریمی", "Abdul Karimi")]
    // A family name after Abd, and somebody else who took both for one word.
    [InlineData("Abdul Mansouri", "Abdulmansouri")]
    // Urdu, Bengali and Rohingya write the article to the word before it, as it is spoken.
    [InlineData("Azizul Haque", "Aziz ul-Haq")]
    [InlineData("Ziaur Rahman", "Rahman Zia")]
    // Ranks and titles of other languages.
    [InlineData("Colonel Karim Nuri", "Karim Nuri")]
    [InlineData("Əli Fuad Paşa", "Ali Fuat Demir")]
    // One short form of two names.
    [InlineData("Vlad Popa", "Vladimir Popa")]
    [InlineData("Vlad Popa", "Vladislav Popa")]
    [InlineData("Teuta Tqerimi", "Teuta Qerimi")]
    public void One_name_in_two_writings_speaks_for_the_same_person(string a, string b) => Assert.True(Evidence(a, b) > 0.3, $"{Evidence(a, b)}");

    [Theory]
    [InlineData("Mohammad Karimi", "Fatima Karimi")]
    [InlineData("Abdulrahman", "Abdullah")]
    [InlineData("ተስፋይ ገብረ", "Almaz Gebre")]
    [InlineData("Иван Петров", "Olga Petrova")]
    [InlineData("Nguyễn Văn Hùng", "Nguyễn Văn Dũng")]
    [InlineData("Agim Hoxha", "Teuta Hoxha")]
    [InlineData("Arben A. Hoxha", "Hoxha Adelina")]
    [InlineData("Peter J. Miller", "Peter Brown")]
    [InlineData("Le Van Thanh", "Le Hoai")]
    public void Brothers_and_sisters_are_not_the_same_person(string a, string b) => Assert.True(Evidence(a, b) < 0, $"{Evidence(a, b)}");

    [Fact]
    public void A_dropped_tone_is_no_contradiction_but_another_tone_is()
    {
        Assert.True(Evidence("Trần Thị Hoà", "Tran Thi Hoa") > 0.5);
        Assert.True(Evidence("Trần Thị Hoà", "Trần Thị Hoả") < Evidence("Trần Thị Hoà", "Tran Thi Hoa") - 1);
    }

    [Fact]
    public void A_frequent_Vietnamese_family_name_says_less_than_a_given_name() =>
        Assert.True(Evidence("Nguyen Lan", "Nguyen") < Evidence("Nguyen Lan", "Lan"));

    [Fact]
    public void The_order_of_parts_does_not_matter() => Assert.Equal(Evidence("Zahra Ahmadi Nuri", "زهرا احمدی نوری"), Evidence("Nuri Zahra Ahmadi", "زهرا احمدی نوری"), 4);

    [Fact]
    public void A_title_that_one_side_leaves_out_costs_less_than_a_name() =>
        Assert.True(Evidence("Haji Daud Nuri", "Daud Nuri") > Evidence("Hamid Daud Nuri", "Daud Nuri"));

    [Fact]
    public void A_missing_given_name_costs_more_than_a_missing_ancestor()
    {
        Assert.True(Evidence("Ali Ahmad Hassan", "Ahmad Hassan") < Evidence("Ahmad Hassan Ali", "Ahmad Hassan"));
        // Vietnamese names begin or end with the family; the given name is at the other end.
        Assert.True(Evidence("Nguyen Van Phuc", "Nguyen Van") < Evidence("Nguyen Van Phuc", "Nguyen Phuc"));
        Assert.True(Evidence("Phuc Van Nguyen", "Van Nguyen") < Evidence("Phuc Van Nguyen", "Phuc Nguyen"));
    }

    [Theory]
    [InlineData("KarimN uri", "karim nuri")]
    [InlineData("Zahr aSabri", "zahra sabri")]
    [InlineData("Karim AlAli", "karim ali")]
    [InlineData("Ian McNeil", "ian mcneil")]
    [InlineData("KARIM NURI", "karim nuri")]
    public void A_capital_begins_a_word(string written, string words) =>
        Assert.Equal(words, string.Join(' ', NameForm.Read(written).Parts.Select(part => part.Letters)));

    [Fact]
    public void A_slipped_blank_hides_no_other_word() => Assert.True(Evidence("DAUD SALIM", "DAU DSALIH NURI") < Evidence("DAUD SALIM", "DAU DSALIM"));

    [Theory]
    [InlineData("Abdul Karim Nuri", "abd-karim nuri")]
    [InlineData("Abd al-Sami Nuri", "abd-sami nuri")]
    [InlineData("عبد السميع", "عبد-سميع")]
    [InlineData("Abdul Hai Nuri", "abd-hai nuri")]
    [InlineData("Abdul Karimi", "abd karimi")]
    [InlineData("Abdul Mansouri", "abd mansouri")]
    [InlineData("عبد الشابي", "عبد الشابي")]
    public void Abd_joins_a_name_of_God_and_not_a_family_name(string written, string words) =>
        Assert.Equal(words, string.Join(' ', NameForm.Read(written).Parts.Select(part => part.Letters)));

    [Fact]
    public void Abd_and_a_word_that_nobody_knows_are_found_as_one_word()
    {
        var (parted, joined) = (new HashSet<string>(), new HashSet<string>());
        BlockingKeys.OfName(NameForm.Read("Abdul Zubayda"), parted);
        BlockingKeys.OfName(NameForm.Read("Abdulzubayda"), joined);
        Assert.True(parted.Overlaps(joined));
        // Abd itself is nobody's key.
        Assert.DoesNotContain("pt", parted);
    }

    [Fact]
    public void Who_goes_by_another_name_altogether_differs_in_every_part_at_once()
    {
        var full = MatchModel.Current.Names.Evidence(1);
        var pairs = new List<PartPair>();
        Assert.Equal(comparer.Compare(NameForm.Read("Zahra Ahmadi"), NameForm.Read("Boris Kovtun"), pairs).Total, full + (pairs.Sum(pair => pair.Evidence) - full) / 2, 4);
    }

    [Fact]
    public void Parts_are_told_with_their_evidence()
    {
        var pairs = new List<PartPair>();
        comparer.Compare(NameForm.Read("Gebre Mariam Tesfay"), NameForm.Read("Tesfay Gebremariam"), pairs);
        Assert.Contains(pairs, pair => pair is { A: 0, B: 1, JoinedA: true, Evidence: > 0 });
        Assert.Contains(pairs, pair => pair is { A: 2, B: 0, Evidence: > 0 });
    }

    [Fact]
    public void Comparison_is_symmetric() =>
        Prop.ForAll(anyName, anyName, (a, b) => Evidence(a, b) == Evidence(b, a)).QuickCheckThrowOnFailure();

    [Fact]
    public void No_name_is_closer_than_the_name_itself() =>
        Prop.ForAll(anyName, anyName, (a, b) => Evidence(a, b) <= Evidence(a, a) + 1e-4).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_not_known_says_nothing() => Prop.ForAll(anyName, a => Evidence(a, "") == 0 && Evidence("", a) == 0 && Evidence("?!", a) == 0).QuickCheckThrowOnFailure();

    [Fact]
    public void Evidence_never_rises_with_the_difference() =>
        Prop.ForAll(Gen.Choose(0, 2000).Two().ToArbitrary(), pair =>
        {
            var (less, more) = (Math.Min(pair.Item1, pair.Item2) / 1000f, Math.Max(pair.Item1, pair.Item2) / 1000f);
            return MatchModel.Current.Names.Evidence(less) >= MatchModel.Current.Names.Evidence(more);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_is_read_without_complaint() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => NameForm.Read(text).Parts.Length <= NameForm.MostParts).QuickCheckThrowOnFailure();

    [Fact]
    public void A_form_does_not_show_the_name()
    {
        var form = NameForm.Read("Zahra Ahmadi");
        Assert.DoesNotContain("ahra", form.ToString() + form.Parts[0], StringComparison.OrdinalIgnoreCase);
    }

    private static float Evidence(string a, string b) => comparer.Compare(NameForm.Read(a), NameForm.Read(b)).Total;
}
