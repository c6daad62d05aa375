using MediatR;
using Npgsql;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Transfers;

namespace Rfl.Api.Figures;

public static class ReadingFigures
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/figures", Get)
            .WithTags("Figures")
            .WithName("ReadFigures")
            .WithSummary("The figures that the Movement reports, by month; counts under five are suppressed");

    public static async Task<QueryAnswer<FiguresView>> Get(DateOnly from, DateOnly to, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ReadFigures(from, to), ct)).ToHttp();
}

public sealed record FiguresView(DateOnly From, DateOnly To, ValueList<MonthlyFigure> Figures);

/// <param name="Count">Absent where it is under five: so few could be recognised (handbook §8.9).</param>
public sealed record MonthlyFigure(DateOnly Month, string Figure, Released<int>? Count);

[AllowedFor(Role.Supervisor, Role.DataProtectionOfficer, Role.SystemAdministrator)]
[ReadsNoPersonalData("Counts by month.")]
public sealed record ReadFigures(DateOnly From, DateOnly To) : IQuery<FiguresView>;

public sealed class ReadFiguresHandler(NpgsqlDataSource database) : IQueryHandler<ReadFigures, FiguresView>
{
    public async Task<QueryOutcome<FiguresView>> Handle(ReadFigures query, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            "select month, figure, count from monthly_figure where month >= $1 and month <= $2 order by month, figure collate \"C\"");
        command.Parameters.AddWithValue(new DateOnly(query.From.Year, query.From.Month, 1));
        command.Parameters.AddWithValue(query.To);
        var figures = new List<MonthlyFigure>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            figures.Add(new MonthlyFigure(reader.GetFieldValue<DateOnly>(0), reader.GetString(1), TransferPermission.Count(reader.GetInt32(2))));
        }

        return new FiguresView(query.From, query.To, figures.ToValueList());
    }
}
