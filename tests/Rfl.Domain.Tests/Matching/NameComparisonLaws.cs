using FsCheck;
using FsCheck.Fluent;
using Rfl.Domain.Matching;
using Rfl.Domain.Matching.Names;

namespace Rfl.Domain.Tests.Matching;

/// <summary>Names that agree more never score less.</summary>
/// <remarks>
/// Initials are left out on purpose: one stands for a name that is written nowhere else, and a name more on the other side may take that place from it
/// (<c>A. Xhavit Nur</c> holds <c>Eleni</c> for its A, but not <c>Eleni Xhavit</c>, where Nur is the other name).
/// </remarks>
public class NameComparisonLaws
{
    // Words that are one part each wherever they stand: Abdul, Abu and the article join their neighbours, Vietnamese is an orthography of its own.
    private static readonly string[] words =
    [
        "Mohammad", "محمد", "Karim", "Karima", "كريم", "Tesfay", "ተስፋይ", "Иванов", "Ivanova", "Rahman", "Haji", "Hoxha", "Müller", "Xhavit", "Ελένη",
        "Petrović", "Ivanovich", "Gebremariam", "Gebre", "Mariam", "Dick", "Richard", "bin", "گل", "Nur", "Nuri", "Azizul", "Aziz",
    ];

    private static readonly NameComparer comparer = new(MatchModel.Current.Names);
    private static readonly Config often = Config.QuickThrowOnFailure.WithMaxTest(500);

    private static readonly Gen<string[]> anyName = Gen.Elements(words).NonEmptyListOf().Where(list => list.Count <= 4).Select(list => list.ToArray());
    private static readonly Arbitrary<(string[] A, string[] B)> anyTwo = (from a in anyName from b in anyName select (a, b)).ToArbitrary();

    [Fact]
    public void A_word_replaced_by_its_counterpart_in_the_other_name_never_lowers_the_score() =>
        Prop.ForAll(anyTwo, two =>
        {
            var (before, pairs) = Compare(two.A, two.B);
            return pairs.Where(pair => pair is { A: >= 0, B: >= 0, JoinedA: false, JoinedB: false }).All(pair =>
            {
                string[] nearer = [.. two.B];
                nearer[pair.B] = two.A[pair.A];
                return Compare(two.A, nearer).Score >= before - 1e-4;
            });
        }).Check(often);

    [Fact]
    public void A_word_of_the_other_name_that_was_missing_never_lowers_the_score() =>
        Prop.ForAll(anyTwo, two =>
        {
            var (before, pairs) = Compare(two.A, two.B);
            return pairs.Where(pair => pair is { A: >= 0, B: < 0 }).All(pair => Compare(two.A, [.. two.B, two.A[pair.A]]).Score >= before - 1e-4);
        }).Check(often);

    // Found by these laws: what differed could take the place of a part that counts little.
    [Theory]
    [InlineData("Ivan Petrovich Sidorov", "Ivan Karpov")]
    [InlineData("M. Javad Karimi Sabet", "Javad Rahiqi")]
    public void A_name_that_differs_does_not_hide_behind_a_patronymic_or_an_initial(string a, string b) => Assert.True(Compare(a.Split(' '), b.Split(' ')).Score < -2);

    private static (float Score, List<PartPair> Pairs) Compare(string[] a, string[] b)
    {
        var pairs = new List<PartPair>();
        return (comparer.Compare(NameForm.Read(string.Join(' ', a)), NameForm.Read(string.Join(' ', b)), pairs).Total, pairs);
    }
}
