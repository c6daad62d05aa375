namespace Rfl.Demo;

/// <summary>One fictional request: who asks, who is sought, and what happened then. Nobody in it exists.</summary>
/// <param name="Key">Short and for ever: the ids follow from it.</param>
internal sealed record Story(string Key)
{
    /// <summary>In a few words, for the table.</summary>
    public required string About { get; init; }

    /// <summary>BCP 47 tag of the interview's language.</summary>
    public required string Language { get; init; }

    public required Person Enquirer { get; init; }

    public required Sought[] Sought { get; init; }

    /// <summary>How the enquirer is reached.</summary>
    public Contact[] Contacts { get; init; } = [];

    public Consent[] Consents { get; init; } = [];

    /// <summary>Means of search that put nobody at risk.</summary>
    public string[] Means { get; init; } = ["ownLists", "officialRegister", "authorityInquiry", "fieldVisit", "hospital", "community", "partnerSociety"];

    public string[] NeverContactThrough { get; init; } = [];

    public bool Risky { get; init; }

    public string TakenBy { get; init; } = Accounts.Volunteer;

    public int InterviewedDaysAgo { get; init; } = 20;

    public bool Interpreter { get; init; } = true;

    public string OwnAttempts { get; init; } = "Called the last number, asked friends and people from the same town.";

    /// <summary>The society that sends the request; null for our own interviews.</summary>
    public string? SentBy { get; init; }

    /// <summary>Left as an interview: what was told last is still missing.</summary>
    public bool Unfinished { get; init; }

    public Guid? Id { get; init; }

    public Func<CaseWork, Task> Then { get; init; } = _ => Task.CompletedTask;

    internal Guid RequestId => Id ?? Ids.Of(Key);

    internal Guid EnquirerId => Ids.Of(Key, "enquirer");

    internal Guid SoughtId(int number) => Ids.Of(Key, "sought", number);

    internal Guid ConsentId(int number) => Ids.Of(Key, "consent", number);
}
