namespace Rfl.Api.Tests.Access;

/// <summary>A table next to this file: <c>Matrix.md</c> or <c>Reads.md</c>.</summary>
internal sealed record Matrix(IReadOnlyList<string> Columns, IReadOnlyList<(string Endpoint, string Of, IReadOnlyList<string> Cells)> Rows)
{
    /// <param name="file">The table's file: who may do what, or what a read is recorded as.</param>
    public static Matrix Read(string file = "Matrix.md")
    {
        using var stream = typeof(Matrix).Assembly.GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries)).ToList();
        return new Matrix(lines[0][2..], [.. lines.Skip(1).Select(cells => (cells[0], cells[1], (IReadOnlyList<string>)cells[2..]))]);
    }
}
