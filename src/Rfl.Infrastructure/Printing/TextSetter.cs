using System.Globalization;
using System.Text;
using HarfBuzzSharp;
using SkiaSharp;

namespace Rfl.Infrastructure.Printing;

/// <summary>Sets lines of text in any script of <see cref="Typefaces"/>: runs in their order on paper, letters joined and placed by HarfBuzz.</summary>
internal static class TextSetter
{
    private const int LongWord = 200;

    private static readonly Lazy<Typefaces> typefaces = new(() => new Typefaces());

    /// <param name="Cluster">Where the letters that it stands for begin in the text of its set.</param>
    private readonly record struct Glyph(ushort Id, SKPoint Place, uint Cluster);

    /// <summary>Glyphs of one typeface, placed from the left end of their line.</summary>
    /// <param name="Text">What they stand for, as UTF-8: joined letters have no code point by which a reader could copy them.</param>
    /// <param name="Marks">
    /// Dots and signs upon the others. They are drawn as outlines: as text, each would be copied a second time, and readers would see gaps between the letters.
    /// </param>
    private sealed record Set(Typefaces.Face Face, byte[] Text, List<Glyph> Glyphs, List<Glyph> Marks);

    public static float Measure(string text, float size) => Lay(text, size, Bidi.IsRightToLeft(text)).Width;

    public static void Draw(SKCanvas canvas, string line, float left, float right, float baseline, float size, bool rightToLeft, SKPaint paint)
    {
        var (sets, width) = Lay(line, size, rightToLeft);
        var x = rightToLeft ? right - width : left;
        foreach (var set in sets)
        {
            using var font = new SKFont(set.Face.Typeface, size) { Subpixel = true, Hinting = SKFontHinting.None };
            using var builder = new SKTextBlobBuilder();
            var run = builder.AllocateRawPositionedTextRun(font, set.Glyphs.Count, set.Text.Length);
            set.Text.CopyTo(run.Text);
            for (var i = 0; i < set.Glyphs.Count; i++)
                (run.Glyphs[i], run.Positions[i], run.Clusters[i]) = set.Glyphs[i];
            using var blob = builder.Build();
            if (blob is not null)
                canvas.DrawText(blob, x, baseline, paint);
            foreach (var mark in set.Marks)
            {
                using var outline = font.GetGlyphPath(mark.Id);
                canvas.Save();
                canvas.Translate(x + mark.Place.X, baseline + mark.Place.Y);
                if (outline is not null)
                    canvas.DrawPath(outline, paint);
                canvas.Restore();
            }
        }
    }

    /// <summary>Breaks a text into lines that fit, at spaces, and within a word where it is longer than a line. What controls a terminal is a space here.</summary>
    public static IEnumerable<string> Break(string text, float size, float width)
    {
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = new StringBuilder();
            var used = 0f;
            foreach (var word in Words(string.Concat(paragraph.Select(letter => char.IsControl(letter) ? ' ' : letter)), size, width))
            {
                // Letters do not join over a space: words measure together what they measure apart.
                var further = Measure(" " + word, size);
                if (line.Length > 0 && used + further > width)
                {
                    yield return line.ToString();
                    line.Clear();
                    used = 0;
                }

                used += further;
                line.Append(line.Length == 0 ? "" : " ").Append(word);
            }

            yield return line.ToString();
        }
    }

    private static IEnumerable<string> Words(string paragraph, float size, float width)
    {
        foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Length < LongWord && Measure(word, size) <= width)
            {
                yield return word;
                continue;
            }

            // Somebody may write a page without a space: never measured as a whole.
            var starts = StringInfo.ParseCombiningCharacters(word);
            for (var first = 0; first < starts.Length;)
            {
                var (fits, tooMany) = (1, Math.Min(LongWord, starts.Length - first) + 1);
                while (tooMany - fits > 1)
                {
                    var half = (fits + tooMany) / 2;
                    (fits, tooMany) = Measure(word[starts[first]..End(first + half)], size) <= width ? (half, tooMany) : (fits, half);
                }

                yield return word[starts[first]..End(first + fits)];
                first += fits;

                int End(int letters) => letters < starts.Length ? starts[letters] : word.Length;
            }
        }
    }

    private static (List<Set> Sets, float Width) Lay(string line, float size, bool rightToLeft)
    {
        var sets = new List<Set>();
        var x = 0f;
        foreach (var run in Bidi.Runs(line, rightToLeft))
        {
            var pieces = Pieces(line, run).ToList();
            if (run.RightToLeft)
                pieces.Reverse();
            foreach (var (face, text) in pieces)
                sets.Add(Shape(face, text, run.RightToLeft, size, ref x));
        }

        return (sets, x);
    }

    /// <summary>Stretches of a run in one script that one typeface has all letters of. Marks and spaces stay with what they follow.</summary>
    private static IEnumerable<(Typefaces.Face Face, string Text)> Pieces(string line, DirectedRun run)
    {
        Typefaces.Face? current = null;
        var written = Script.Common;
        var piece = new StringBuilder();
        foreach (var rune in line.Substring(run.Start, run.Length).EnumerateRunes())
        {
            var stays = current is not null && current.Has(rune.Value) && !Rune.IsLetterOrDigit(rune);
            var face = stays ? current! : typefaces.Value.For(rune.Value);
            var script = UnicodeFunctions.Default.GetScript(rune.Value);
            var shared = script == Script.Common || script == Script.Inherited;
            if (current is not null && (face != current || (!shared && written != Script.Common && script != written)))
            {
                yield return (current, piece.ToString());
                piece.Clear();
                written = Script.Common;
            }

            current = face;
            written = shared ? written : script;
            piece.Append(rune.ToString());
        }

        if (current is not null && piece.Length > 0)
            yield return (current, piece.ToString());
    }

    private static Set Shape(Typefaces.Face face, string text, bool rightToLeft, float size, ref float x)
    {
        using var buffer = new HarfBuzzSharp.Buffer();
        var written = Encoding.UTF8.GetBytes(text);
        buffer.AddUtf8(written);
        buffer.GuessSegmentProperties();
        buffer.Direction = rightToLeft ? Direction.RightToLeft : Direction.LeftToRight;
        face.Shape(buffer);
        var (infos, positions) = (buffer.GlyphInfos, buffer.GlyphPositions);
        var scale = size / face.UnitsPerEm;
        var carrying = new HashSet<uint>();
        for (var i = 0; i < infos.Length; i++)
        {
            if (positions[i].XAdvance != 0)
                carrying.Add(infos[i].Cluster);
        }

        var set = new Set(face, written, [], []);
        for (var i = 0; i < infos.Length; i++)
        {
            var isMark = positions[i].XAdvance == 0 && carrying.Contains(infos[i].Cluster);
            (isMark ? set.Marks : set.Glyphs).Add(new Glyph(
                (ushort)infos[i].Codepoint, new SKPoint(x + (positions[i].XOffset * scale), -positions[i].YOffset * scale), infos[i].Cluster));
            x += positions[i].XAdvance * scale;
        }

        return set;
    }
}
