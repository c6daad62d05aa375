using SkiaSharp;

namespace Rfl.Infrastructure.Printing;

/// <summary>A text under its label.</summary>
public sealed record PrintedLine(string Label, string Text)
{
    public override string ToString() => "personal";
}

public sealed record PrintedSection(string Title, IReadOnlyList<PrintedLine> Lines);

/// <summary>
/// Sections of labelled texts on A4 pages, as PDF. The same document gives the same bytes: nothing of the machine or the moment goes in but the instant that it is
/// dated with.
/// </summary>
public sealed record PrintedDocument(string Title, string Introduction, IReadOnlyList<PrintedSection> Sections, string PageWord, DateTimeOffset DatedAt)
{
    private const float Width = 595;
    private const float Height = 842;
    private const float Margin = 56;
    private const float LabelWidth = 150;
    private const float Size = 10;
    private const float LineHeight = 15;

    public override string ToString() => "personal";

    public byte[] ToPdf()
    {
        using var bytes = new MemoryStream();
        using (var stream = new SKManagedWStream(bytes))
        {
            var about = new SKDocumentPdfMetadata
            {
                Title = Title,
                Creation = DatedAt.UtcDateTime,
                Modified = DatedAt.UtcDateTime,
                Producer = "RFL",
                RasterDpi = 72,
                EncodingQuality = 101,
            };
            using var document = SKDocument.CreatePdf(stream, about) ?? throw new InvalidOperationException("No PDF can be made on this machine.");
            using var pages = new Pages(document, this);
            pages.Draw();
            document.Close();
        }

        return bytes.ToArray();
    }

    private sealed class Pages(SKDocument document, PrintedDocument content) : IDisposable
    {
        private readonly SKPaint ink = new() { Color = SKColors.Black, IsAntialias = true };
        private readonly SKPaint pale = new() { Color = new SKColor(0x55, 0x55, 0x55), IsAntialias = true };
        private SKCanvas? canvas;
        private float y;
        private int page;

        public void Draw()
        {
            Turn();
            Paragraph(content.Title, 16, 22, ink);
            y += 4;
            Paragraph(content.Introduction, Size, LineHeight, pale);
            foreach (var section in content.Sections)
            {
                y += 12;
                Need(LineHeight * 3);
                Paragraph(section.Title, 12, 18, ink);
                canvas!.DrawLine(Margin, y - 8, Width - Margin, y - 8, pale);
                y += 4;
                foreach (var line in section.Lines)
                    Entry(line);
            }

            document.EndPage();
        }

        public void Dispose()
        {
            ink.Dispose();
            pale.Dispose();
        }

        /// <summary>The label at the left; the text beside it, which runs from the right where its script does.</summary>
        private void Entry(PrintedLine line)
        {
            var labels = TextSetter.Break(line.Label, Size, LabelWidth - 8).ToList();
            var texts = TextSetter.Break(line.Text, Size, Width - (2 * Margin) - LabelWidth).ToList();
            var rightToLeft = Bidi.IsRightToLeft(line.Text);
            for (var i = 0; i < Math.Max(labels.Count, texts.Count); i++)
            {
                Need(LineHeight);
                if (i < labels.Count)
                    TextSetter.Draw(canvas!, labels[i], Margin, Margin + LabelWidth - 8, y, Size, rightToLeft: false, pale);
                if (i < texts.Count)
                    TextSetter.Draw(canvas!, texts[i], Margin + LabelWidth, Width - Margin, y, Size, rightToLeft, ink);
                y += LineHeight;
            }

            y += 3;
        }

        private void Paragraph(string text, float size, float height, SKPaint paint)
        {
            foreach (var line in TextSetter.Break(text, size, Width - (2 * Margin)))
            {
                Need(height);
                TextSetter.Draw(canvas!, line, Margin, Width - Margin, y, size, Bidi.IsRightToLeft(text), paint);
                y += height;
            }
        }

        private void Need(float height)
        {
            if (y + height > Height - Margin)
                Turn();
        }

        private void Turn()
        {
            if (canvas is not null)
                document.EndPage();
            page++;
            canvas = document.BeginPage(Width, Height);
            y = Margin + 14;
            TextSetter.Draw(canvas, $"{content.PageWord} {page}", Margin, Width - Margin, Height - 30, 8, rightToLeft: false, pale);
        }
    }
}
