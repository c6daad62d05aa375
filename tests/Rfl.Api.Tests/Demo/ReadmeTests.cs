using System.Diagnostics;
using System.Text.RegularExpressions;
using Rfl.Api.Tests.Support;

namespace Rfl.Api.Tests.Demo;

/// <summary>The README's walk, typed by a shell: every line works, and answers what the README says.</summary>
public sealed partial class ReadmeTests(RflApi api) : IClassFixture<RflApi>
{
    [Fact]
    public async Task The_walk_in_the_readme_answers_what_it_says()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository(), "README.md"));
        var walk = readme.Split("## A ten-minute walk")[1].Split("\n## ")[0];
        var blocks = Block().Matches(walk);
        var typed = string.Join('\n', blocks.Where(block => block.Groups["kind"].Value == "sh").Select(block => block.Groups["text"].Value));
        var answers = string.Concat(blocks.Where(block => block.Groups["kind"].Value == "json").Select(block => block.Groups["text"].Value));

        // A port of its own: a developer may have the server running.
        await using var server = api.Start(new() { ["urls"] = "http://127.0.0.1:0" });
        server.UseKestrel(0);
        server.StartServer();
        var address = server.ClientOptions.BaseAddress.GetLeftPart(UriPartial.Authority);
        var (said, complained) = await TypeAsync(typed.Replace("http://127.0.0.1:5080", address, StringComparison.Ordinal));

        Assert.Equal("", complained);
        Assert.Equal(Derived().Replace(answers.ReplaceLineEndings(""), "(derived)"), Derived().Replace(said.ReplaceLineEndings(""), "(derived)"));
    }

    private static async Task<(string Said, string Complained)> TypeAsync(string lines)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["no_proxy"] = "*";
        using var shell = Process.Start(start)!;
        await shell.StandardInput.WriteAsync(lines);
        shell.StandardInput.Close();
        var said = shell.StandardOutput.ReadToEndAsync();
        var complained = shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return (await said, await complained);
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "RFL.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }

    /// <summary>The id of a disclosure follows from a secret that each installation has of its own.</summary>
    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Derived();

    [GeneratedRegex("^```(?<kind>sh|json)\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
