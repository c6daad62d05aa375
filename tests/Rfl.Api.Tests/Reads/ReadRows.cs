using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Api.Tests.Support;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Reads;

/// <summary>A row of the read log, or of the circle's.</summary>
internal sealed record ReadRow(
    string Log, Guid Viewer, string View, bool Refused, Guid[] Records, string[] Grounds, Guid[] Persons, Guid? BreakGlass, bool Searched);

/// <summary>What the service wrote about who looked.</summary>
internal static class ReadRows
{
    /// <summary>What one answer left in the read logs.</summary>
    public static async Task<IReadOnlyList<ReadRow>> ReadRowsAsync(this RflApi api, HttpResponseMessage answer)
    {
        await using var database = NpgsqlDataSource.Create(api.Database.ConnectionString);
        await using var command = database.CreateCommand(
            """
            select 'read_log', viewer, view, refused, records, grounds, persons, break_glass, searched is not null, seq from read_log where correlation_id = $1
            union all
            select 'disclosure_read_log', viewer, view, refused, records, grounds, persons, break_glass, searched is not null, seq
            from disclosure_read_log where correlation_id = $1
            order by 1, seq
            """);
        command.Parameters.AddWithValue(Guid.Parse(answer.Headers.GetValues(Door.CorrelationHeader).Single()));
        var rows = new List<ReadRow>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            rows.Add(new ReadRow(
                reader.GetString(0),
                reader.GetGuid(1),
                reader.GetString(2),
                reader.GetBoolean(3),
                reader.GetFieldValue<Guid[]>(4),
                reader.GetFieldValue<string[]>(5),
                reader.GetFieldValue<Guid[]>(6),
                reader.IsDBNull(7) ? null : reader.GetGuid(7),
                reader.GetBoolean(8)));
        }

        return rows;
    }

    /// <summary>
    /// The one row of an answer in a word: its ground, <c>refused</c>, or <c>listed</c> for a list; empty where nothing is read, or nobody signed in. Fails where there
    /// are more rows or fewer, or one of another viewer, view or log.
    /// </summary>
    public static async Task<string> ReadOfAsync(this RflApi api, HttpResponseMessage answer, RouteEndpoint endpoint, object? caller)
    {
        var name = endpoint.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName;
        var rows = await api.ReadRowsAsync(answer);
        var declared = typeof(ReadDeclarationAttribute).Assembly.GetTypes().SingleOrDefault(type => type.Name == name && IsMessage(type));
        if (caller is not null && declared is not null && ReadDeclarationAttribute.Of(declared) is not ReadsPersonalDataAttribute && RefusedCommand.NamesRecords(declared))
        {
            // A command: where it was refused it stands in the log, where it was carried out in its events.
            var refused = (int)answer.StatusCode is 403 or 404;
            Assert.Equal((name, refused ? 1 : 0), (name, rows.Count));
            Assert.All(rows, row => Assert.True(row.Refused));
            Assert.All(rows, row => Assert.Equal((name, RefusedCommand.IsInCircle(declared) ? "disclosure_read_log" : "read_log"), (name, row.Log)));
            return "";
        }

        if (caller is null || declared is null || ReadDeclarationAttribute.Of(declared) is not ReadsPersonalDataAttribute reads)
        {
            Assert.True(rows.Count == 0, $"{name} reads nothing and left {rows.Count} rows.");
            return "";
        }

        if (answer.StatusCode == System.Net.HttpStatusCode.Conflict)
        {
            // A rule said no: nothing of a person was told.
            Assert.Empty(rows);
            return "";
        }

        Assert.True(rows.Count == 1, $"{name} ({(int)answer.StatusCode}) left {rows.Count} rows.");
        var row = rows[0];
        var viewer = caller is DemoAccount account ? account.Id : ((DemoApiKey)caller).Id;
        Assert.Equal((name, reads.View, viewer, reads.InCircle ? "disclosure_read_log" : "read_log"), (name, row.View, row.Viewer, row.Log));
        Assert.Equal((name, (int)answer.StatusCode is 403 or 404), (name, row.Refused));
        if (row.Refused)
            return "refused";
        Assert.Equal(row.Records.Length, row.Grounds.Length);
        return reads.View.EndsWith("-list", StringComparison.Ordinal) || reads.View == "person-search" || row.Grounds.Length != 1 ? "listed" : row.Grounds[0];
    }

    private static bool IsMessage(Type type) => type.GetInterfaces().Any(face =>
        face == typeof(ICommand) || (face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IQuery<>)));
}
