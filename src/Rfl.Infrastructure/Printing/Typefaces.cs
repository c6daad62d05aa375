using System.Runtime.InteropServices;
using HarfBuzzSharp;
using SkiaSharp;

namespace Rfl.Infrastructure.Printing;

/// <summary>
/// The typefaces that come with the service, so that a page looks the same on every machine: Latin with Vietnamese, Greek and Cyrillic; Arabic with the letters of
/// Persian, Dari, Pashto and Kurdish; Ethiopic. Letters of other scripts are drawn as boxes.
/// </summary>
internal sealed class Typefaces
{
    private static readonly string[] files = ["NotoSans-Regular.ttf", "NotoNaskhArabic-Regular.ttf", "AbyssinicaSIL-Regular.ttf"];

    private readonly IReadOnlyList<Face> faces = [.. files.Select(Face.Load)];

    /// <summary>One typeface, for drawing and for shaping.</summary>
#pragma warning disable CA1001 // Lives as long as the process.
    public sealed class Face
#pragma warning restore CA1001
    {
        // Shaping reads the file's bytes in place: they stay where they are for as long as the process lives.
        private readonly GCHandle pinned;
        private readonly Lock gate = new();
        private readonly Font font;
        private readonly SKFont probe;

        private Face(byte[] bytes)
        {
            pinned = GCHandle.Alloc(bytes, GCHandleType.Pinned);
            using var data = SKData.CreateCopy(bytes);
            Typeface = SKTypeface.FromData(data) ?? throw new InvalidOperationException("A typeface of the service cannot be read.");
            probe = new SKFont(Typeface);
            var face = new HarfBuzzSharp.Face(new Blob(pinned.AddrOfPinnedObject(), bytes.Length, MemoryMode.ReadOnly), 0);
            UnitsPerEm = face.UnitsPerEm;
            font = new Font(face);
            font.SetScale(UnitsPerEm, UnitsPerEm);
            font.SetFunctionsOpenType();
        }

        public SKTypeface Typeface { get; }

        public int UnitsPerEm { get; }

        public static Face Load(string file)
        {
            using var stream = typeof(Typefaces).Assembly.GetManifestResourceStream($"Rfl.Infrastructure.Printing.Fonts.{file}")
                ?? throw new InvalidOperationException($"{file} is not part of this build.");
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return new Face(bytes.ToArray());
        }

        public bool Has(int codePoint) => probe.ContainsGlyph(codePoint);

        public void Shape(HarfBuzzSharp.Buffer buffer)
        {
            lock (gate)
                font.Shape(buffer);
        }
    }

    /// <summary>The first one that has the letter; the first of all where none has.</summary>
    public Face For(int codePoint) => faces.FirstOrDefault(face => face.Has(codePoint)) ?? faces[0];
}
