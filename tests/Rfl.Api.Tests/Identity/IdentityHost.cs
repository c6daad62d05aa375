using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Rfl.Api.Tests.Http;
using Rfl.Api.Tests.PersonalData;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.Migrations;
using Rfl.Testing;
using Rfl.Testing.Secrecy;

namespace Rfl.Api.Tests.Identity;

/// <summary>The service with the demo accounts on a database of its own, and a clock that the test moves.</summary>
#pragma warning disable CA1001 // The lines of the log hold nothing to be released; only their interface says so.
public class IdentityHost : IAsyncLifetime
#pragma warning restore CA1001
{
    private TestDatabase? database;

    private WebApplicationFactory<Program>? application;

    private readonly LogLines log = new();

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rfl-identity-");

    /// <summary>Every personal text that was sent to any node.</summary>
    internal PersonalStrings Sent { get; } = new();

    /// <summary>What the nodes wrote into their logs.</summary>
    internal LogLines Log => log;

    public SettableClock Clock { get; } = new();

    public TestDatabase Database => database!;

    /// <summary>Where the service keeps the keys that it makes.</summary>
    public string DataFolder => folder.FullName;

    public IServiceProvider Services => application!.Services;

    /// <summary>Configuration that differs from the defaults.</summary>
    protected virtual Dictionary<string, string?> Settings => [];

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync("migrated", PrepareAsync);
        application = Start([]);
    }

    public async Task DisposeAsync()
    {
        await application!.DisposeAsync();
        try
        {
            await Secrecy.AssertAsync(GetType().Name, Sent, Database.ConnectionString, log.All);
        }
        finally
        {
            await database!.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }

    public HttpClient NewClient() => application!.CreateClient();

    /// <summary>Another node on the same database, with other settings.</summary>
    public WebApplicationFactory<Program> Start(Dictionary<string, string?> settings) =>
        new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            host.UseEnvironment("Testing");
            host.UseSetting("ConnectionStrings:Rfl", Database.ConnectionString);
            host.UseSetting("Rfl:DataFolder", folder.FullName);
            host.UseSetting("Rfl:DemoData", "true");
            host.UseSetting("Jobs:Enabled", "false");
            host.UseSetting("Identity:SigningKey", Convert.ToBase64String(new byte[32]));
            host.UseSetting("Identity:SecretKey", Convert.ToBase64String(new byte[32]));
            host.UseSetting("Identity:PasswordIterations", "1000");
            host.UseSetting("Identity:AttemptsPerMinutePerAddress", "10000");
            host.UseSetting("Identity:AttemptsPerMinutePerAccount", "10000");
            foreach (var (key, value) in Settings.Concat(settings))
                host.UseSetting(key, value);
            host.ConfigureTestServices(services => services
                .Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock))
                .AddSingleton<IStartupFilter>(new Overhearing(Sent))
                .AddSingleton<ILoggerProvider>(log)
                .AddLogging(AsTheConsole));
        });

    /// <summary>The log is what an operator would keep: what the service keeps from its console is kept from here.</summary>
    private static void AsTheConsole(ILoggingBuilder logging)
    {
        foreach (var category in new[] { "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Npgsql", "System.Net.Http" })
            logging.AddFilter<LogLines>(category, LogLevel.Warning);
    }

    /// <summary>A client that is signed in.</summary>
    public async Task<HttpClient> SignedInAs(DemoAccount account)
    {
        var client = NewClient();
        var signedIn = await client.SignIn(account.Email, DemoAccounts.Password).Json();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", signedIn.GetProperty("accessToken").GetString());
        return client;
    }

    private static async Task PrepareAsync(string connectionString)
    {
        await using var dataSource = Npgsql.NpgsqlDataSource.Create(connectionString);
        await new DatabaseMigrator(dataSource, TimeProvider.System, NullLogger<DatabaseMigrator>.Instance).MigrateAsync(CancellationToken.None);
    }
}

/// <summary>A clock that stands still until it is moved.</summary>
public sealed class SettableClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan by) => now += by;
}

internal static class Requests
{
    public static Task<HttpResponseMessage> SignIn(this HttpClient client, string email, string password, string? code = null) =>
        client.PostAsJsonAsync("/api/v1/session", new { email, password, code });

    public static Task<HttpResponseMessage> Refresh(this HttpClient client, string refreshToken) =>
        client.PostAsJsonAsync("/api/v1/session/refresh", new { refreshToken });

    public static Task<HttpResponseMessage> GetMe(this HttpClient client, string accessToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return client.SendAsync(request);
    }

    public static async Task<JsonElement> Json(this Task<HttpResponseMessage> answer) => await (await answer).Content.ReadFromJsonAsync<JsonElement>();

    public static string Text(this JsonElement element, string member) => element.GetProperty(member).GetString()!;

    /// <summary>The status and the code of a refusal.</summary>
    public static async Task<(int Status, string Code)> Refusal(this Task<HttpResponseMessage> answer)
    {
        var response = await answer;
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        return ((int)response.StatusCode, problem.Text("code"));
    }
}
