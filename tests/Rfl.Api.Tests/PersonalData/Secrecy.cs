using Rfl.Infrastructure.Identity;
using Rfl.Testing.Secrecy;

namespace Rfl.Api.Tests.PersonalData;

/// <summary>
/// The check that every test over HTTP ends with: nothing personal that was sent in any body stands in the database or in the log, in any encoding. A class whose
/// database holds something fails when it is cleaned up.
/// </summary>
internal static class Secrecy
{
    /// <summary>What stands in every database: the demo accounts. A word of theirs is no secret.</summary>
    private static readonly string knownToAll = string.Join('\n', [
        .. DemoAccounts.All.SelectMany(account => new[] { account.DisplayName, account.Email, account.Assignment.Region, account.Assignment.Society }),
        .. DemoAccounts.ApiKeys.Select(key => key.Name)]);

    /// <summary>The field's own words: whoever writes <em>Unknown</em> into a field of text has said no more than the code does.</summary>
    private static readonly HashSet<string> words = typeof(Rfl.Domain.Access.Role).Assembly.GetTypes().Where(type => type.IsEnum).SelectMany(Enum.GetNames)
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="Xunit.Sdk.XunitException">Something personal was found.</exception>
    public static async Task AssertAsync(string what, PersonalStrings sent, string connectionString, string log)
    {
        var texts = Secret(sent);
        if (texts.Count == 0)
            return;
        var search = new ZeroHitSearch(texts);
        var hits = search.In("the dump", await DatabaseDump.MakeAsync(connectionString)).Concat(search.In("the log", log)).ToList();
        await File.AppendAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "zero-hits.txt"), $"{what}: {search.Texts} personal texts in {search.Patterns} encoded forms, {hits.Count} hits{string.Concat(hits.Select(hit => $"\n    {hit}"))}\n");
        Assert.True(hits.Count == 0, $"{what} keeps personal texts in the open: {string.Join("; ", hits.Take(10))}");
    }

    /// <summary>What was sent as personal, without what the program itself says.</summary>
    public static IReadOnlyList<string> Secret(PersonalStrings sent) => [.. sent.All.Where(text => !words.Contains(text) && !knownToAll.Contains(text, StringComparison.OrdinalIgnoreCase))];
}
