using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Rfl.Benchmarks.Measuring;
using Rfl.Infrastructure.Identity;

namespace Rfl.Benchmarks.Service;

/// <summary>
/// The service as it is deployed: published, a process of its own, JSON log into a file, everything as in Production but for the demo accounts, which sign in
/// like any other. It wakes no jobs, so that what is measured is what was asked for.
/// </summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly HttpClient http;

    private ServiceProcess(Process process, Uri address, TimeSpan startedAfter)
    {
        this.process = process;
        Address = address;
        StartedAfter = startedAfter;
        http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromHours(1) };
    }

    public Uri Address { get; }

    /// <summary>From starting the process to being ready.</summary>
    public TimeSpan StartedAfter { get; }

    public static async Task<ServiceProcess> StartAsync(BenchServer server)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("sh", ["-c", "exec dotnet \"$SERVICE\" > \"$LOG\" 2>&1"]) { WorkingDirectory = BenchServer.Folder };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["SERVICE"] = Path.Combine(AppContext.BaseDirectory, "service", "Rfl.Api.dll"),
            ["LOG"] = Path.Combine(BenchServer.Folder, "service.log"),
            ["ASPNETCORE_ENVIRONMENT"] = "Bench",
            ["ASPNETCORE_URLS"] = address.ToString(),
            ["ConnectionStrings__Rfl"] = server.ConnectionString,
            ["Rfl__DataFolder"] = BenchServer.Folder,
            ["Rfl__DemoData"] = "true",
            ["PersonalData__Key"] = ServiceData.Key,
            ["Jobs__Enabled"] = "false",
            ["Identity__AccessTokenLifetime"] = "01:00:00",
            // A job that is asked for here may take longer than any other request.
            ["Http__RequestTimeoutSeconds"] = "3600",
        })
            start.Environment[name] = value;
        var clock = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        using var http = new HttpClient { BaseAddress = address };
        while (true)
        {
            if (process.HasExited)
                throw new InvalidOperationException($"The service ended while it started; see {start.Environment["LOG"]}");
            try
            {
                using var answer = await http.GetAsync("/health/ready");
                if (answer.IsSuccessStatusCode)
                    return new ServiceProcess(process, address, clock.Elapsed);
            }
            catch (HttpRequestException)
            {
            }

            await Task.Delay(20);
        }
    }

    /// <summary>Signs in like a person.</summary>
    /// <returns>The access token.</returns>
    public async Task<string> SignInAsync(DemoAccount account)
    {
        using var answer = await http.PostAsJsonAsync("/api/v1/session", new { email = account.Email, password = DemoAccounts.Password });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString()!;
    }

    public async Task<JsonElement> SendAsync(HttpMethod method, string path, string token)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Megabytes in memory: the most there ever were.</summary>
    public int PeakMemory() => int.Parse(
        File.ReadLines($"/proc/{process.Id}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024;

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await kill.WaitForExitAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
