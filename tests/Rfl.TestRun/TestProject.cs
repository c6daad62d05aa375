using System.Globalization;
using System.Xml.Linq;
using Rfl.Infrastructure.LocalPostgres;
using Rfl.Testing;

namespace Rfl.TestRun;

/// <summary>What a run of tests came to. Anything that neither passed nor was skipped has failed.</summary>
internal sealed record Totals(int Passed, int Failed, int Skipped)
{
    public static Totals None { get; } = new(0, 0, 0);

    public static Totals operator +(Totals left, Totals right) =>
        new(left.Passed + right.Passed, left.Failed + right.Failed, left.Skipped + right.Skipped);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Passed} passed, {Failed} failed, {Skipped} skipped");
}

/// <summary>A built test project.</summary>
internal sealed class TestProject(string name, string assembly, string results)
{
    /// <summary>Every project that says it is one; an unbuilt one is a failure later on, not silence.</summary>
    public static IEnumerable<TestProject> FindAll(string root, string configuration) =>
        from project in Directory.GetFiles(Path.Combine(root, "tests"), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        where File.ReadAllText(project).Contains("<IsTestProject>true</IsTestProject>", StringComparison.Ordinal)
        let name = Path.GetFileNameWithoutExtension(project)
        select new TestProject(
            name,
            Path.Combine(Path.GetDirectoryName(project)!, "bin", configuration, "net10.0", name + ".dll"),
            Path.Combine(root, "TestResults", name + ".trx"));

    /// <summary>Runs it, prints what it printed in one piece, and counts.</summary>
    public async Task<Totals> RunAsync(IEnumerable<string> arguments, string postgres)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(results)!);
        File.Delete(results);
        var run = await ExternalProgram.RunAsync(
            "dotnet",
            [
                "test", assembly, "--nologo", "--results-directory", Path.GetDirectoryName(results)!, "--logger", "console;verbosity=minimal",
                "--logger", $"trx;LogFileName={Path.GetFileName(results)}", .. arguments,
            ],
            folder: Path.GetDirectoryName(assembly)!,
            environment: new Dictionary<string, string> { [PostgresCluster.EnvironmentVariable] = postgres });
        var totals = Count();
        // A class that cannot be cleaned up, because something personal is found in its database, fails no test and not even the run.
        if (run.Output.Contains("Cleanup Failure", StringComparison.Ordinal))
            totals += new Totals(0, 1, 0);
        // A test host that crashed reports no failed test.
        if (!run.Succeeded && totals.Failed == 0)
            totals += new Totals(0, 1, 0);
        var details = totals.Failed == 0 ? "" : Environment.NewLine + run.Output.Trim() + Environment.NewLine;
        Console.WriteLine($"{name}: {totals}{details}");
        return totals;
    }

    private Totals Count()
    {
        if (!File.Exists(results))
            return Totals.None;
        var outcomes = XDocument.Load(results).Descendants().Where(element => element.Name.LocalName == "UnitTestResult")
            .Select(element => (string?)element.Attribute("outcome")).ToList();
        var passed = outcomes.Count(outcome => outcome == "Passed");
        var skipped = outcomes.Count(outcome => outcome == "NotExecuted");
        return new(passed, outcomes.Count - passed - skipped, skipped);
    }
}
