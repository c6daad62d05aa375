using MediatR;
using Npgsql;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Transfers;

namespace Rfl.Api.Figures;

/// <summary>Counts of requests whose people are forgotten: what stays of them is for this.</summary>
public static class ReadingArchive
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/figures/archive", Get)
            .WithTags("Figures")
            .WithName("ReadArchiveFigures")
            .WithSummary("Counts of archived requests by the year in which they ended; counts under five are suppressed, and never a single one of a year");

    /// <param name="from">First year; all before where left out.</param>
    /// <param name="to">Last year; all after where left out.</param>
    /// <param name="by">How they ended, where left out.</param>
    public static async Task<QueryAnswer<ArchiveFigures>> Get(int? from, int? to, ArchiveDimension? by, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ReadArchiveFigures(from ?? 1, to ?? 9999, by ?? ArchiveDimension.Ended), ct)).ToHttp();
}

/// <summary>By what archived requests are counted; sex, age band and search count sought persons.</summary>
public enum ArchiveDimension
{
    Ended,
    Outcome,
    Country,
    CountryOfStay,
    Cause,
    Priority,
    ConcernedMinor,
    Sex,
    AgeBand,
    Search,
}

public sealed record ArchiveFigures(ArchiveDimension By, ValueList<ArchiveCell> Cells);

/// <param name="Value">Absent where it is not known.</param>
/// <param name="Count">Absent where it is under five, so that nobody is recognised (handbook §8.9), and where it would tell the only such one of the year.</param>
public sealed record ArchiveCell(int Year, string? Value, Released<int>? Count);

[AllowedFor(Role.Supervisor, Role.DataProtectionOfficer, Role.SystemAdministrator)]
[ReadsNoPersonalData("Counts by year.")]
public sealed record ReadArchiveFigures(int From, int To, ArchiveDimension By) : IQuery<ArchiveFigures>;

public sealed class ReadArchiveFiguresHandler(NpgsqlDataSource database) : IQueryHandler<ReadArchiveFigures, ArchiveFigures>
{
    public async Task<QueryOutcome<ArchiveFigures>> Handle(ReadArchiveFigures query, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"""
            select ended_in, value, cases from (
            select a.ended_in, {Counted(query.By)} as value, count(*)::int as cases
            from archived_request a {(query.By >= ArchiveDimension.Sex ? $"cross join lateral unnest({Persons(query.By)}) as person (value)" : "")}
            where a.ended_in between $1 and $2
            group by 1, 2) as cell
            order by ended_in, value collate "C"
            """);
        command.Parameters.AddWithValue(query.From);
        command.Parameters.AddWithValue(query.To);
        var counted = new List<(int Year, string? Value, int Cases)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            counted.Add((reader.GetInt32(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetInt32(2)));
        var cells = counted.GroupBy(cell => cell.Year).SelectMany(year =>
            year.Zip(TransferPermission.Counts([.. year.Select(cell => cell.Cases)]), (cell, count) => new ArchiveCell(cell.Year, cell.Value, count)));
        return new ArchiveFigures(query.By, cells.ToValueList());
    }

    private static string Counted(ArchiveDimension by) => by switch
    {
        ArchiveDimension.Ended => "a.ended",
        ArchiveDimension.Outcome => "a.outcome",
        ArchiveDimension.Country => "a.country",
        ArchiveDimension.CountryOfStay => "a.country_of_stay",
        ArchiveDimension.Cause => "a.cause",
        ArchiveDimension.Priority => "a.priority",
        ArchiveDimension.ConcernedMinor => "a.concerned_minor::text",
        _ => "person.value",
    };

    private static string Persons(ArchiveDimension by) => by switch
    {
        ArchiveDimension.Sex => "a.sexes",
        ArchiveDimension.AgeBand => "a.age_bands",
        _ => "a.searches",
    };
}
