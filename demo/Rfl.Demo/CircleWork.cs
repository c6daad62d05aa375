namespace Rfl.Demo;

/// <summary>The work inside the disclosure circle on one found person: always two officers.</summary>
internal sealed class CircleWork(CaseWork work, Guid soughtPerson, DateOnly today)
{
    private string Disclosure => $"/disclosures/{work.Story.RequestId}/{soughtPerson}";

    public Task ContactAsync(string channel, int daysAgo, string note) =>
        AddAsync($"/contact-attempts/{work.Next("contact")}", new { channel, attemptedOn = today.AddDays(-daysAgo), note });

    /// <summary>Who it is, and that they know who searches for them. A child is told in company.</summary>
    public async Task MeetAsync(int daysAgo, string how, string language, bool interpreter = true, string? accompaniedBy = null)
    {
        await AddAsync("/identity", new { verifiedOn = today.AddDays(-daysAgo), how });
        await AddAsync("/information", new { informedOn = today.AddDays(-daysAgo), language, throughInterpreter = interpreter, accompaniedBy });
    }

    /// <param name="choice">coordinates, aliveOnly or nothing.</param>
    /// <param name="isChild">Then the child-protection focal point agrees before the second officer signs.</param>
    public async Task ChooseAsync(string choice, int daysAgo, string? coordinates = null, bool isChild = false, bool countersigned = true)
    {
        var id = work.Next("choice");
        await AddAsync($"/choices/{id}", new { choice, signedOn = today.AddDays(-daysAgo), evidence = "Signed form, kept in the safe of the tracing service.", coordinates });
        if (isChild)
            await DecideAsync($"/choices/{id}/child-protection-approval", Accounts.ChildProtection);
        if (countersigned)
            await DecideAsync($"/choices/{id}/countersignature", Accounts.OtherDisclosureOfficer);
    }

    public Task TakeBackAsync(int daysAgo) => work.Service.DoAsync(
        HttpMethod.Post, $"{Disclosure}/consent-withdrawal", Accounts.DisclosureOfficer, work.NextStep(), new { withdrawnOn = today.AddDays(-daysAgo) });

    public Task ExchangeAsync(int daysAgo) => work.Service.DoAsync(
        HttpMethod.Post, $"{Disclosure}/contact-exchange", Accounts.DisclosureOfficer, work.NextStep(), new { exchangedOn = today.AddDays(-daysAgo) });

    public Task SignOffDeathNewsAsync() => DecideAsync("/death-news-sign-off", Accounts.Supervisor);

    private Task AddAsync(string below, object body) =>
        work.Service.DoAsync(HttpMethod.Put, Disclosure + below, Accounts.DisclosureOfficer, work.NextStep(), body);

    private Task DecideAsync(string below, string who) =>
        work.Service.DoAsync(HttpMethod.Post, Disclosure + below, who, work.NextStep(), decidesOn: (Disclosure, Accounts.DisclosureOfficer));
}
