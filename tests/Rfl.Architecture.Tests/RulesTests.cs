namespace Rfl.Architecture.Tests;

/// <summary>Each rule sees its violation. The violations stand in this assembly, below.</summary>
public sealed class RulesTests
{
    private static readonly CompiledAssembly here = CompiledAssembly.Of(typeof(RulesTests).Assembly);

    [Fact]
    public void A_foreign_library_in_the_domain_is_seen() => Assert.Contains("xunit.core", Rules.ReferencesBeyondTheDomain(here));

    [Fact]
    public void A_reference_back_is_seen() => Assert.Equal(["Rfl.Infrastructure"], Rules.ReferencesTo(here, "Rfl.Infrastructure"));

    [Theory]
    [InlineData("System.DateTime.get_Now")]
    [InlineData("System.DateTimeOffset.get_UtcNow")]
    [InlineData("System.TimeProvider.get_System")]
    [InlineData("System.Guid.NewGuid")]
    [InlineData("System.Random.Next")]
    [InlineData("System.Environment.get_MachineName")]
    [InlineData("System.IO.File.Exists")]
    [InlineData("System.Net.Http.HttpClient..ctor")]
    public void Impurity_is_seen(string member) => Assert.Contains(member, Rules.ImpureMembers(here));

    [Fact]
    public void An_iterator_is_pure() => Assert.DoesNotContain("System.Environment.get_CurrentManagedThreadId", Rules.ImpureMembers(here));

    [Fact]
    public void A_sleeping_thread_is_seen() => Assert.NotEmpty(Rules.SleepingThreads(here));

    [Fact]
    public void An_empty_name_is_seen() => Assert.Equal(
        ["CaseManager", "DateHelper", "PersonDto", "StoreImpl", "TextUtils"],
        Rules.NamesThatSayNothing(here).Order(StringComparer.Ordinal));

    [Fact]
    public void A_reader_of_rows_that_takes_words_for_sure_is_seen() =>
        Assert.Equal(["RulesTests"], Rules.RowReadersThatTrust(typeof(RulesTests).Assembly));

    private sealed class TrustingReader
    {
        public static DayOfWeek Read(Npgsql.NpgsqlDataReader reader) => Enum.Parse<DayOfWeek>(reader.GetString(0));
    }

    private sealed class CaseManager;

    private sealed class DateHelper;

    private sealed class PersonDto;

    private sealed class StoreImpl;

    private sealed class TextUtils;

    /// <summary>Never called: only its code is read.</summary>
    private static class Impure
    {
        public static object[] Everything() =>
        [
            DateTime.Now, DateTimeOffset.UtcNow, TimeProvider.System, Guid.NewGuid(), new Random(1).Next(), Environment.MachineName, File.Exists(""), new HttpClient(),
        ];

        public static void Sleep() => Thread.Sleep(0);

        public static IEnumerable<int> Iterator()
        {
            yield return 1;
        }
    }
}
