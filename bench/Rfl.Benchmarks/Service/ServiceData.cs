using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Rfl.Api.Casework;
using Rfl.Api.Consents;
using Rfl.Api.Deadlines;
using Rfl.Api.Figures;
using Rfl.Api.Http;
using Rfl.Api.Matches;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Api.TracingRequests;
using Rfl.Benchmarks.Measuring;
using Rfl.Domain.Access;
using Rfl.Domain.Matching;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Benchmarks.Service;

/// <summary>The service's own data layer in this process, over the database of the bench: its store, its views, its seals.</summary>
internal sealed class ServiceData : IAsyncDisposable
{
    /// <summary>The key-encryption key of every bench; the started service gets the same.</summary>
    public static readonly string Key = Convert.ToBase64String(new byte[32]);

    private const int StreamsAtOnce = 100;

    /// <summary>Importing takes turns between this process and the server; two of them keep both busy.</summary>
    private const int Importers = 2;

    private readonly ServiceProvider services;

    private ServiceData(ServiceProvider services) => this.services = services;

    public IServiceProvider Services => services;

    public NpgsqlDataSource DataSource => services.GetRequiredService<NpgsqlDataSource>();

    public Infrastructure.EventStore.EventStore Store => services.GetRequiredService<Infrastructure.EventStore.EventStore>();

    public static AppendContext Context { get; } = new(Guid.CreateVersion7(), [nameof(Role.Caseworker)], Guid.CreateVersion7(), null, null);

    public static async Task<ServiceData> OpenAsync(BenchServer server)
    {
        var settings = new Dictionary<string, string?> { ["PersonalData:Key"] = Key, ["Jobs:Enabled"] = "false" };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(_ => PostgresDataSource.Create(server.ConnectionString + ";Command Timeout=600"));
        services.AddPersonalData(configuration, new Environment(), BenchServer.Folder);
        services.AddEventStore();
        services.AddCasework().AddTracingRequests().AddConsents().AddDeadlines().AddMatches().AddFigures();
        services.AddSingleton<OpenSessions>().AddSingleton<Cursors>();
        services.AddScoped<CurrentViewer>().AddScoped<RequestConditions>().AddScoped<ReadLog>().AddScoped<ListCasesHandler>();
        var data = new ServiceData(services.BuildServiceProvider());
        await data.services.StartDatabaseAsync();
        return data;
    }

    /// <summary>Makes requests out of numbers and imports them: real events, sealed, with the rows of every view.</summary>
    /// <returns>Their ids.</returns>
    public async Task<IReadOnlyList<Guid>> FillAsync(int first, int count, DateTimeOffset lastTouched)
    {
        var import = services.GetRequiredService<BulkImport>();
        var clock = Stopwatch.StartNew();
        var done = 0;
        // As if the night had compared them: who is like whom is not what is measured here.
        await ExecuteAsync($"alter table match_record alter column compared_by set default '{MatchModel.Current.Version}'");
        await Parallel.ForEachAsync(
            Enumerable.Range(first, count).Chunk(StreamsAtOnce),
            new ParallelOptions { MaxDegreeOfParallelism = Importers },
            async (numbers, ct) =>
            {
                await import.ImportAsync([.. numbers.Select(number => Requests.Make(number, lastTouched))], Context, ct);
                var total = Interlocked.Add(ref done, numbers.Length);
                if (total % 20_000 == 0)
                    Console.Error.WriteLine($"{total:N0} requests after {clock.Elapsed.TotalSeconds:N0} s");
            });
        await ExecuteAsync("alter table match_record alter column compared_by drop default");
        return [.. Enumerable.Range(first, count).Select(Requests.Id)];
    }

    /// <summary>Autovacuum would do it within minutes; a measurement does not wait.</summary>
    public Task SettleAsync() => ExecuteAsync("vacuum analyze");

    public async Task ExecuteAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        command.CommandTimeout = 1200;
        await command.ExecuteNonQueryAsync();
    }

    public async Task<long> CountAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        command.CommandTimeout = 600;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), null);
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private sealed class Environment : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Production;

        public string ApplicationName { get; set; } = "bench";

        public string ContentRootPath { get; set; } = BenchServer.Root;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
