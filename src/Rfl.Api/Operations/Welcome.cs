using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Rfl.Domain.Access;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Operations;

/// <summary>Outside Production: tells whoever started the server where it is and who can sign in. Plain lines for a terminal, not log entries.</summary>
public sealed class Welcome(IServer server, IHostApplicationLifetime lifetime, IConfiguration configuration, IHostEnvironment environment) : IHostedService
{
    /// <summary>Where the server listens when nothing says otherwise: on this machine only.</summary>
    public const string DefaultAddress = "http://127.0.0.1:5080";

    /// <summary>Settings by which others may have said where to listen.</summary>
    private static readonly string[] listening = ["urls", "http_ports", "https_ports", "Kestrel:Endpoints"];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Tell);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public static void Configure(WebApplicationBuilder builder)
    {
        if (!listening.Any(setting => builder.Configuration.GetSection(setting).Exists()))
            builder.WebHost.UseUrls(DefaultAddress);
        if (!builder.Environment.IsProduction())
            builder.Services.AddHostedService<Welcome>();
    }

    /// <param name="withAccounts">Whether the demo accounts exist here.</param>
    public static IEnumerable<string> Lines(string address, bool withAccounts)
    {
        yield return "";
        yield return $"Restoring Family Links is at {address}";
        yield return $"  operations, to try out   {address}/swagger";
        yield return $"  health                   {address}/health/ready";
        if (!withAccounts)
            yield break;
        yield return $"  sign in                  POST {address}/api/v1/session, password {DemoAccounts.Password}";
        foreach (var (role, account) in OnePerRole())
            yield return $"    {role,-26} {account.Email}";
        yield return "  partner societies        header X-Api-Key";
        foreach (var key in DemoAccounts.ApiKeys)
            yield return $"    {key.Society,-26} {key.Text}";
        yield return $"  fictional requests       ./rfl demo{(address == DefaultAddress ? "" : $" {address}")}";
        yield return "";
    }

    private static IEnumerable<(Role Role, DemoAccount Account)> OnePerRole() =>
        from account in DemoAccounts.All
        from role in account.Assignment.Roles
        group account by role into holders
        select (holders.Key, holders.First());

    private void Tell()
    {
        // Empty under a test server.
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var withAccounts = configuration.GetValue("Rfl:DemoData", environment.IsDevelopment());
        foreach (var line in addresses.Take(1).SelectMany(address => Lines(address, withAccounts)))
            Console.WriteLine(line);
    }
}
