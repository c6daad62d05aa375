namespace Rfl.Api.Mail;

/// <summary>The section <c>Mail</c> of the configuration. Without <c>Host</c> nobody gets mail, and the worklists alone tell what fell due.</summary>
public sealed class MailSettings
{
    public const string Section = "Mail";

    public string? Host { get; set; }

    public int Port { get; set; } = 587;

    /// <summary>STARTTLS before anything is said. Only a server on the same machine does without.</summary>
    public bool UseTls { get; set; } = true;

    public string? UserName { get; set; }

    public string? Password { get; set; }

    public string From { get; set; } = "rfl@localhost";
}
