using Rfl.Infrastructure.Identity;

namespace Rfl.Torture.Clients;

/// <summary>
/// Many clients at once who do a tracing service's work until they are told to stop, and then finish what they have in hand. Each opens cases, works on them
/// and sometimes on another's, and moves a deadline of each so near that it falls while the fault is being made. One more runs the jobs again and again.
/// </summary>
internal sealed class Load : IAsyncDisposable
{
    /// <summary>Seconds from the opening of a case to the last of the deadlines moved near.</summary>
    public const int FarthestDeadline = 4;

    private static readonly TimeSpan breath = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan betweenRuns = TimeSpan.FromMilliseconds(700);

    private readonly List<Client> clients = [];
    private readonly List<Task> working = [];
    private readonly CancellationTokenSource giveUp = new();
    private volatile bool stop;

    private Load(Journal journal) => Journal = journal;

    public Journal Journal { get; }

    public int LostAnswers => clients.Sum(client => client.LostAnswers);

    public int BrokenInHand => clients.Sum(client => client.BrokenInHand);

    public int NotNow => clients.Sum(client => client.NotNow);

    /// <param name="nodes">Where the service answers.</param>
    /// <param name="count">How many work at once.</param>
    /// <param name="journal">Another's, where both are judged together.</param>
    public static async Task<Load> StartAsync(IReadOnlyList<Uri> nodes, int seed, int count, Journal? journal = null)
    {
        var load = new Load(journal ?? new Journal());
        var known = new Case[count];
        await load.NewClient(nodes).CarryOutAsync((await Casework.ForAsync(nodes[0], new Random(seed))).KnowPartner(), load.giveUp.Token);
        for (var number = 0; number < count; number++)
        {
            var mine = number;
            var chance = new Random(seed + 1 + number);
            var casework = await Casework.ForAsync(nodes[0], chance);
            load.working.Add(Task.Run(() => load.WorkAsync(load.NewClient(nodes), casework, chance, known, mine)));
        }

        load.working.Add(Task.Run(() => load.RunJobsAsync(nodes)));
        return load;
    }

    /// <summary>No new work; what is in hand is brought to its end, which needs a service that answers.</summary>
    public async Task StopAsync()
    {
        stop = true;
        giveUp.CancelAfter(TimeSpan.FromMinutes(3));
        await Task.WhenAll(working);
    }

    public ValueTask DisposeAsync()
    {
        giveUp.Cancel();
        foreach (var client in clients)
            client.Dispose();
        giveUp.Dispose();
        return ValueTask.CompletedTask;
    }

    private Client NewClient(IReadOnlyList<Uri> nodes)
    {
        lock (clients)
        {
            var client = new Client(nodes, Journal);
            clients.Add(client);
            return client;
        }
    }

    private async Task WorkAsync(Client client, Casework casework, Random chance, Case[] known, int mine)
    {
        var opened = 0;
        while (!stop)
        {
            if (known[mine] is null || chance.Next(12) == 0)
            {
                var fresh = casework.NewCase();
                await OpenAsync(client, casework, fresh, opened++);
                known[mine] = fresh;
            }

            var of = chance.Next(4) == 0 && known[chance.Next(known.Length)] is { } others ? others : known[mine];
            await WorkOnAsync(client, casework, chance, of);
            await Task.Delay(breath);
        }
    }

    private async Task OpenAsync(Client client, Casework casework, Case fresh, int number)
    {
        await DoAsync(client, casework.Interview(fresh));
        await DoAsync(client, casework.Accept(fresh));
        await DoAsync(client, casework.Assign(fresh));
        var (read, _) = await client.ReadAsync(fresh.Path(), DemoAccounts.Supervisor.Email, giveUp.Token);
        var news = read!["deadlines"]!.AsArray().First(row => row!["key"]!["kind"]!.GetValue<string>() == "newsToEnquirer")!["key"]!;
        await DoAsync(client, casework.MoveDeadline(fresh, news.DeepClone(), DateTimeOffset.UtcNow.AddSeconds(number % FarthestDeadline)));
        if (number % 3 != 0)
            return;
        // A finding goes into a stream of its own, in the same transaction as nothing else: the circle's.
        await DoAsync(client, casework.Find(fresh));
        await DoAsync(client, casework.Identify(fresh));
    }

    private async Task WorkOnAsync(Client client, Casework casework, Random chance, Case of)
    {
        switch (chance.Next(6))
        {
            case 0:
                await DoAsync(client, casework.Lead(of));
                break;
            case 1:
                var action = casework.NewId();
                await DoAsync(client, casework.Plan(of, action));
                await DoAsync(client, casework.CarryOut(of, action));
                break;
            case 2:
                await DoAsync(client, casework.Prioritise(of));
                break;
            case 3:
                var question = casework.NewId();
                await DoAsync(client, casework.AskEnquirer(of, question));
                await DoAsync(client, casework.AnswerForEnquirer(of, question));
                break;
            case 4:
                var search = casework.NewId();
                await DoAsync(client, casework.Prepare(of, search));
                await DoAsync(client, casework.Transmit(of, search));
                await DoAsync(client, casework.Acknowledge(search));
                break;
            default:
                await DoAsync(client, casework.Lead(of));
                break;
        }
    }

    private async Task DoAsync(Client client, Command command)
    {
        var entry = await client.CarryOutAsync(command, giveUp.Token);
        if (!entry.Acknowledged)
            Journal.Complain($"{command.Kind} was answered {(int)entry.Status!} {entry.Code}");
    }

    private async Task RunJobsAsync(IReadOnlyList<Uri> nodes)
    {
        var client = NewClient(nodes);
        while (!stop)
        {
            // Not one of the journal's: running a job twice is harmless, and it takes no key.
            await client.PostAsync("/api/v1/jobs/chasing-deadlines/runs", DemoAccounts.Supervisor.Email, giveUp.Token);
            await Task.Delay(betweenRuns);
        }
    }
}
