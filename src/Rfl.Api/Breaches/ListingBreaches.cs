using MediatR;
using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Breaches;
using Rfl.Domain.Common;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.Breaches;

public static class ListingBreaches
{
    public static void Map(IEndpointRouteBuilder breaches) =>
        breaches.MapGet("/", Get).WithName("ListBreaches").WithSummary("The register of breaches, the latest first, with the hour by which the authority is to be told");

    /// <param name="open">True: only open breaches; false: only closed ones.</param>
    public static async Task<QueryAnswer<Page<BreachItem>>> Get(bool? open, string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListBreaches(open, cursor, limit ?? Page<BreachItem>.DefaultLimit), ct)).ToHttp();
}

/// <param name="NotifyBy">72 hours after the Society knew.</param>
/// <param name="Overdue">Whether that has passed and nobody was told.</param>
/// <param name="IsUnreadable">A value of the row is damaged and left out.</param>
public sealed record BreachItem(
    Guid Id,
    DateTimeOffset AwareAt,
    DateTimeOffset RecordedAt,
    ValueList<BreachNature> Natures,
    BreachRisk? Risk,
    int? Affected,
    DateTimeOffset NotifyBy,
    bool Overdue,
    DateTimeOffset? NotifiedAt,
    bool SubjectsInformed,
    bool Closed,
    bool IsUnreadable);

[AllowedFor(Role.DataProtectionOfficer)]
[ReadsNoPersonalData("Dates, kinds and numbers of breaches.")]
public sealed record ListBreaches(bool? Open, string? Cursor, int Limit) : IQuery<Page<BreachItem>>;

public sealed class ListBreachesHandler(NpgsqlDataSource database, Cursors cursors, TimeProvider clock, UnreadableRows unreadable) : IQueryHandler<ListBreaches, Page<BreachItem>>
{
    private readonly record struct Place(DateTimeOffset AwareAt, Guid Id);

    public async Task<QueryOutcome<Page<BreachItem>>> Handle(ListBreaches query, CancellationToken ct)
    {
        var list = $"breaches:{query.Open}";
        var (page, problem) = PageRequest<Place>.Read(cursors, list, query.Cursor, query.Limit);
        if (page is null)
            return new QueryOutcome<Page<BreachItem>>.Invalid([problem!]);
        await using var command = database.CreateCommand(
            """
            select b.id, b.aware_at, b.recorded_at, b.natures, b.risk, b.affected, b.notified_at, b.subjects_informed, b.closed
            from breach_row b
            where ($1::boolean is null or b.closed <> $1) and ($2::timestamptz is null or (b.aware_at, b.id) < ($2, $3))
            order by b.aware_at desc, b.id desc limit $4
            """);
        command.Parameters.AddWithValue(NpgsqlDbType.Boolean, (object?)query.Open ?? DBNull.Value);
        command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, (object?)page.After?.AwareAt ?? DBNull.Value);
        command.Parameters.AddWithValue(page.After?.Id ?? Guid.Empty);
        command.Parameters.AddWithValue(page.Limit + 1);
        var rows = new List<BreachItem>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            rows.Add(Item(reader, clock.GetUtcNow()));
        return page.Page(cursors, list, rows, row => new Place(row.AwareAt, row.Id), row => row);
    }

    private BreachItem Item(NpgsqlDataReader reader, DateTimeOffset now)
    {
        var awareAt = reader.GetFieldValue<DateTimeOffset>(1);
        DateTimeOffset? notifiedAt = reader.IsDBNull(6) ? null : reader.GetFieldValue<DateTimeOffset>(6);
        var words = unreadable.Row(reader, "breach_row", reader.GetGuid(0));
        var risk = words.Word<BreachRisk>("risk", 4);
        var notifyBy = awareAt + BreachDecider.InTime;
        return new BreachItem(
            reader.GetGuid(0),
            awareAt,
            reader.GetFieldValue<DateTimeOffset>(2),
            words.Words<BreachNature>("natures", 3),
            risk,
            reader.IsDBNull(5) ? null : reader.GetInt32(5),
            notifyBy,
            notifiedAt is null && risk != BreachRisk.Unlikely && notifyBy < now,
            notifiedAt,
            reader.GetBoolean(7),
            reader.GetBoolean(8),
            words.IsUnreadable);
    }
}
