using Npgsql;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Infrastructure.Reads;

/// <summary>A query for the records that are read, as <see cref="ReadLogSql.SubjectLogged"/> wants them.</summary>
/// <param name="Sql">Written by us, never by a caller.</param>
/// <param name="AddParameters">The named parameters of the query.</param>
public sealed record ReadSubject(string Sql, Action<NpgsqlParameterCollection> AddParameters);

/// <summary>What the database found of a record when it wrote the log.</summary>
/// <param name="Ground">Null where the record is out of the viewer's reach.</param>
/// <param name="BreakGlass">The break-glass on which alone the viewer sees it.</param>
public sealed record LoggedSubject(Guid Record, long Version, string? Ground, Guid? BreakGlass);

/// <summary>Writes the read log in the round trip of a load, and tells on which grounds.</summary>
public sealed class LoggedRead(Reading reading, ReadSubject subject) : IReadAlong
{
    private readonly List<LoggedSubject> subjects = [];

    public IReadOnlyList<LoggedSubject> Subjects => subjects;

    public NpgsqlBatchCommand Command()
    {
        var command = new NpgsqlBatchCommand(
            $"""
            with subject as materialized ({subject.Sql}), {(reading.InCircle ? ReadLogSql.SubjectLoggedInCircle : ReadLogSql.SubjectLogged)}
            select record, version, ground, break_glass from subject
            """);
        reading.AddTo(command.Parameters);
        subject.AddParameters(command.Parameters);
        return command;
    }

    public async Task ReadAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        while (await reader.ReadAsync(ct))
        {
            subjects.Add(new LoggedSubject(
                reader.GetGuid(0),
                reader.GetInt64(1),
                reader.IsDBNull(2) ? null : reader.GetString(2),
                reader.IsDBNull(3) ? null : reader.GetGuid(3)));
        }
    }
}
