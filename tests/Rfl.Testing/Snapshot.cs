using System.Globalization;
using System.Text;
using Xunit.Sdk;

namespace Rfl.Testing;

/// <summary>
/// Compares text with what was accepted before, kept in <c>Snapshots/</c> of the test project. <c>RFL_UPDATE_SNAPSHOTS=1</c> accepts what is new;
/// a build server (<c>CI=true</c>) accepts nothing.
/// </summary>
public static class Snapshot
{
    public const string UpdateVariable = "RFL_UPDATE_SNAPSHOTS";

    private const int LinesAround = 3;

    public static bool Updates =>
        Environment.GetEnvironmentVariable(UpdateVariable) == "1"
        && !string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Fails with the differing lines unless the text is the accepted one.</summary>
    /// <param name="text">What is now. Line ends do not matter.</param>
    /// <param name="name">A file name with its ending, below <c>Snapshots/</c>; folders are parted by <c>/</c>.</param>
    public static void Match(string text, string name)
    {
        var file = FileOf(name);
        var actual = text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        var accepted = File.Exists(file) ? File.ReadAllText(file) : null;
        if (accepted == actual)
            return;
        if (Updates)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
            return;
        }

        throw new XunitException(
            $"""
            {(accepted is null ? "There is no accepted" : "The text differs from the")} snapshot {name}. If the new text is right, run the test with {UpdateVariable}=1 and commit the file.
            {Difference(accepted ?? "", actual)}
            """);
    }

    /// <summary>The accepted text; null when there is none yet.</summary>
    public static string? Accepted(string name) => File.Exists(FileOf(name)) ? File.ReadAllText(FileOf(name)) : null;

    /// <summary>The names of the accepted snapshots in a folder below <c>Snapshots/</c>.</summary>
    public static IReadOnlyList<string> AllIn(string folder) =>
        Directory.Exists(FileOf(folder)) ? [.. Directory.GetFiles(FileOf(folder)).Select(file => $"{folder}/{Path.GetFileName(file)}")] : [];

    /// <summary>The lines that differ, accepted ones with <c>-</c> and new ones with <c>+</c>, with a few equal lines around them.</summary>
    internal static string Difference(string accepted, string actual)
    {
        var before = accepted.Split('\n');
        var after = actual.Split('\n');
        var start = 0;
        while (start < before.Length && start < after.Length && before[start] == after[start])
            start++;
        var end = 0;
        while (end < before.Length - start && end < after.Length - start && before[^(end + 1)] == after[^(end + 1)])
            end++;
        var lines = new StringBuilder();
        foreach (var line in after[Math.Max(0, start - LinesAround)..start])
            lines.AppendLine(CultureInfo.InvariantCulture, $"  {line}");
        foreach (var line in before[start..^end])
            lines.AppendLine(CultureInfo.InvariantCulture, $"- {line}");
        foreach (var line in after[start..^end])
            lines.AppendLine(CultureInfo.InvariantCulture, $"+ {line}");
        foreach (var line in after[^end..].Take(LinesAround))
            lines.AppendLine(CultureInfo.InvariantCulture, $"  {line}");
        return lines.ToString();
    }

    private static string FileOf(string name)
    {
        var project = new DirectoryInfo(AppContext.BaseDirectory);
        while (project.GetFiles("*.csproj").Length == 0)
            project = project.Parent ?? throw new InvalidOperationException($"No project above {AppContext.BaseDirectory}.");
        return Path.Combine(project.FullName, "Snapshots", name);
    }
}
