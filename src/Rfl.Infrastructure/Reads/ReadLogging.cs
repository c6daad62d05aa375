using Npgsql;

namespace Rfl.Infrastructure.Reads;

/// <summary>Writes the read log where what was shown is known to the program only.</summary>
public static class ReadLogging
{
    public static NpgsqlBatchCommand Given(Reading reading, IReadOnlyList<Shown> shown)
    {
        var command = new NpgsqlBatchCommand(reading.InCircle ? ReadLogSql.GivenLoggedInCircle : ReadLogSql.GivenLogged);
        reading.AddTo(command.Parameters);
        AddShown(command.Parameters, shown);
        return command;
    }

    /// <summary>The parameters of <see cref="ReadLogSql.GivenLogged"/> beyond those of the reading.</summary>
    public static void AddShown(NpgsqlParameterCollection parameters, IReadOnlyList<Shown> shown)
    {
        var records = shown.DistinctBy(one => one.Record).ToList();
        parameters.AddWithValue("log_records", records.Select(one => one.Record).ToArray());
        parameters.AddWithValue("log_grounds", records.Select(one => one.Ground).ToArray());
        parameters.AddWithValue("log_persons", shown.SelectMany(one => one.Persons).Distinct().Order().ToArray());
    }

    public static async Task WriteAsync(NpgsqlDataSource database, Reading reading, IReadOnlyList<Shown> shown, CancellationToken ct)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Given(reading, shown));
        await batch.ExecuteNonQueryAsync(ct);
    }

    public static async Task WriteRefusedAsync(NpgsqlDataSource database, Reading reading, CancellationToken ct)
    {
        await using var command = database.CreateCommand(reading.InCircle ? ReadLogSql.RefusedLoggedInCircle : ReadLogSql.RefusedLogged);
        reading.AddTo(command.Parameters);
        await command.ExecuteNonQueryAsync(ct);
    }
}
