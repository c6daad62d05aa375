namespace Rfl.Api.Tests.Access;

/// <summary>The table in <c>Matrix.md</c>, next to this file.</summary>
internal sealed record Matrix(IReadOnlyList<string> Columns, IReadOnlyList<(string Endpoint, string Of, IReadOnlyList<string> Cells)> Rows)
{
    public static Matrix Read()
    {
        using var stream = typeof(Matrix).Assembly.GetManifestResourceStream("Matrix.md")!;
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries)).ToList();
        return new Matrix(lines[0][2..], [.. lines.Skip(1).Select(cells => (cells[0], cells[1], (IReadOnlyList<string>)cells[2..]))]);
    }
}
