namespace Rfl.Demo;

/// <summary>One search asked of a partner, from both sides: the caseworker's and the partner's.</summary>
internal sealed class PartnerWork(CaseWork work, string society, Guid search, DateOnly today)
{
    private string Ours => $"/tracing-requests/{work.Story.RequestId}/partner-searches/{search}";

    private string Theirs => $"/partner/searches/{search}";

    public Task TransmitAsync() =>
        work.Service.DoAsync(HttpMethod.Post, $"{Ours}/transmission", work.Worker, work.NextStep(), decidesOn: (Ours, work.Worker));

    public Task AcknowledgeAsync(string yourReference) => TheyPutAsync("/receipt", new { yourReference });

    /// <param name="answer">asksForDetails, negative or cannotSearch.</param>
    /// <returns>The answer's id.</returns>
    public async Task<Guid> AnswerAsync(string answer, string message)
    {
        var id = work.Next($"answer-{society}");
        await TheyPutAsync($"/answers/{id}", new { answer, message });
        return id;
    }

    public async Task AskForDetailsAsync(string question, string? details = null)
    {
        var asked = await AnswerAsync("asksForDetails", question);
        if (details is not null)
            await work.Service.DoAsync(HttpMethod.Put, $"{Ours}/responses/{asked}/details", work.Worker, work.NextStep(), new { message = details });
    }

    /// <summary>The partner found the person: known to the disclosure officers only.</summary>
    public async Task<CircleWork> LocateAsync(int daysAgo, string account, string whereabouts, int sought = 1)
    {
        await TheyPutAsync(
            $"/answers/{work.Next($"answer-{society}")}",
            new { answer = "located", foundOn = work.Ago(daysAgo), finding = new { account, whereabouts } });
        return new CircleWork(work, work.Story.SoughtId(sought), today);
    }

    public Task RecallAsync(string reason) => work.Service.DoAsync(HttpMethod.Post, $"{Ours}/recall", work.Worker, work.NextStep(), new { reason });

    private Task TheyPutAsync(string below, object body) => work.Service.DoAsync(HttpMethod.Put, Theirs + below, society, work.NextStep(), body);
}
