using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Rfl.Infrastructure.Printing;

namespace Rfl.Infrastructure.Tests.Printing;

/// <summary>Text in every script of the field, in its order on paper.</summary>
public sealed partial class PrintedDocumentTests
{
    [Fact]
    public void The_same_document_gives_the_same_bytes()
    {
        var document = new PrintedDocument(
            "Title",
            "Introduction",
            [new PrintedSection("Names", [new("Arabic", "محمد نعیم"), new("Ethiopic", "ተስፋይ"), new("Cyrillic", "Шевченко"), new("Greek", "Παπαδοπούλου"), new("Vietnamese", "Nguyễn Thị")])],
            "Page",
            new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));

        Assert.Equal(document.ToPdf(), document.ToPdf());
    }

    [Theory]
    [InlineData("Zaman from Herat", false, "Zaman from Herat")]
    [InlineData("من حلب", true, "<من حلب")]
    [InlineData("في 12/03/2019 ثم", true, "< ثم|12/03/2019|<في ")]
    [InlineData("born in حلب 1998", false, "born in |1998|<حلب ")]
    [InlineData("إلى Athens مع", true, "< مع|Athens|<إلى ")]
    public void Runs_stand_in_their_order_on_paper(string text, bool rightToLeft, string expected)
    {
        Assert.Equal(rightToLeft, Bidi.IsRightToLeft(text));
        var runs = Bidi.Runs(text, rightToLeft).Select(run => string.Concat(run.RightToLeft ? "<" : "", text.AsSpan(run.Start, run.Length)));
        Assert.Equal(expected, string.Join('|', runs));
    }

    /// <summary>Joined letters have no code point: without the text beside them, a copy of the page would lose them.</summary>
    [Fact]
    public void Joined_letters_can_be_copied()
    {
        const string name = "محمد نعیم صاحب‌زاده";
        var pdf = new PrintedDocument("Title", "", [new PrintedSection("Names", [new("Persian", name)])], "Page", DateTimeOffset.UnixEpoch).ToPdf();

        var told = string.Concat(Told().Matches(Inflated(pdf)).Select(text => Encoding.BigEndianUnicode.GetString(Convert.FromHexString(text.Groups[1].ValueSpan))));
        // Those that join to nothing after them are the letters' own glyphs.
        Assert.Empty(name.Where(letter => char.IsLetter(letter) && letter is not ('ا' or 'د')).Except(told));
    }

    /// <summary>The text beside glyphs, and single glyphs' own.</summary>
    [GeneratedRegex("(?:/ActualText <FEFF|^<[0-9A-F]{4}> <)([0-9A-F]+)>(?! <)", RegexOptions.Multiline)]
    private static partial Regex Told();

    private static string Inflated(byte[] pdf)
    {
        var text = new StringBuilder();
        for (var at = pdf.AsSpan().IndexOf("stream\n"u8); at >= 0;)
        {
            var start = at + 7;
            using var stream = new ZLibStream(new MemoryStream(pdf, start, pdf.Length - start), CompressionMode.Decompress);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            text.Append(Encoding.Latin1.GetString(bytes.ToArray()));
            var end = start + pdf.AsSpan(start).IndexOf("endstream"u8) + 9;
            var next = pdf.AsSpan(end).IndexOf("stream\n"u8);
            at = next < 0 ? -1 : end + next;
        }

        return text.ToString();
    }

    [Fact]
    public void Lines_break_at_spaces_and_within_a_word_that_is_too_long()
    {
        var lines = TextSetter.Break("one two " + new string('x', 100), 10, 120).ToList();
        Assert.Equal("one two", lines[0]);
        Assert.All(lines, line => Assert.True(TextSetter.Measure(line, 10) <= 120, line));
        Assert.Equal(100, lines.Skip(1).Sum(line => line.Length));
        Assert.Equal("one two", Assert.Single(TextSetter.Break("one\ttwo\a", 10, 120)));
    }
}
