namespace Rfl.Demo;

/// <summary>The work on one case, in the words of those who do it. Days count back from the day of the demo; sought persons from 1.</summary>
internal sealed class CaseWork(Service service, Story story, DateOnly today)
{
    private readonly Dictionary<string, int> counted = [];
    private int steps;

    internal Service Service => service;

    internal Story Story => story;

    /// <summary>Who works on the case after acceptance.</summary>
    public string Worker { get; private set; } = Accounts.Caseworker;

    private string Request => $"/tracing-requests/{story.RequestId}";

    public async Task AcceptAsync(string worker = Accounts.Caseworker)
    {
        Worker = worker;
        await DecideAsync(HttpMethod.Post, "/acceptance", Accounts.Supervisor);
        var (me, _) = await service.ReadAsync("/me", worker);
        await DecideAsync(HttpMethod.Put, "/assignment", Accounts.Supervisor, new { caseworkerId = me!.Value.GetProperty("id").GetGuid() });
    }

    public Task DeclineAsync(string reason, string orientation) =>
        DecideAsync(HttpMethod.Post, "/declination", Accounts.Supervisor, new { reason, orientation });

    public Task PrioritiseAsync(string priority, string justification) =>
        DecideAsync(HttpMethod.Put, "/priority", Accounts.Supervisor, new { priority, justification });

    public async Task AskEnquirerAsync(string question, string? answer = null)
    {
        var path = $"/information-requests/{Next("question")}";
        await AddAsync(path, Accounts.Supervisor, new { question });
        if (answer is not null)
            await AddAsync($"{path}/answer", Accounts.Supervisor, new { answer });
    }

    public Task PlanSearchAsync(string means, string plan, int inDays = 7, int sought = 1) =>
        AddAsync($"/search-actions/{Next("search")}", Worker, new { soughtPerson = story.SoughtId(sought), means, plan, plannedFor = today.AddDays(inDays) });

    public async Task SearchAsync(string means, string plan, int daysAgo, string result, string account, string provenance = "ownStaff", int sought = 1)
    {
        var path = $"/search-actions/{Next("search")}";
        await AddAsync(path, Worker, new { soughtPerson = story.SoughtId(sought), means, plan });
        await AddAsync($"{path}/result", Worker, new { carriedOutOn = Ago(daysAgo), result, provenance, account });
    }

    public async Task InquireAsync(string authority, int daysAgo, string question, (int DaysAgo, string Result, string Text)? answer = null, int sought = 1)
    {
        var path = $"/authority-inquiries/{Next("inquiry")}";
        await AddAsync(path, Worker, new { soughtPerson = story.SoughtId(sought), authority, sentOn = Ago(daysAgo), question });
        if (answer is { } came)
            await AddAsync($"{path}/answer", Worker, new { answeredOn = Ago(came.DaysAgo), result = came.Result, answer = came.Text });
    }

    public Task LeadAsync(string provenance, string content, int sought = 1) =>
        AddAsync($"/leads/{Next("lead")}", Worker, new { soughtPerson = story.SoughtId(sought), provenance, content });

    public Task TellAsync(string kind, string channel, int daysAgo, string? note = null, int? sought = null) => AddAsync(
        $"/news/{Next("news")}",
        Worker,
        new { kind, channel, informedOn = Ago(daysAgo), soughtPerson = sought is { } number ? story.SoughtId(number) : (Guid?)null, note });

    public Task NotReachedAsync(string channel, int daysAgo) =>
        AddAsync($"/unreachable-attempts/{Next("attempt")}", Worker, new { channel, attemptedOn = Ago(daysAgo) });

    public Task SuspendAsync(string reason) => DecideAsync(HttpMethod.Post, "/suspension", Worker, new { reason });

    public Task RestAsync() => DecideAsync(HttpMethod.Post, "/dormancy", Worker);

    public Task ReviewDormantAsync(int daysAgo, string findings) =>
        DecideAsync(HttpMethod.Post, "/dormancy-reviews", Worker, new { reviewedOn = Ago(daysAgo), findings });

    public Task ReopenAsync(string reason) => DecideAsync(HttpMethod.Post, "/reopening", Accounts.Supervisor, new { reason });

    public Task CloseAsync(string outcome) => DecideAsync(HttpMethod.Post, "/closure", Accounts.Supervisor, new { outcome });

    public Task WithdrawAsync() => DoAsync(HttpMethod.Post, "/withdrawal", Accounts.Supervisor);

    public Task LinkAsync(string other, string reason) => AddAsync($"/links/{Ids.Of(other)}", Accounts.Supervisor, new { reason });

    public Task WithdrawConsentAsync(int consent, int daysAgo) =>
        DoAsync(HttpMethod.Post, $"/consents/{story.ConsentId(consent)}/withdrawal", Accounts.Supervisor, new { withdrawnOn = Ago(daysAgo) });

    /// <summary>Prepares a search by a partner; see what it answers for what comes next.</summary>
    public async Task<PartnerWork> PrepareAsync(string society, int sought = 1, params string[] fields)
    {
        var search = Next($"partner-{society}");
        var chosen = fields is [] ? ["soughtPersonNames", "soughtPersonSex", "soughtPersonBirth", "relation", "lossOfContact"] : fields;
        await AddAsync($"/partner-searches/{search}", Worker, new { soughtPerson = story.SoughtId(sought), society, fields = chosen });
        return new PartnerWork(this, society, search, today);
    }

    public async Task<PartnerWork> TransmitAsync(string society, int sought = 1)
    {
        var search = await PrepareAsync(society, sought);
        await search.TransmitAsync();
        return search;
    }

    /// <summary>Reports a finding to the disclosure officers; see what it answers for what comes next.</summary>
    public async Task<CircleWork> FindAsync(int daysAgo, string account, string? whereabouts = null, string source = "ownSearch", int sought = 1)
    {
        await AddAsync(
            $"/sought-persons/{story.SoughtId(sought)}/findings/{Next("finding")}",
            Worker,
            new { kind = "located", source, foundOn = Ago(daysAgo), account = new { account, whereabouts } });
        return new CircleWork(this, story.SoughtId(sought), today);
    }

    public async Task<CircleWork> LearnOfDeathAsync(int daysAgo, string authority, string account, string diedOn, string burial, int sought = 1)
    {
        await AddAsync(
            $"/sought-persons/{story.SoughtId(sought)}/findings/{Next("finding")}",
            Worker,
            new
            {
                kind = "deceased",
                source = "authority",
                foundOn = Ago(daysAgo),
                confirmingAuthority = authority,
                account = new { account, diedOn, burial },
            });
        return new CircleWork(this, story.SoughtId(sought), today);
    }

    internal Guid Next(string kind) => Ids.Of(story.Key, kind, counted[kind] = counted.GetValueOrDefault(kind) + 1);

    internal Guid NextStep() => Ids.Of(story.Key, "step", ++steps);

    internal DateOnly Ago(int days) => today.AddDays(-days);

    internal Task AddAsync(string below, string who, object body) => DoAsync(HttpMethod.Put, below, who, body);

    internal Task DoAsync(HttpMethod method, string below, string who, object? body = null) =>
        service.DoAsync(method, Request + below, who, NextStep(), body);

    internal Task DecideAsync(HttpMethod method, string below, string who, object? body = null) =>
        service.DoAsync(method, Request + below, who, NextStep(), body, (Request, Accounts.Supervisor));
}
