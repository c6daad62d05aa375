using System.Diagnostics;
using System.Net;
using System.Text;
using Rfl.Demo;
using Rfl.Infrastructure.LocalPostgres;
using Rfl.Testing.Secrecy;
using Xunit.Abstractions;

namespace Rfl.Api.Tests.PersonalData;

/// <summary>
/// What a thief of the whole machine's disk would have, but for the keys: the service as <c>./rfl run</c> starts it, on its own PostgreSQL, filled by <c>./rfl demo</c>. Dump,
/// log, traces, figures and every file of the data folder are searched for every personal text that went in.
/// </summary>
public sealed class WholeInstallationTests(ITestOutputHelper output) : IAsyncLifetime, IDisposable
{
    private readonly string folder = Directory.CreateDirectory($"/tmp/rfl-zero-{Guid.NewGuid():N}").FullName;
    private readonly PersonalStrings sent = new();
    private readonly MemoryStream exported = new();
    private readonly StringBuilder log = new();
    private readonly HttpListener collector = new();
    private readonly int collectorPort = FreePort();

    public Task InitializeAsync()
    {
        collector.Prefixes.Add($"http://127.0.0.1:{collectorPort}/");
        collector.Start();
        _ = CollectAsync();
        return Task.CompletedTask;
    }

    public Task DisposeAsync()
    {
        Dispose();
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        ((IDisposable)collector).Dispose();
        exported.Dispose();
    }

    [Fact]
    public async Task After_the_demo_nothing_personal_stands_anywhere_in_the_open()
    {
        await using var postgres = new LocalPostgresHost(folder);
        var connectionString = await postgres.StartAsync();
        // What PostgreSQL itself says (Europe, a checkpoint) was there before anybody was.
        var before = await Task.WhenAll(Files().Select(file => File.ReadAllBytesAsync(file)));
        using (var service = Start())
        {
            try
            {
                using var client = new HttpClient(new Sending(sent)) { BaseAddress = new Uri(await AddressAsync(service)) };
                await new Telling(new Service(client), DateOnly.FromDateTime(DateTime.UtcNow)).TellAllAsync(Stories.All);
            }
            finally
            {
                await StopAsync(service);
            }
        }

        var dump = await DatabaseDump.MakeAsync(connectionString);
        await postgres.DisposeAsync();

        var sentAsSecret = new ZeroHitSearch(Secrecy.Secret(sent));
        var ownWords = before.SelectMany(content => sentAsSecret.TextsIn(content)).ToHashSet();
        var search = new ZeroHitSearch(Secrecy.Secret(sent).Except(ownWords));
        Assert.True(ownWords.Count < 10, string.Join(", ", ownWords));
        Assert.True(search.Texts > 300, $"Only {search.Texts} texts were sent.");
        var hits = search.In("the dump", dump).Concat(search.In("the log", log.ToString())).Concat(search.In("traces and figures", exported.ToArray())).ToList();
        long bytes = dump.Length + log.Length + exported.Length;
        foreach (var file in Files())
        {
            var content = await File.ReadAllBytesAsync(file);
            bytes += content.Length;
            hits.AddRange(search.In(Path.GetFileName(file), content));
        }

        output.WriteLine($"{search.Texts} personal texts in {search.Patterns} encoded forms ({ownWords.Count} more are words of PostgreSQL's own), {bytes / 1_000_000} MB searched ({log.Length} characters of log, {exported.Length} bytes of traces and figures), {hits.Count} hits");
        Assert.Contains("POST /api/v1/session 200", log.ToString(), StringComparison.Ordinal);
        Assert.True(exported.Length > 10_000, $"{exported.Length} bytes of traces and figures");
        Assert.True(hits.Count == 0, string.Join('\n', hits.Take(20)));

        // It would be seen.
        Assert.NotEmpty(search.In("the dump", [.. dump, .. Encoding.Unicode.GetBytes(Secrecy.Secret(sent)[0])]));
    }

    private IEnumerable<string> Files() => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !IsSocket(file));

    private static bool IsSocket(string file) => Path.GetFileName(file).StartsWith(".s.PGSQL", StringComparison.Ordinal);

    private Process Start()
    {
        var service = Process.Start(new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["Rfl__DataFolder"] = folder,
                ["Identity__PasswordIterations"] = "1000",
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{collectorPort}",
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
            },
        })!;
        service.ErrorDataReceived += (_, line) => Note(line.Data);
        service.OutputDataReceived += (_, line) => Note(line.Data);
        service.BeginErrorReadLine();
        service.BeginOutputReadLine();
        return service;
    }

    private void Note(string? line)
    {
        lock (log)
            log.AppendLine(line);
    }

    private async Task<string> AddressAsync(Process service)
    {
        const string greeting = "Restoring Family Links is at ";
        while (!service.HasExited)
        {
            string said;
            lock (log)
                said = log.ToString();
            var at = said.IndexOf(greeting, StringComparison.Ordinal);
            if (at >= 0 && said.IndexOf('\n', at) is > 0 and var end)
                return said[(at + greeting.Length)..end].Trim();
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        throw new InvalidOperationException(log.ToString());
    }

    private static async Task StopAsync(Process service)
    {
        using var terminate = Process.Start("kill", ["-TERM", $"{service.Id}"]);
        await service.WaitForExitAsync();
    }

    private async Task CollectAsync()
    {
        while (collector.IsListening)
        {
            try
            {
                var request = await collector.GetContextAsync();
                await request.Request.InputStream.CopyToAsync(exported);
                request.Response.Close();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private sealed class Sending(PersonalStrings strings) : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is not null)
                strings.Collect(await request.Content.ReadAsByteArrayAsync(cancellationToken));
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
