using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NSubstitute;
using Rfl.Infrastructure;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Identity;

public sealed class InstallationTests(IdentityHost host) : IClassFixture<IdentityHost>
{
    private static readonly string firstKey = Convert.ToBase64String(Enumerable.Repeat((byte)1, 32).ToArray());
    private static readonly string secondKey = Convert.ToBase64String(Enumerable.Repeat((byte)2, 32).ToArray());

    [Fact]
    public async Task While_the_signing_key_changes_every_node_accepts_both_keys()
    {
        await using var before = host.Start(new() { ["Identity:SigningKey"] = firstKey });
        await using var during = host.Start(new() { ["Identity:SigningKey"] = secondKey, ["Identity:AcceptedSigningKeys:0"] = firstKey });
        await using var after = host.Start(new() { ["Identity:SigningKey"] = secondKey });
        var token = (await before.CreateClient().SignIn(DemoAccounts.Caseworker.Email, DemoAccounts.Password).Json()).Text("accessToken");
        Assert.Equal(HttpStatusCode.OK, (await during.CreateClient().GetMe(token)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await after.CreateClient().GetMe(token)).StatusCode);
    }

    [Theory]
    [InlineData(null, "Identity:SigningKey is not configured")]
    [InlineData("c2hvcnQ=", "Identity:SigningKey must be base64 of at least 32 random bytes")]
    [InlineData("no base64!", "Identity:SigningKey must be base64 of at least 32 random bytes")]
    public void Production_does_not_start_without_good_keys(string? key, string message)
    {
        var configuration = Configuration(new() { ["Identity:SigningKey"] = key });
        var refused = Assert.Throws<MisconfigurationException>(() => IdentityKeys.Load(configuration, In(Environments.Production)));
        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production", null, 4)]
    [InlineData("Production", "", 0)]
    [InlineData("Development", null, 0)]
    public void Production_asks_the_powerful_for_a_second_factor_unless_told_otherwise(string environment, string? configured, int roles)
    {
        var services = new ServiceCollection().AddSingleton(In(environment));
        services.AddIdentityMechanisms(Configuration(configured is null ? [] : new() { ["Identity:SecondFactorRequiredFor"] = configured }));
        using var provider = services.BuildServiceProvider();
        Assert.Equal(roles, provider.GetRequiredService<IOptions<SignInPolicy>>().Value.SecondFactorRequiredFor.Count);
    }

    [Fact]
    public void Elsewhere_the_nodes_of_a_machine_share_a_key_file_that_only_its_owner_reads()
    {
        var folder = Directory.CreateTempSubdirectory("rfl-keys-");
        try
        {
            var configuration = Configuration(new() { ["Rfl:DataFolder"] = folder.FullName });
            var nodes = Enumerable.Range(0, 8).AsParallel().Select(_ => IdentityKeys.Load(configuration, In(Environments.Development)).Signing.KeyId).ToList();
            Assert.Single(nodes.Distinct());
            var file = Assert.Single(folder.GetFiles());
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Several_nodes_may_start_at_once_on_an_empty_database()
    {
        await using var empty = await EmptyHost.StartAsync();
        await using var count = empty.Database.DataSource.CreateCommand("select count(*) from identity.accounts");
        Assert.Equal((long)DemoAccounts.All.Count, await count.ExecuteScalarAsync());
    }

    [Fact]
    public async Task The_first_administrator_must_replace_the_configured_password_and_is_made_once()
    {
        Dictionary<string, string?> settings = new()
        {
            ["Identity:FirstAdministrator:Email"] = "first@redcross.example",
            ["Identity:FirstAdministrator:Password"] = "from the installer",
        };
        await using (var first = host.Start(settings))
        {
            using var client = first.CreateClient();
            var signedIn = await client.SignIn("first@redcross.example", "from the installer").Json();
            Assert.Equal("password-change-required", signedIn.Text("limitedTo"));
            client.DefaultRequestHeaders.Authorization = new("Bearer", signedIn.Text("accessToken"));
            var changed = await client.PutAsJsonAsync("/api/v1/me/password", new { currentPassword = "from the installer", newPassword = "only mine now!" });
            Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        }

        await using var second = host.Start(settings);
        Assert.Equal((401, "sign-in-failed"), await second.CreateClient().SignIn("first@redcross.example", "from the installer").Refusal());
    }

    [Fact]
    public async Task Production_disables_demo_accounts_that_came_with_a_copied_database()
    {
        await using var copied = await EmptyHost.StartAsync();
        using var client = copied.NewClient();
        var preparing = new PreparingAccounts(
            copied.Services.GetRequiredService<IServiceScopeFactory>(), Configuration([]), In(Environments.Production), copied.Clock);
        await preparing.StartAsync(CancellationToken.None);
        Assert.Equal((401, "sign-in-failed"), await client.SignIn(DemoAccounts.Administrator.Email, DemoAccounts.Password).Refusal());
        client.DefaultRequestHeaders.Add("X-Api-Key", DemoAccounts.Icrc.Text);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/me")).StatusCode);
    }

    private static IConfiguration Configuration(Dictionary<string, string?> settings) => new ConfigurationBuilder().AddInMemoryCollection(settings).Build();

    private static IHostEnvironment In(string environment)
    {
        var host = Substitute.For<IHostEnvironment>();
        host.EnvironmentName.Returns(environment);
        host.ContentRootPath.Returns(AppContext.BaseDirectory);
        return host;
    }

    /// <summary>Two nodes that start at the same moment on a database of their own.</summary>
    private sealed class EmptyHost : IdentityHost, IAsyncDisposable
    {
        public static async Task<EmptyHost> StartAsync()
        {
            var host = new EmptyHost();
            await host.InitializeAsync();
            var other = host.Start([]);
            await Task.WhenAll(Task.Run(() => host.NewClient().Dispose()), Task.Run(() => other.CreateClient().Dispose()));
            await other.DisposeAsync();
            return host;
        }

        async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
    }
}
