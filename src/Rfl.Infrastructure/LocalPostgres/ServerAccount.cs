namespace Rfl.Infrastructure.LocalPostgres;

/// <summary>The operating system's account under which a private server runs. PostgreSQL refuses to run as root.</summary>
public static class ServerAccount
{
    /// <summary>The account that Debian's package makes.</summary>
    private const string ForRoot = "postgres";

    /// <summary>Null for one's own account; <c>postgres</c> when one is root.</summary>
    public static string? Default => Environment.IsPrivilegedProcess ? ForRoot : null;

    /// <summary>Gives a folder and what it holds to the account; nothing for one's own.</summary>
    public static async Task GiveAsync(string folder, string? account)
    {
        if (account is null)
            return;
        var result = await ExternalProgram.RunAsync("chown", ["-R", $"{account}:", folder]);
        if (!result.Succeeded)
        {
            throw new LocalPostgresException(
                $"""
                PostgreSQL does not run as root, and its folder cannot be given to the account '{account}': {result.Output.Trim()}
                If the account is missing, type:
                    useradd --system {account}
                """);
        }
    }

    /// <summary>The account that owns a folder; null where it is one's own.</summary>
    public static async Task<string?> OwnerOfAsync(string folder)
    {
        if (!Environment.IsPrivilegedProcess)
            return null;
        var owner = (await ExternalProgram.RunAsync("stat", ["--format=%U", folder])).OrThrow($"The owner of {folder} cannot be read");
        return owner == "root" ? null : owner;
    }
}
