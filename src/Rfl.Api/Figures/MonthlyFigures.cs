using Npgsql;
using Rfl.Domain.Common;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Projections;

namespace Rfl.Api.Figures;

/// <summary>
/// What the Movement reports (handbook §10), by month. It follows the feed, since a figure gathers many streams; what happens inside the disclosure circle is not
/// counted until it is released.
/// </summary>
public sealed class MonthlyFigures : IFeedProjection
{
    public string Name => "monthly-figures";

    public async Task ApplyAsync(IReadOnlyList<RecordedEvent> batch, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        var counts = batch
            .Select(recorded => (Month: MonthOf(recorded.Metadata.RecordedAt), Figure: FigureOf(recorded.Event)))
            .Where(counted => counted.Figure is not null)
            .GroupBy(counted => counted)
            .Select(group => (group.Key.Month, Figure: group.Key.Figure!, Count: group.Count()))
            .OrderBy(counted => counted.Month).ThenBy(counted => counted.Figure, StringComparer.Ordinal)
            .ToList();
        if (counts.Count == 0)
            return;
        await using var command = new NpgsqlCommand(
            """
            insert into monthly_figure (month, figure, count) select * from unnest($1, $2, $3)
            on conflict (month, figure) do update set count = monthly_figure.count + excluded.count
            """,
            connection,
            transaction);
        command.Parameters.Add(new NpgsqlParameter<DateOnly[]> { TypedValue = [.. counts.Select(counted => counted.Month)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. counts.Select(counted => counted.Figure)] });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. counts.Select(counted => counted.Count)] });
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task ResetAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("delete from monthly_figure", connection, transaction);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static DateOnly MonthOf(DateTimeOffset instant)
    {
        var day = WorkingCalendar.DayOf(instant);
        return new DateOnly(day.Year, day.Month, 1);
    }

    private static string? FigureOf(IDomainEvent happened) => happened switch
    {
        TracingRequestSubmitted => "RequestsRegistered",
        TracingRequestAccepted => "RequestsAccepted",
        TracingRequestDeclined => "RequestsDeclined",
        TracingRequestWithdrawn => "RequestsWithdrawn",
        CaseMadeDormant => "CasesMadeDormant",
        CaseReopened => "CasesReopened",
        CaseClosed closed => $"CasesClosed.{closed.Outcome}",
        SoughtPersonLocated => "PersonsLocated",
        FateEstablished => "FatesEstablished",
        EnquirerInformed => "NewsGiven",
        AuthorityInquirySent => "AuthorityInquiriesSent",
        TransmittedToPartner => "TransmissionsSent",
        _ => null,
    };
}
