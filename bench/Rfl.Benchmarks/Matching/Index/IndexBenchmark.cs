using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Rfl.Api.Matches;
using Rfl.Domain.Access;
using Rfl.Domain.Matches;
using Rfl.Domain.Matching;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.LocalPostgres;
using Rfl.Infrastructure.Migrations;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.Reads;

namespace Rfl.Benchmarks.Matching.Index;

/// <summary>
/// Measures the search for one person among many, as the service does it: candidates from the index, their details opened, scored, with reasons. Recall is that
/// of a person written down by another hand, among the twenty shown; beside it, the share whom the comparison holds to be the same at all, were there nobody else.
/// </summary>
internal static class IndexBenchmark
{
    private const int MostQuestions = 1000;
    private const string KeysIndex = "pg_relation_size('match_record_keys')";
    private const string OtherIndexes = $"pg_indexes_size('match_record') - {KeysIndex}";
    private const string KeysInRows = "(select 1000000 * avg(pg_column_size(keys)) from match_record tablesample system (1))";
    private const string Rows = "pg_table_size('match_record')";
    private static readonly int[] sizes = [10_000, 100_000, 1_000_000];

    /// <summary>Arguments: the largest number of persons, questions per size, and a folder to keep the database in; all may be left out.</summary>
    public static int Run(string[] arguments)
    {
        var most = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : sizes[^1];
        var questions = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : MostQuestions;
        var folder = arguments.Length > 2 ? arguments[2] : Path.Combine(Path.GetTempPath(), $"rfl-bench-{Guid.NewGuid():N}");
        try
        {
            RunAsync(folder, most, questions).GetAwaiter().GetResult();
        }
        finally
        {
            if (arguments.Length <= 2)
                Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task RunAsync(string folder, int most, int questions)
    {
        Directory.CreateDirectory(folder);
        await using var server = new LocalPostgresHost(folder);
        await using var database = PostgresDataSource.Create(await server.StartAsync());
        await new DatabaseMigrator(database, TimeProvider.System, NullLogger<DatabaseMigrator>.Instance).MigrateAsync(default);
        var keys = new KeyEncryptionKeys([new byte[32]]);
        var (status, hash) = (new KeyEncryptionStatus(), new LookupHash());
        await new PersonalDataStart(database, keys, status, hash, TimeProvider.System, NullLogger<PersonalDataStart>.Instance).RunAsync(default);
        var people = new FictionalPeople();

        Console.WriteLine("| persons | recognisable | recall at 20 | at 1 | p50 ms | p90 | p99 | most | service CPU ms | proposals: recall at 20 | p50 ms | p99 | bytes a person: keys' index | keys in rows | other indexes | whole rows |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        var filled = (int)await NumberAsync(database, "select count(*) from match_record");
        foreach (var size in sizes.Where(size => size <= most && size >= filled))
        {
            // What a node has opened at one size is not at hand at the next.
            using var vault = new PersonKeyVault(keys, status, hash, NullLogger<PersonKeyVault>.Instance);
            var register = new FictionalRegister(database, vault, hash);
            if (filled < size)
                await register.FillAsync(filled, size, number => people.Written(number, 0));
            filled = size;
            var index = new MatchIndex(
                database,
                new PersonalDataReader(database, vault),
                hash,
                new KeyShares(database, TimeProvider.System),
                TimeProvider.System,
                new UnreadableRows(NullLogger<UnreadableRows>.Instance));
            // Other hands and people than those measured: the code gets warm, the persons' keys do not.
            await MeasureAsync(index, people, size, Math.Min(questions, 300), hand: 2, first: 1);
            var measured = await MeasureAsync(index, people, size, questions, hand: 1, first: 0);
            var proposing = await MeasureAsync(index, people, size, questions, hand: 1, first: 0, MatchIndex.MostOpenedInBackground);
            var bytes = new List<double>();
            foreach (var part in (string[])[KeysIndex, KeysInRows + (size < 1_000_000 ? $" * {size} / 1000000" : ""), OtherIndexes, Rows])
                bytes.Add(await NumberAsync(database, $"select {part}") / size);
            Console.WriteLine(FormattableString.Invariant(
                $"| {size:N0} | {measured.Recognisable:0.000} | {measured.At20:0.000} | {measured.At1:0.000} | {measured.Percentile(50):0.0} | {measured.Percentile(90):0.0} | {measured.Percentile(99):0.0} | {measured.Percentile(100):0.0} | {measured.ProcessorTime:0.0} | {proposing.At20:0.000} | {proposing.Percentile(50):0.0} | {proposing.Percentile(99):0.0} | {bytes[0]:0} | {bytes[1]:0} | {bytes[2]:0} | {bytes[3]:0} |"));
        }

        Console.WriteLine($"Memory of this process, which made the persons too: {Process.GetCurrentProcess().PeakWorkingSet64 / 1024 / 1024} MB at most.");
    }

    private static async Task<Measured> MeasureAsync(MatchIndex index, FictionalPeople people, int size, int questions, int hand, int first, int mostOpened = MatchIndex.MostOpened)
    {
        var times = new List<double>(questions);
        var (recognisable, at20, at1) = (0, 0, 0);
        var processorTime = TimeSpan.Zero;
        var matcher = new PersonMatcher(MatchModel.Current);
        for (var question = 0; question < questions; question++)
        {
            var number = (int)((first + (long)question * 7919) % size);
            var asked = people.Written(number, hand);
            var (begun, before) = (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);
            var found = await index.FindAsync(new MatchForm(asked), Viewer.System, [MatchRole.Registered], Guid.Empty, MatchRules.Shown, MatchRules.MostProposals, default, mostOpened);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            processorTime += Process.GetCurrentProcess().TotalProcessorTime - before;
            var person = FictionalRegister.Person(number);
            at20 += found.Any(candidate => candidate.Side.Person == person) ? 1 : 0;
            at1 += found.Count > 0 && found[0].Side.Person == person ? 1 : 0;
            recognisable += ComparedPerson.Of(asked).Score(ComparedPerson.Of(people.Written(number, 0)), matcher)?.Probability >= MatchRules.Shown ? 1 : 0;
        }

        times.Sort();
        return new Measured(times, (double)recognisable / questions, (double)at20 / questions, (double)at1 / questions, processorTime.TotalMilliseconds / questions);
    }

    private static async Task<double> NumberAsync(NpgsqlDataSource database, string query)
    {
        await using var command = database.CreateCommand(query);
        command.CommandTimeout = 0;
        return Convert.ToDouble(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private sealed record Measured(List<double> Times, double Recognisable, double At20, double At1, double ProcessorTime)
    {
        public double Percentile(int percent) => Times[Math.Min(Times.Count - 1, Times.Count * percent / 100)];
    }
}
