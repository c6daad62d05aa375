using System.Globalization;

namespace Rfl.Domain.Matching.Phonemes;

/// <summary>Where in its word a sound stands.</summary>
public enum SoundPosition
{
    First,
    Middle,
    Last,
}

/// <summary>
/// What it costs to take one sound for another (0: the same; 1: nothing to do with each other) or to leave one out.
/// Costs are data: the linguistic expectation is written in <see cref="ExpectedCosts"/>, learning moves it where labelled pairs say so.
/// </summary>
public sealed class SoundCosts
{
    /// <summary>Cost of two sounds that nothing connects; dearer than leaving out one of them.</summary>
    public const float Unrelated = 1.2f;

    /// <summary>Cost of a vowel against a consonant: never better than leaving out both.</summary>
    private const float Impossible = 2.5f;

    private readonly float[] substitution = new float[Sounds.Count * Sounds.Count];

    // Twelve tables: by context, then by position.
    private readonly float[] gap = new float[12 * Sounds.Count];

    public SoundCosts()
    {
        for (var a = 1; a < Sounds.Count; a++)
        {
            for (var b = 1; b < Sounds.Count; b++)
                substitution[a * Sounds.Count + b] = a == b ? 0 : Mixed((Sound)a, (Sound)b) ? Impossible : Unrelated;
        }
    }

    /// <summary>The cost of reading one sound as the other; symmetric.</summary>
    public float this[Sound a, Sound b]
    {
        get => substitution[(int)a * Sounds.Count + (int)b];
        set => substitution[(int)a * Sounds.Count + (int)b] = substitution[(int)b * Sounds.Count + (int)a] = value;
    }

    /// <summary>The cost of a sound that the other writing does not have.</summary>
    /// <param name="sound">The sound left out.</param>
    /// <param name="context">How the two words are written.</param>
    /// <param name="position">Where the sound stands.</param>
    public float Gap(Sound sound, WritingContext context, SoundPosition position) => gap[Index(sound, context, position)];

    public void SetGap(Sound sound, WritingContext context, SoundPosition position, float cost) => gap[Index(sound, context, position)] = cost;

    internal void SetGap(Sound sound, float full, float middleInAbjad)
    {
        foreach (var position in Enum.GetValues<SoundPosition>())
        {
            SetGap(sound, WritingContext.SameScript, position, full);
            SetGap(sound, WritingContext.Full, position, full);
            SetGap(sound, WritingContext.Ethiopic, position, full);
            SetGap(sound, WritingContext.Abjad, position, position == SoundPosition.Middle || sound == Sound.FinalE ? middleInAbjad : full);
        }
    }

    /// <summary>Sets a cost by its name in the model: <c>P~B</c> for one sound taken for another, <c>A-Full-First</c> or <c>A-Abjad-Middle</c> for one left out.</summary>
    public void Set(string entry, float cost)
    {
        if (entry.Split('~') is [var a, var b])
            this[Enum.Parse<Sound>(a), Enum.Parse<Sound>(b)] = cost;
        else if (entry.Split('-') is [var sound, var writing, var position])
            SetGap(Enum.Parse<Sound>(sound), Enum.Parse<WritingContext>(writing), Enum.Parse<SoundPosition>(position), cost);
        else
            throw new ArgumentException($"'{entry}' names no cost.", nameof(entry));
    }

    internal ReadOnlySpan<float> Substitutions => substitution;

    /// <summary>Gap costs: first, middle and last position one after the other.</summary>
    internal ReadOnlySpan<float> Gaps(WritingContext context) => gap.AsSpan((int)context * 3 * Sounds.Count, 3 * Sounds.Count);

    private static int Index(Sound sound, WritingContext context, SoundPosition position) =>
        ((int)context * 3 + (int)position) * Sounds.Count + (int)sound;

    private static bool Mixed(Sound a, Sound b) => a.IsVowel() != b.IsVowel() && !a.IsGlide() && !b.IsGlide();

    internal static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);
}
