using System.Net;

namespace Rfl.Torture.Installation;

/// <summary>One process of the built service, as in production but for its accounts.</summary>
internal sealed class ServiceNode : IAsyncDisposable
{
    private readonly IReadOnlyDictionary<string, string> settings;
    private readonly string log;
    private readonly HttpClient asking = new() { Timeout = TimeSpan.FromSeconds(10) };
    private ChildProcess? process;

    /// <param name="settings">Settings of the service, as environment variables.</param>
    /// <param name="log">Receives what it writes.</param>
    /// <param name="assembly">The built service; this build's where null.</param>
    public ServiceNode(IReadOnlyDictionary<string, string> settings, string log, string? assembly = null)
    {
        this.settings = settings;
        this.log = log;
        Assembly = assembly ?? Path.Combine(AppContext.BaseDirectory, "Rfl.Api.dll");
        Address = new Uri($"http://127.0.0.1:{Ports.Free()}");
    }

    public Uri Address { get; }

    public string Assembly { get; set; }

    public bool HasEnded => process is null || process.HasEnded;

    /// <summary>Starts it and returns at once.</summary>
    public async Task StartAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
        var environment = new Dictionary<string, string>(settings) { ["ASPNETCORE_URLS"] = Address.GetLeftPart(UriPartial.Authority) };
        process = await ChildProcess.StartAsync("dotnet", [Assembly], environment, log, "KILL");
    }

    /// <summary>Waits until it takes requests.</summary>
    /// <exception cref="TortureException">It ended, or is not ready in time.</exception>
    public async Task WaitUntilReadyAsync(TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(patience ?? TimeSpan.FromMinutes(5));
        while (await ReadyAsync() != HttpStatusCode.OK)
        {
            if (HasEnded)
                throw new TortureException($"The service ended instead of starting:{Environment.NewLine}{await LastWordsAsync()}");
            if (limit.IsCancellationRequested)
                throw new TortureException($"The service does not become ready:{Environment.NewLine}{await LastWordsAsync()}");
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    /// <summary>What its readiness answers; null where nobody answers.</summary>
    public async Task<HttpStatusCode?> ReadyAsync()
    {
        try
        {
            using var answer = await asking.GetAsync(new Uri(Address, "/health/ready"));
            return answer.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>SIGKILL: no drain, no goodbye.</summary>
    public Task KillAsync() => process!.EndAsync("KILL");

    /// <summary>SIGTERM: it finishes what it has in hand and ends.</summary>
    public Task StopAsync() => process!.EndAsync("TERM");

    private async Task<string> LastWordsAsync() => string.Join(Environment.NewLine, (await File.ReadAllLinesAsync(log)).TakeLast(30));

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
        asking.Dispose();
    }
}
