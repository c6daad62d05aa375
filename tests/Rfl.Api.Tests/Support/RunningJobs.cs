using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rfl.Infrastructure.Jobs;

namespace Rfl.Api.Tests.Support;

/// <summary>Jobs run here and now, through what the scheduler calls; and what they left behind.</summary>
internal static class RunningJobs
{
    public static Task<JobRun> RunAsync(this RflApi api, string job) => api.Services.RunAsync(job);

    public static Task<JobRun> RunAsync(this IServiceProvider node, string job) =>
        node.GetRequiredService<JobRunner>().RunAsync(job, askedBy: null, CancellationToken.None);

    /// <summary>The deadlines that passed in a stream, as <c>kind#occurrence day</c>, in the order of their instants.</summary>
    public static async Task<string[]> PassedAsync(this RflApi api, Guid stream)
    {
        await using var command = api.Database.DataSource.CreateCommand(
            """
            select upper(left(data->'deadline'->>'kind', 1)) || substr(data->'deadline'->>'kind', 2), data->'deadline'->>'occurrence', (data->>'dueAt')::timestamptz
            from mt_events where stream_id = $1 and data ? 'deadline' and type <> 'deadline-moved.v1'
            order by 3, 1
            """);
        command.Parameters.AddWithValue(stream);
        await using var reader = await command.ExecuteReaderAsync();
        var passed = new List<string>();
        while (await reader.ReadAsync())
            passed.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{reader.GetString(0)}#{reader.GetString(1)} {reader.GetFieldValue<DateTimeOffset>(2):yyyy-MM-dd}"));
        return [.. passed];
    }

    /// <summary>One value from the database.</summary>
    public static async Task<T> AskAsync<T>(this RflApi api, string question, params object[] values)
    {
        await using var command = api.Database.DataSource.CreateCommand(question);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
