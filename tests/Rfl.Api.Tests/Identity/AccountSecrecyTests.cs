using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Identity;

/// <summary>A stolen database says of nobody that they have an account here (docs/adr/0074).</summary>
public sealed class AccountSecrecyTests(IdentityHost host) : IClassFixture<IdentityHost>
{
    private const string Address = "Nura.Kebede@society.example";
    private const string Name = "Nura Kebede";

    [Fact]
    public async Task Address_and_name_are_sealed_and_the_account_is_found_by_its_address_in_any_case()
    {
        var password = await MakeAsync(Guid.CreateVersion7(), "Sealed.Anna@society.example", "Anna of the front desk");
        Assert.Equal(HttpStatusCode.OK, (await host.NewClient().SignIn("SEALED.anna@society.example", password)).StatusCode);
        var rows = await RowsAsync();
        Assert.All(rows, row => Assert.Equal(("sealed:", "hashed:", "sealed:"), (row[0][..7], row[1][..7], row[2][..7])));
        Assert.DoesNotContain(rows, row => row.Any(text => text.Contains("society.example", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Equal_names_are_sealed_differently_and_about_equally_long()
    {
        await MakeAsync(Guid.CreateVersion7(), "one@society.example", "Li");
        await MakeAsync(Guid.CreateVersion7(), "two@society.example", "Li");
        await MakeAsync(Guid.CreateVersion7(), "three@society.example", "Maximiliane von Hohenberg");
        var names = (await RowsAsync()).Select(row => row[2]).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.Single(names.Select(name => name.Length).Distinct());
    }

    [Fact]
    public async Task What_an_older_build_wrote_in_the_open_is_sealed_at_the_next_start()
    {
        var id = Guid.CreateVersion7();
        var password = await MakeAsync(id, "open@society.example", "Open Olga");
        await ExecuteAsync("update identity.accounts set email = 'open@society.example', normalized_email = 'OPEN@SOCIETY.EXAMPLE', display_name = 'Open Olga' where id = $1", id);
        await using var next = host.Start([]);
        Assert.Equal(HttpStatusCode.OK, (await next.CreateClient().SignIn("open@society.example", password)).StatusCode);
        Assert.DoesNotContain(await RowsAsync(), row => row.Any(text => text.Contains("olga", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task A_replaced_secret_is_named_as_former_once_and_then_no_longer_needed()
    {
        await using var own = await OwnHost.StartAsync();
        var administrator = await own.SignedInAs(DemoAccounts.Administrator);
        var created = await administrator.PostAsJsonAsync("/api/v1/accounts", New(Guid.CreateVersion7(), Address, Name)).Json();
        var (former, present) = (Convert.ToBase64String(new byte[32]), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        await using (var replaced = own.Start(new() { ["Identity:SecretKey"] = present, ["Identity:FormerSecretKeys:0"] = former }))
            Assert.Equal(HttpStatusCode.OK, (await replaced.CreateClient().SignIn(Address, created.Text("oneTimePassword"))).StatusCode);
        await using var later = own.Start(new() { ["Identity:SecretKey"] = present });
        Assert.Equal(HttpStatusCode.OK, (await later.CreateClient().SignIn(Address, created.Text("oneTimePassword"))).StatusCode);
    }

    private async Task<string> MakeAsync(Guid id, string email, string name)
    {
        var administrator = await host.SignedInAs(DemoAccounts.Administrator);
        return (await administrator.PostAsJsonAsync("/api/v1/accounts", New(id, email, name)).Json()).Text("oneTimePassword");
    }

    private static object New(Guid id, string email, string name) =>
        new { id, email, displayName = name, language = "fr", roles = new[] { "fieldVolunteer" }, region = "hauts-de-france" };

    private async Task<List<string[]>> RowsAsync()
    {
        await using var command = host.Database.DataSource.CreateCommand("select email, normalized_email, display_name from identity.accounts");
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string[]>();
        while (await reader.ReadAsync())
            rows.Add([reader.GetString(0), reader.GetString(1), reader.GetString(2)]);
        return rows;
    }

    private async Task ExecuteAsync(string statement, Guid id)
    {
        await using var command = host.Database.DataSource.CreateCommand(statement);
        command.Parameters.AddWithValue(id);
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    private sealed class OwnHost : IdentityHost, IAsyncDisposable
    {
        public static async Task<OwnHost> StartAsync()
        {
            var own = new OwnHost();
            await own.InitializeAsync();
            return own;
        }

        async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
    }
}
