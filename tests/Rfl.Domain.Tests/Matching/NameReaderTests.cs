using Rfl.Domain.Matching;
using Rfl.Domain.Matching.Names;

namespace Rfl.Domain.Tests.Matching;

/// <summary>Remembering words saves time and may change nothing: a word is read by what stands around it.</summary>
public sealed class NameReaderTests
{
    private static readonly string[] names =
    [
        // Alone Van is a name, in a Vietnamese name a syllable, elsewhere a particle.
        "Van", "Nguyen Van Tinh", "Jan van Dijk", "Nguyen Vantinh",
        // A patronymic only where more than two words are.
        "Ivan Petrovich", "Ivan Petrovich Sidorov", "Petrovich",
        // The article of the next word, written to the end of this one.
        "Abdul Rahman", "Abdul", "Abdur Rahman Nuri", "Rahman", "Noor ul Haq", "عبد الرحمن نوري", "عبدالرحمن",
        "Haji Nuri", "Haji", "K. Nuri", "K Nuri", "Bob", "Robert", "Trương Mỹ Lan", "Truong",
        "ገብረ ማርያም", "Gebre Mariam", "Gebremariam", "محمد", "Mohammad محمد",
    ];

    [Fact]
    public void A_remembered_word_reads_as_if_it_were_read_anew()
    {
        var comparer = new NameComparer(MatchModel.Current.Names);
        foreach (var order in new[] { names, [.. names.Reverse()] })
        {
            var reader = new NameReader();
            foreach (var name in order)
            {
                var (remembered, anew) = (reader.Read(name), NameForm.Read(name));
                Assert.Equal(anew.Parts.Select(Describe), remembered.Parts.Select(Describe));
                Assert.Equal((anew.Given, anew.Joined.Length), (remembered.Given, remembered.Joined.Length));
                foreach (var other in names)
                    Assert.Equal(comparer.Agreement(anew, NameForm.Read(other)), comparer.Agreement(remembered, reader.Read(other)));
            }
        }
    }

    private static string Describe(NamePart part) =>
        $"{part.Kind} {part.Script} {part.Letters} {string.Join('|', part.Readings.Select(reading => $"{reading.Kind}:{string.Join(' ', reading.Sounds)}"))}";
}
