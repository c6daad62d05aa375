using System.Reflection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rfl.Api.Operations;
using Rfl.Domain.Common;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Identity;
using Rfl.Torture.Clients;

namespace Rfl.Torture.Installation;

/// <summary>A whole installation on this machine: a durable PostgreSQL, the wire to it, any number of nodes, one folder of keys.</summary>
internal sealed class House : IAsyncDisposable
{
    private readonly DirectoryInfo folder;
    private readonly List<ServiceNode> nodes = [];
    private WebApplicationFactory<Api.Http.Door>? inside;

    private House(DirectoryInfo folder, DurablePostgres postgres)
    {
        this.folder = folder;
        Postgres = postgres;
        Wire = FaultyWire.To(postgres.Port);
    }

    public DurablePostgres Postgres { get; }

    public FaultyWire Wire { get; }

    public IReadOnlyList<ServiceNode> Nodes => nodes;

    public string Log => Path.Combine(folder.FullName, "service.log");

    /// <param name="databaseFolder">Where the database keeps its files, if not with everything else.</param>
    public static async Task<House> BuildAsync(string? databaseFolder = null)
    {
        // The database's account has to reach its folder.
        var folder = Directory.CreateDirectory($"/tmp/rfl-torture-{Guid.NewGuid():N}");
        Standing.Add(folder, () => DeleteAsync(folder));
        return new House(folder, await DurablePostgres.StartAsync(databaseFolder ?? folder.CreateSubdirectory("postgres").FullName));
    }

    /// <summary>Adds nodes until there are so many.</summary>
    public async Task GrowAsync(int count)
    {
        while (nodes.Count < count)
            await AddNodeAsync();
    }

    /// <summary>Starts another node and waits until it takes requests.</summary>
    public async Task<ServiceNode> AddNodeAsync(Dictionary<string, string>? more = null, string? assembly = null)
    {
        var settings = Settings.Concat(more ?? []).GroupBy(one => one.Key).ToDictionary(one => one.Key.Replace(":", "__", StringComparison.Ordinal), one => one.Last().Value);
        var node = new ServiceNode(settings, Log, assembly);
        nodes.Add(node);
        await node.StartAsync();
        await node.WaitUntilReadyAsync();
        return node;
    }

    /// <summary>The same application within this process, past the wire and without jobs, for looking inside. Kept for as long as the house.</summary>
    public IServiceProvider Inside => (inside ??= NewInside()).Services;

    /// <param name="clock">The node's clock, where it is not the machine's.</param>
    /// <param name="furtherEvents">An assembly with events that only a newer build knows.</param>
    public WebApplicationFactory<Api.Http.Door> NewInside(TimeProvider? clock = null, Assembly? furtherEvents = null) => new WebApplicationFactory<Api.Http.Door>().WithWebHostBuilder(host =>
    {
        host.UseEnvironment("Testing");
        host.UseContentRoot(AppContext.BaseDirectory);
        foreach (var (key, value) in Settings)
            host.UseSetting(key, value);
        host.UseSetting("Jobs:Enabled", "false");
        host.UseSetting("ConnectionStrings:Rfl", new NpgsqlConnectionStringBuilder(Postgres.ConnectionString) { Pooling = true }.ConnectionString);
        host.ConfigureLogging(logging => logging.ClearProviders());
        host.ConfigureTestServices(services =>
        {
            services.Remove(services.Single(service => service.ImplementationType == typeof(Welcome)));
            if (clock is not null)
                services.Replace(ServiceDescriptor.Singleton(clock));
            if (furtherEvents is not null)
                services.AddSingleton(new EventCatalogue([typeof(IDomainEvent).Assembly, furtherEvents]));
        });
    });

    /// <summary>Lets what became due at the very end fall, brings forward what failed meanwhile, and stops all nodes: what is then looked at stands still.</summary>
    public async Task RestAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(Load.FarthestDeadline));
        await Postgres.ExecuteInServiceAsync("update deadline_failure set retry_at = now()");
        using (var client = new Client([nodes[0].Address], new Journal()))
        {
            await client.PostAsync("/api/v1/jobs/chasing-deadlines/runs", DemoAccounts.Supervisor.Email, CancellationToken.None);
            await client.PostAsync("/api/v1/jobs/chasing-circle-deadlines/runs", DemoAccounts.DisclosureOfficer.Email, CancellationToken.None);
        }

        foreach (var node in nodes.Where(node => !node.HasEnded))
            await node.StopAsync();
    }

    /// <summary>Starts all nodes again.</summary>
    public async Task WakeAsync()
    {
        foreach (var node in nodes)
            await node.StartAsync();
        foreach (var node in nodes)
            await node.WaitUntilReadyAsync();
    }

    public NpgsqlDataSource Ask() => NpgsqlDataSource.Create(Postgres.ConnectionString);

    public async ValueTask DisposeAsync()
    {
        if (inside is not null)
            await inside.DisposeAsync();
        foreach (var node in nodes)
            await node.DisposeAsync();
        await Wire.DisposeAsync();
        await Postgres.DisposeAsync();
        await Standing.TakeAwayAsync(folder);
    }

    /// <summary>A program that still sets up the database may write into it for a moment.</summary>
    private static async Task DeleteAsync(DirectoryInfo folder)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                folder.Delete(recursive: true);
                return;
            }
            catch (IOException) when (attempt < 50)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200));
            }
        }
    }

    private Dictionary<string, string> Settings => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Testing",
        ["ConnectionStrings:Rfl"] = new NpgsqlConnectionStringBuilder(Postgres.ConnectionString) { Port = Wire.Port, Pooling = true }.ConnectionString,
        ["Rfl:DataFolder"] = folder.CreateSubdirectory("data").FullName,
        ["Rfl:DemoData"] = "true",
        // Started a hundred times: less time for optimising what soon ends.
        ["DOTNET_TieredPGO"] = "0",
        ["Identity:AccessTokenLifetime"] = "01:00:00",
        ["Identity:PasswordIterations"] = "1000",
        ["Identity:AttemptsPerMinutePerAddress"] = "100000",
        ["Identity:AttemptsPerMinutePerAccount"] = "100000",
        ["Identity:RequestsPerMinutePerApiKey"] = "1000000",
    };
}
