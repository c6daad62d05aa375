using FsCheck;
using FsCheck.Fluent;
using Rfl.Domain.Matching;
using Rfl.Domain.Matching.Names;
using Rfl.Domain.Matching.Persons;

namespace Rfl.Domain.Tests.Matching;

/// <summary>What a score must be, whoever is compared: symmetric, monotone, neutral towards the unknown, absolute.</summary>
public class PersonMatchingLaws
{
    private static readonly PersonMatcher matcher = new(MatchModel.Current);

    private static readonly string[] names = ["Zahra Karim", "زهراء كريم حسين", "Karim", "Omar Nuri", "ተስፋይ ገብረ", "Nguyễn Văn Hùng", "Abdul", "A. Nuri", "Haji Ali", ""];
    private static readonly string[] words = ["", "", "Karim", "كريم", "Ali", "Huda", "Omar Nuri"];
    private static readonly string[] places = ["", "Basra", "البصرة", "Kabul", "Zakho Street"];
    private static readonly BirthInterval?[] births =
    [
        null, Interval(1990, 5, 17, 1990, 5, 17), Interval(1990, 1, 1, 1990, 1, 1), Interval(1991, 8, 2, 1991, 8, 2), Interval(1985, 1, 1, 1995, 12, 31),
        Interval(1982, 5, 17, 1982, 5, 17), Interval(1940, 1, 1, 1940, 12, 31),
    ];

    private static readonly Gen<PersonForm> anyone =
        from name in Gen.Elements(names)
        from father in Gen.Elements(words)
        from mother in Gen.Elements(words)
        from sex in Gen.Elements<char?>(null, 'F', 'M')
        from birth in Gen.Elements(births)
        from place in Gen.Elements(places)
        from relatives in Gen.Elements(words).ListOf()
        select new PersonForm
        {
            Name = NameForm.Read(name),
            Father = NameForm.Read(father),
            Mother = NameForm.Read(mother),
            Sex = sex,
            Birth = birth,
            Birthplace = NameForm.Read(place),
            KnownBirthplace = PlaceNames.Find(place),
            Relatives = [.. relatives.Where(relative => relative.Length > 0).Take(3).Select(NameForm.Read)],
        };

    private static readonly Arbitrary<(PersonForm A, PersonForm B)> anyTwo = (from a in anyone from b in anyone select (a, b)).ToArbitrary();

    [Fact]
    public void It_does_not_matter_who_is_compared_with_whom() =>
        Prop.ForAll(anyTwo, two => Math.Abs(Score(two.A, two.B) - Score(two.B, two.A)) < 1e-4).QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_two_persons_always_have_the_same_score() =>
        Prop.ForAll(anyTwo, two =>
        {
            var alone = Score(two.A, two.B);
            // Absolute: whoever else has been compared in between.
            Score(two.A, two.A);
            Score(two.B, two.B);
            return Score(two.A, two.B) == alone;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Agreement_in_one_thing_more_never_lowers_and_contradiction_never_raises() =>
        Prop.ForAll(anyTwo, two =>
        {
            var unknown = Score(With(two.A, sex: null), With(two.B, sex: null));
            return Score(With(two.A, sex: 'F'), With(two.B, sex: 'F')) >= unknown && Score(With(two.A, sex: 'F'), With(two.B, sex: 'M')) <= unknown;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Each_birth_is_the_better_the_nearer_it_is() =>
        Prop.ForAll(anyTwo, two =>
        {
            var born = Interval(1990, 5, 17, 1990, 5, 17);
            BirthInterval?[] farther = [born, Interval(1990, 1, 1, 1990, 1, 1), Interval(1991, 1, 1, 1991, 1, 1), Interval(1992, 1, 1, 1992, 1, 1), Interval(1940, 1, 1, 1940, 1, 1)];
            var scores = farther.Select(birth => Score(WithBirth(two.A, born), WithBirth(two.B, birth))).ToArray();
            return scores.SequenceEqual(scores.OrderDescending());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_mother_who_is_the_same_counts_at_least_as_much_as_a_similar_one_and_that_as_another() =>
        Prop.ForAll(anyTwo, two =>
        {
            double Of(string mother) => Score(WithMother(two.A, "Amira"), WithMother(two.B, mother));
            return Of("Amira") >= Of("Amireh") && Of("Amireh") >= Of("Khadija");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_one_side_does_not_know_adds_no_reason() =>
        Prop.ForAll(anyTwo, two =>
        {
            var nothing = new PersonForm { Name = two.B.Name };
            return matcher.Score(With(WithBirth(WithMother(two.A, ""), two.A.Birth), two.A.Sex), nothing).Reasons
                .All(reason => reason.Field is MatchField.Name or MatchField.Father);
        }).QuickCheckThrowOnFailure();

    private static double Score(PersonForm a, PersonForm b) => matcher.Score(a, b).LogOdds;

    private static BirthInterval Interval(int year, int month, int day, int lastYear, int lastMonth, int lastDay) =>
        new(new DateOnly(year, month, day), new DateOnly(lastYear, lastMonth, lastDay));

    private static PersonForm With(PersonForm person, char? sex) => Copy(person, sex, person.Birth, person.Mother);

    private static PersonForm WithBirth(PersonForm person, BirthInterval? birth) => Copy(person, person.Sex, birth, person.Mother);

    private static PersonForm WithMother(PersonForm person, string mother) => Copy(person, person.Sex, person.Birth, NameForm.Read(mother));

    private static PersonForm Copy(PersonForm person, char? sex, BirthInterval? birth, NameForm mother) => new()
    {
        Name = person.Name,
        Father = person.Father,
        Mother = mother,
        Sex = sex,
        Birth = birth,
        Birthplace = person.Birthplace,
        KnownBirthplace = person.KnownBirthplace,
        Relatives = person.Relatives,
    };
}
