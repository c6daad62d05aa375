using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Matches;
using Rfl.Domain.Common;
using Rfl.Domain.Matches;
using Rfl.Domain.Matching;
using Rfl.Domain.People;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Benchmarks.Matching.Index;

/// <summary>Fills the index as registrations would, without their events: rows and persons' keys, sealed like all others.</summary>
internal sealed class FictionalRegister(NpgsqlDataSource database, PersonKeyVault vault, LookupHash hash)
{
    private const int AtATime = 5000;

    public static PersonId Person(int number) => new(Id(number, 1));

    private static Guid Record(int number) => Id(number, 2);

    // Spread like ids that were drawn, and the same in every run.
    private static Guid Id(int number, int kind)
    {
        var bytes = new byte[16];
        new Random(number * 2 + kind).NextBytes(bytes);
        return new Guid(bytes);
    }

    /// <summary>Adds the persons from one number up to another, which is not included, and makes the index of their keys again.</summary>
    public async Task FillAsync(int from, int to, Func<int, PersonDetails> person)
    {
        await ExecuteAsync("drop index if exists match_record_keys");
        await Parallel.ForEachAsync(
            Enumerable.Range(0, (to - from + AtATime - 1) / AtATime),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            async (part, ct) => await AddAsync([.. Enumerable.Range(from + part * AtATime, Math.Min(AtATime, to - from - part * AtATime))], person, ct));
        await ExecuteAsync("create index match_record_keys on match_record using gin (keys) with (fastupdate = off)");
        await ExecuteAsync("vacuum analyze match_record");
        await ExecuteAsync("vacuum analyze person_keys");
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var memory = new NpgsqlCommand("set maintenance_work_mem = '512MB'", connection);
        await memory.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    private async Task AddAsync(int[] numbers, Func<int, PersonDetails> person, CancellationToken ct)
    {
        var hashes = new Dictionary<(string, string), byte[]>();
        await using var connection = await database.OpenConnectionAsync(ct);
        var ring = vault.NewRing();
        var rows = numbers.Select(number => (number, Details: ComparedPerson.Comparable(person(number)))).ToList();
        await using (var copy = await connection.BeginBinaryImportAsync(
            "copy match_record (record_id, person_id, role, region, concerns_minor, keys, details, compared_by) from stdin (format binary)", ct))
        {
            foreach (var (number, details) in rows)
            {
                await copy.StartRowAsync(ct);
                await copy.WriteAsync(Record(number), NpgsqlDbType.Uuid, ct);
                await copy.WriteAsync(Person(number).Value, NpgsqlDbType.Uuid, ct);

                await copy.WriteAsync(nameof(MatchRole.Registered), NpgsqlDbType.Text, ct);
                await copy.WriteAsync("hauts-de-france", NpgsqlDbType.Text, ct);
                await copy.WriteAsync(false, NpgsqlDbType.Boolean, ct);
                await copy.WriteAsync(MatchKeys.Filed(ComparedPerson.Of(details), [], Hash), NpgsqlDbType.Array | NpgsqlDbType.Integer, ct);
                await copy.WriteAsync(ring.Seal(Personal.Of(Person(number), new MatchForm(details))), NpgsqlDbType.Bytea, ct);
                await copy.WriteAsync(MatchModel.Current.Version, NpgsqlDbType.Text, ct);
            }

            await copy.CompleteAsync(ct);
        }

        await using var keys = new NpgsqlBatch(connection) { BatchCommands = { ring.InsertNewKeys(DateTimeOffset.UtcNow) } };
        await keys.ExecuteNonQueryAsync(ct);

        byte[] Hash(string purpose, string value) => hashes.TryGetValue((purpose, value), out var known) ? known : hashes[(purpose, value)] = hash.Of(purpose, value);
    }
}
