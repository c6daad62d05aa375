namespace Rfl.Torture;

/// <summary>One kind of fault: how often it was made, and how often everything was right afterwards.</summary>
internal sealed record Line(string Fault, int Tried, int Survived, string Seen);

/// <summary>The table that a run prints, and every broken promise it found.</summary>
internal sealed class Report(TextWriter output)
{
    private readonly List<Line> lines = [];
    private readonly List<string> broken = [];

    public IReadOnlyList<Line> Lines => lines;

    public IReadOnlyList<string> Broken => broken;

    public void Say(string what) => output.WriteLine($"{DateTime.UtcNow:HH:mm:ss} {what}");

    /// <param name="found">What is wrong after it, empty where all is right.</param>
    public void Add(string fault, int tried, int survived, string seen, IEnumerable<string> found)
    {
        var wrong = found.ToList();
        broken.AddRange(wrong.Select(what => $"{fault}: {what}"));
        lines.Add(new Line(fault, tried, wrong.Count == 0 ? survived : Math.Max(0, survived - wrong.Count), seen));
        Say($"{fault}: {tried} tried, {lines[^1].Survived} survived; {seen}");
        foreach (var what in wrong.Take(20))
            Say($"  BROKEN {what}");
    }

    public void Print()
    {
        var width = lines.Select(line => line.Fault.Length).DefaultIfEmpty(0).Max();
        output.WriteLine();
        output.WriteLine($"| {"fault".PadRight(width)} | tried | survived | seen |");
        output.WriteLine($"|{new string('-', width + 2)}|------:|---------:|------|");
        foreach (var line in lines)
            output.WriteLine($"| {line.Fault.PadRight(width)} | {line.Tried,5} | {line.Survived,8} | {line.Seen} |");
        output.WriteLine();
        foreach (var what in broken)
            output.WriteLine($"BROKEN {what}");
    }
}
