using Npgsql;

namespace Rfl.Infrastructure.Reads;

/// <summary>Writes the read log where what was shown is known to the program only.</summary>
public static class ReadLogging
{
    public static NpgsqlBatchCommand Given(Reading reading, IReadOnlyList<Shown> shown, bool refused)
    {
        var command = new NpgsqlBatchCommand(reading.InCircle ? ReadLogSql.GivenLoggedInCircle : ReadLogSql.GivenLogged);
        reading.AddTo(command.Parameters);
        AddShown(command.Parameters, reading, shown, refused);
        return command;
    }

    /// <summary>The parameters of <see cref="ReadLogSql.GivenLogged"/> beyond those of the reading.</summary>
    public static void AddShown(NpgsqlParameterCollection parameters, Reading reading, IReadOnlyList<Shown> shown, bool refused)
    {
        var records = shown.DistinctBy(one => one.Record).ToList();
        parameters.AddWithValue("log_records", refused ? reading.Asked : records.Select(one => one.Record).ToArray());
        parameters.AddWithValue("log_grounds", records.Select(one => one.Ground).ToArray());
        parameters.AddWithValue("log_persons", shown.SelectMany(one => one.Persons).Distinct().Order().ToArray());
        parameters.AddWithValue("log_refused", refused);
    }

    public static async Task WriteAsync(NpgsqlDataSource database, Reading reading, IReadOnlyList<Shown> shown, bool refused, CancellationToken ct)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Given(reading, shown, refused));
        await batch.ExecuteNonQueryAsync(ct);
    }
}
