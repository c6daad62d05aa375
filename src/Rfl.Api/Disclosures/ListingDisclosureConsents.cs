using MediatR;
using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Disclosures;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.Disclosures;

/// <summary>The circle's part of the ledger of consents, for the officers alone.</summary>
public static class ListingDisclosureConsents
{
    public static void Map(IEndpointRouteBuilder disclosures) =>
        disclosures.MapGet("/consents", Get)
            .WithName("ListDisclosureConsents")
            .WithSummary("What found persons decided, with signatures and withdrawals; the latest recorded first");

    public static async Task<QueryAnswer<Page<DisclosureConsentView>>> Get(string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListDisclosureConsents(cursor, limit ?? Page<DisclosureConsentView>.DefaultLimit), ct)).ToHttp();
}

/// <param name="Language">In which the person was informed.</param>
/// <param name="EndedOn">When it was withdrawn or another choice took its place.</param>
/// <param name="IsUnreadable">A value of the row is damaged and left out.</param>
public sealed record DisclosureConsentView(
    Guid ChoiceId,
    TracingRequestId TracingRequestId,
    PersonId Person,
    DisclosureChoice? Choice,
    string? Language,
    bool? ThroughInterpreter,
    DateOnly SignedOn,
    Guid RecordedBy,
    DateTimeOffset RecordedAt,
    Guid? ApprovedBy,
    Guid? CountersignedBy,
    DateOnly? EndedOn,
    Guid? EndedBy,
    string? Evidence,
    bool IsUnreadable);

[AllowedFor(Role.DisclosureOfficer)]
[Discreet]
[ReadsPersonalData("disclosure-consents", InCircle = true)]
public sealed record ListDisclosureConsents(string? Cursor, int Limit) : IQuery<Page<DisclosureConsentView>>;

public sealed class ListDisclosureConsentsHandler(NpgsqlDataSource database, PersonalDataReader personalData, ReadLog reads, Cursors cursors, UnreadableRows unreadable)
    : IQueryHandler<ListDisclosureConsents, Page<DisclosureConsentView>>
{
    private const string List = "disclosure-consents";

    private readonly record struct Key(DateTimeOffset At, Guid Stream, Guid Id);

    public async Task<QueryOutcome<Page<DisclosureConsentView>>> Handle(ListDisclosureConsents query, CancellationToken ct)
    {
        var (page, problem) = PageRequest<Key>.Read(cursors, List, query.Cursor, query.Limit);
        if (page is null)
            return new QueryOutcome<Page<DisclosureConsentView>>.Invalid([problem!]);
        await using var command = database.CreateCommand(
            $"""
            with page as (
            select c.stream_id, c.choice_id, c.case_id, c.person_id as of_person, c.choice, c.language, c.through_interpreter, c.signed_on, c.recorded_by, c.recorded_at,
                c.approved_by, c.countersigned_by, c.ended_on, c.ended_by, c.evidence, {PersonKeyRing.Columns},
                c.case_id as log_record, 'DisclosureCircle' as log_ground, array[c.person_id] as log_persons
            from disclosure_consent_row c left join person_keys k on k.person_id = c.person_id
            where @after_at::timestamptz is null
                or c.recorded_at < @after_at or (c.recorded_at = @after_at and (c.stream_id, c.choice_id) > (@after_stream, @after_id))
            order by c.recorded_at desc, c.stream_id, c.choice_id
            limit @limit),
            {ReadLogSql.PageLoggedInCircle}
            select * from page
            """);
        command.Parameters.AddWithValue("after_at", NpgsqlDbType.TimestampTz, (object?)page.After?.At ?? DBNull.Value);
        command.Parameters.AddWithValue("after_stream", page.After?.Stream ?? Guid.Empty);
        command.Parameters.AddWithValue("after_id", page.After?.Id ?? Guid.Empty);
        command.Parameters.AddWithValue("limit", page.Limit + 1);
        reads.AddTo(command.Parameters, query, page.Limit);

        var ring = personalData.NewRing();
        var rows = new List<(Guid Stream, DisclosureConsentView View)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            ring.Add(reader, 15);
            rows.Add((reader.GetGuid(0), View(reader, ring)));
        }
        return page.Page(cursors, List, rows, row => new Key(row.View.RecordedAt, row.Stream, row.View.ChoiceId), row => row.View);
    }

    private DisclosureConsentView View(NpgsqlDataReader reader, PersonKeyRing keys)
    {
        var words = unreadable.Row(reader, "disclosure_consent_row", null);
        var person = new PersonId(reader.GetGuid(3));
        return new DisclosureConsentView(
            reader.GetGuid(1),
            new TracingRequestId(reader.GetGuid(2)),
            person,
            words.Word<DisclosureChoice>("choice", 4),
            reader.IsDBNull(5) ? null : reader.GetString(5),
            reader.IsDBNull(6) ? null : reader.GetBoolean(6),
            reader.GetFieldValue<DateOnly>(7),
            reader.GetGuid(8),
            reader.GetFieldValue<DateTimeOffset>(9),
            Account(10),
            Account(11),
            reader.IsDBNull(12) ? null : reader.GetFieldValue<DateOnly>(12),
            Account(13),
            keys.Open<string>(person, reader.GetFieldValue<byte[]>(14)).Value,
            words.IsUnreadable);

        Guid? Account(int column) => reader.IsDBNull(column) ? null : reader.GetGuid(column);
    }
}
