using Rfl.Torture.Installation;
using Xunit;
using Xunit.Abstractions;

namespace Rfl.Torture;

/// <summary>Tortures in their short form, with a fixed seed, on one house; <c>./rfl torture</c> has their long form and more.</summary>
public sealed class ShortForms(ShortForms.OneHouse fixture, ITestOutputHelper output) : IClassFixture<ShortForms.OneHouse>
{
    private const int Seed = 20160208;

    public static TheoryData<string> Names => [.. Tortures.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Everything_is_right_afterwards(string name)
    {
        await using var words = new StringWriter();
        var report = new Report(words);
        try
        {
            await Tortures.All[name].RunAsync(isShort: true, report, fixture.House, Seed);
        }
        finally
        {
            report.Print();
            output.WriteLine(words.ToString());
        }

        Assert.Empty(report.Broken);
        Assert.All(report.Lines, line => Assert.Equal(line.Tried, line.Survived));
        Assert.NotEmpty(report.Lines);
    }

    /// <summary>Built once for all.</summary>
    public sealed class OneHouse : IAsyncLifetime
    {
        private House? house;

        internal House House => house!;

        public async Task InitializeAsync() => house = await House.BuildAsync();

        public async Task DisposeAsync() => await house!.DisposeAsync();
    }
}
