using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Infrastructure.Tests.PersonalData;

public sealed class ConfiguredKeysTests : IDisposable
{
    private const string First = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=";
    private const string Second = "ZWZnaGlqa2xtbm9wcXJzdHV2d3h5ent8fX5/gIGCg4Q=";
    private readonly string folder = Directory.CreateTempSubdirectory("rfl").FullName;

    private string LocalFile => Path.Combine(folder, "personal-data.key");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Production_does_not_start_without_a_key_and_says_what_to_set()
    {
        var exception = Assert.Throws<MisconfigurationException>(() => Read(Environments.Production));

        Assert.Contains("PersonalData:KeyFile", exception.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void A_run_without_a_key_makes_a_file_for_the_owner_only_and_keeps_it()
    {
        var made = Read(Environments.Development);
        var again = Read(Environments.Development);

        Assert.Equal(made.CurrentId, again.CurrentId);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(LocalFile));
        Assert.Equal([LocalFile], Directory.GetFiles(folder));
    }

    [Fact]
    public void Nodes_that_start_at_once_agree_on_the_file_made()
    {
        var ids = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8).Select(_ => Read(Environments.Development).CurrentId).Distinct();

        Assert.Single(ids);
    }

    [Fact]
    public void A_key_file_holds_the_current_key_first_and_older_ones_after_it()
    {
        File.WriteAllText(LocalFile, $"# since 2026\n{Second}\n\n{First}\n");

        var keys = Read(Environments.Production, ("KeyFile", LocalFile));

        Assert.Equal(2, keys.Ids.Count);
        Assert.Equal(Read(Environments.Production, ("Key", Second)).CurrentId, keys.CurrentId);
    }

    [Fact]
    public void A_secret_of_the_environment_and_its_predecessors_are_read()
    {
        var keys = Read(Environments.Production, ("Key", First), ("PreviousKeys:0", Second));

        Assert.Equal(2, keys.Ids.Count);
        Assert.Null(keys.Problem);
    }

    [Fact]
    public void A_program_that_prints_the_keys_is_a_key_service()
    {
        var keys = Read(Environments.Production, ("KeyCommand", $"printf '# from the vault\\n%s\\n%s\\n' {Second} {First}"));

        Assert.Equal(2, keys.Ids.Count);
        Assert.Equal(Read(Environments.Production, ("Key", Second)).CurrentId, keys.CurrentId);
    }

    [Theory]
    [InlineData("exit 3", "PersonalData:KeyCommand ended with 3")]
    [InlineData("true", "PersonalData:KeyCommand holds no key")]
    [InlineData("no-such-program 2>/dev/null", "PersonalData:KeyCommand ended with 127")]
    public void A_program_that_gives_no_key_is_a_problem_told(string command, string problem)
    {
        var keys = Read(Environments.Production, ("KeyCommand", command));

        Assert.Empty(keys.Ids);
        Assert.StartsWith(problem, keys.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite, false)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, true)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead, true)]
    public void A_key_file_that_others_can_read_is_told_of(UnixFileMode mode, bool told)
    {
        File.WriteAllText(LocalFile, First);
        File.SetUnixFileMode(LocalFile, mode);
        var log = new Told();

        Read(Environments.Production, log, ("KeyFile", LocalFile));

        Assert.Equal(told, log.Lines.Any(line => line.Contains("chmod 600", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Key", "short")]
    [InlineData("Key", "AQID")]
    [InlineData("KeyFile", "/nowhere/personal-data.key")]
    public void A_key_that_cannot_be_read_is_a_problem_told_and_never_replaced(string setting, string value)
    {
        var keys = Read(Environments.Development, (setting, value));

        Assert.Empty(keys.Ids);
        Assert.NotNull(keys.Problem);
        Assert.DoesNotContain("AQID", keys.Problem, StringComparison.Ordinal);
        Assert.Throws<KeyEncryptionKeyUnavailableException>(() => keys.CurrentId);
        Assert.Empty(Directory.GetFiles(folder));
    }

    private IKeyEncryptionKeys Read(string environmentName, params (string Name, string Value)[] settings) => Read(environmentName, NullLogger.Instance, settings);

    private IKeyEncryptionKeys Read(string environmentName, ILogger logger, params (string Name, string Value)[] settings)
    {
        var environment = Substitute.For<IHostEnvironment>();
        environment.EnvironmentName.Returns(environmentName);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"PersonalData:{setting.Name}", (string?)setting.Value)))
            .Build();
        return ConfiguredKeys.Read(configuration.GetSection("PersonalData"), environment, folder, logger);
    }

    private sealed class Told : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
