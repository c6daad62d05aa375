using Rfl.Domain.Matching.Names;
using Rfl.Domain.Matching.Phonemes;

namespace Rfl.Domain.Tests.Matching;

public class SoundTests
{
    [Theory]
    [InlineData("Khadija", "X A D I LatinJ A")]
    [InlineData("Schmidt", "Sh M I D FinalT")]
    [InlineData("Gjergj", "J E R J")]
    [InlineData("Şahin", "Sh A H I N")]
    [InlineData("حسن", "Hh S N")]
    [InlineData("چمران", "Ch M R Alef N")]
    [InlineData("Жанна", "Zh A N A")]
    [InlineData("ሰላም", "S Ae L A M Schwa")]
    [InlineData("Γκίκας", "G I K A S")]
    [InlineData("Շուշան", "Sh U Sh A N")]
    [InlineData("שמואל", "Shin M Waw Alef L")]
    public void Words_are_read_as_they_sound(string written, string sounds) =>
        Assert.Equal(sounds, string.Join(' ', NameForm.Read(written).Parts[0].Sounds.ToArray()));

    [Theory]
    [InlineData("محمـــد", "محمد")]
    [InlineData("مُحَمَّد", "محمد")]
    [InlineData("ﻣﺤﻤﺪ", "محمد")]
    [InlineData("أحمد", "احمد")]
    [InlineData("كريم", "کریم")]
    [InlineData("ＡＨＭＡＤ", "Ahmad")]
    [InlineData("Ahmad\u200f", "Ahmad")]
    [InlineData("ሠላም", "ሰላም")]
    [InlineData("ዐለም", "አለም")]
    public void Variants_of_letters_are_one_name(string a, string b)
    {
        var first = NameForm.Read(a).Parts[0].Sounds;
        var second = NameForm.Read(b).Parts[0].Sounds;
        Assert.True(SoundDistance.Between(first, second, WritingContext.Abjad, ExpectedCosts.Create()) < 0.35);
    }

    [Fact]
    public void A_spelling_may_stand_only_once_in_a_table() => Assert.Throws<ArgumentException>(() => new GraphemeTable("sh:Sh sh:S"));

    [Fact]
    public void Confusable_sounds_are_nearer_than_others()
    {
        var costs = ExpectedCosts.Create();
        Assert.True(costs[Sound.K, Sound.Q] < costs[Sound.K, Sound.G]);
        Assert.True(costs[Sound.K, Sound.G] < costs[Sound.K, Sound.M]);
        Assert.Equal(costs[Sound.B, Sound.V], costs[Sound.V, Sound.B]);
    }

    [Fact]
    public void A_short_vowel_is_missed_less_where_it_is_not_written()
    {
        var costs = ExpectedCosts.Create();
        Assert.True(costs.Gap(Sound.A, WritingContext.Abjad, SoundPosition.Middle) < costs.Gap(Sound.A, WritingContext.Full, SoundPosition.Middle));
        Assert.True(costs.Gap(Sound.A, WritingContext.Abjad, SoundPosition.First) > costs.Gap(Sound.A, WritingContext.Abjad, SoundPosition.Middle));
    }
}
