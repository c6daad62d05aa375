using MediatR;
using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Consents;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using Rfl.Domain.Transfers;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.Consents;

/// <summary>
/// The ledger of consents: all of it for the data-protection officer, a case's own for those who work on it. What found persons decided is shown with their
/// disclosure, inside the circle, and nowhere else.
/// </summary>
public static class ReadingConsents
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/consents", List)
            .WithTags("Data protection")
            .WithName("ListConsents")
            .WithSummary("The ledger of consents: who agreed to what, for whom, how, until when; the latest recorded first");
        api.MapGet("/tracing-requests/{id:guid}/consents", OfCase)
            .WithTags("Tracing requests")
            .WithName("ListConsentsOfCase")
            .WithSummary("The consents of the people of a case, with what proves them; the latest recorded first");
    }

    /// <param name="holds">True: only those that hold today; false: only those that do not.</param>
    public static async Task<QueryAnswer<Page<LedgerConsentView>>> List(
        Guid? personId,
        ConsentPurpose? purpose,
        string? recipient,
        bool? holds,
        string? cursor,
        int? limit,
        IMediator mediator,
        CancellationToken ct) => (await mediator.Send(
            new ListConsents(new ConsentFilter(personId, purpose, recipient, holds), cursor, limit ?? Page<LedgerConsentView>.DefaultLimit), ct)).ToHttp();

    public static async Task<QueryAnswer<Page<LedgerConsentView>>> OfCase(
        Guid id, Guid? personId, string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(
            new ListConsentsOfCase(new TracingRequestId(id), personId, cursor, limit ?? Page<LedgerConsentView>.DefaultLimit), ct)).ToHttp();
}

public sealed record ConsentFilter(Guid? PersonId = null, ConsentPurpose? Purpose = null, string? Recipient = null, bool? Holds = null, Guid? Record = null);

/// <param name="TracingRequestId">The request for which it was given; absent for a registered person's own.</param>
/// <param name="Recipient">Absent where it holds for all of the kind.</param>
/// <param name="Channel">Absent where it holds for all.</param>
/// <param name="Holds">Whether it holds today.</param>
/// <param name="RecordedBy">The account or API key; absent where the service itself did.</param>
/// <param name="Evidence">Where it is proven; shown to those who work on the case.</param>
/// <param name="Interpreter">Who interpreted; shown likewise.</param>
/// <param name="IsUnreadable">A value of the row is damaged and left out.</param>
public sealed record LedgerConsentView(
    Guid Id,
    Guid? TracingRequestId,
    Guid Person,
    ConsentPurpose? Purpose,
    string? Recipient,
    TransferChannel? Channel,
    ConsentForm? Form,
    string Language,
    bool? ThroughInterpreter,
    DateOnly GivenOn,
    DateOnly? ExpiresOn,
    bool Holds,
    Guid? RecordedBy,
    DateTimeOffset RecordedAt,
    DateOnly? ReviewedOn,
    DateOnly? WithdrawnOn,
    Guid? WithdrawnBy,
    bool HasEvidence,
    string? Evidence,
    string? Interpreter,
    bool IsUnreadable);

/// <summary>Without the evidence: the officer watches over consents and need not read about persons to do so (handbook §9).</summary>
[AllowedFor(Role.DataProtectionOfficer)]
[ReadsPersonalData("consent-list")]
public sealed record ListConsents(ConsentFilter Filter, string? Cursor, int Limit) : IQuery<Page<LedgerConsentView>>;

[AllowedFor(Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
[ReadsPersonalData("case-consents")]
public sealed record ListConsentsOfCase(TracingRequestId TracingRequestId, Guid? PersonId, string? Cursor, int Limit) : IQuery<Page<LedgerConsentView>>;

public sealed class ReadingConsentsHandler(
    NpgsqlDataSource database, CaseReader cases, PersonalDataReader personalData, ReadLog reads, Cursors cursors, TimeProvider clock, UnreadableRows unreadable)
    : IQueryHandler<ListConsents, Page<LedgerConsentView>>, IQueryHandler<ListConsentsOfCase, Page<LedgerConsentView>>
{
    private readonly record struct Key(DateTimeOffset At, Guid Stream, Guid Id);

    public Task<QueryOutcome<Page<LedgerConsentView>>> Handle(ListConsents query, CancellationToken ct) =>
        ReadAsync($"consents:{query.Filter}", query.Filter, query, query.Cursor, query.Limit, ct);

    public async Task<QueryOutcome<Page<LedgerConsentView>>> Handle(ListConsentsOfCase query, CancellationToken ct)
    {
        if (await cases.ReadAsync(query, query.TracingRequestId, ct) is null)
            return new QueryOutcome<Page<LedgerConsentView>>.NotFound();
        var filter = new ConsentFilter(query.PersonId, Record: query.TracingRequestId.Value);
        return await ReadAsync($"consents-of:{filter}", filter, null, query.Cursor, query.Limit, ct);
    }

    /// <param name="logged">The message whose read this statement logs; null where the case's load did, and the evidence is shown.</param>
    private async Task<QueryOutcome<Page<LedgerConsentView>>> ReadAsync(
        string list, ConsentFilter filter, ListConsents? logged, string? cursor, int limit, CancellationToken ct)
    {
        var (page, problem) = PageRequest<Key>.Read(cursors, list, cursor, limit);
        if (page is null)
            return new QueryOutcome<Page<LedgerConsentView>>.Invalid([problem!]);
        // The keys come with the rows; an erased person's are gone, and what they sealed is shown as absent.
        await using var command = database.CreateCommand(
            $"""
            with page as (
            select c.consent_id, c.stream_type, c.stream_id, c.person_id as of_person, c.purpose, c.recipient, c.channel, c.form, c.language, c.through_interpreter, c.given_on,
                c.expires_on, c.withdrawn_on is null and c.given_on <= @today and (c.expires_on is null or c.expires_on >= @today),
                c.recorded_by, c.recorded_at, c.reviewed_on, c.withdrawn_on, c.withdrawn_by, c.evidence, c.interpreter, {PersonKeyRing.Columns},
                c.stream_id as log_record, 'DataProtection' as log_ground, array[c.person_id] as log_persons
            from consent_row c left join person_keys k on k.person_id = c.person_id
            where (@record::uuid is null or c.stream_id = @record)
                and (@person::uuid is null or c.person_id = @person)
                and (@purpose::text is null or c.purpose = @purpose)
                and (@recipient::text is null or lower(c.recipient) = lower(@recipient))
                and (@holds::boolean is null
                    or @holds = (c.withdrawn_on is null and c.given_on <= @today and (c.expires_on is null or c.expires_on >= @today)))
                and (@after_at::timestamptz is null
                    or c.recorded_at < @after_at or (c.recorded_at = @after_at and (c.stream_id, c.consent_id) > (@after_stream, @after_id)))
            order by c.recorded_at desc, c.stream_id, c.consent_id
            limit @limit){(logged is null ? "" : ", " + ReadLogSql.PageLogged)}
            select * from page
            """);
        if (logged is not null)
            reads.AddTo(command.Parameters, logged, page.Limit);
        Add("today", NpgsqlDbType.Date, WorkingCalendar.DayOf(clock.GetUtcNow()));
        Add("record", NpgsqlDbType.Uuid, filter.Record);
        Add("person", NpgsqlDbType.Uuid, filter.PersonId);
        Add("purpose", NpgsqlDbType.Text, filter.Purpose?.ToString());
        Add("recipient", NpgsqlDbType.Text, filter.Recipient);
        Add("holds", NpgsqlDbType.Boolean, filter.Holds);
        Add("after_at", NpgsqlDbType.TimestampTz, page.After?.At);
        Add("after_stream", NpgsqlDbType.Uuid, page.After?.Stream ?? Guid.Empty);
        Add("after_id", NpgsqlDbType.Uuid, page.After?.Id ?? Guid.Empty);
        Add("limit", NpgsqlDbType.Integer, page.Limit + 1);

        var ring = personalData.NewRing();
        var rows = new List<(Guid Stream, LedgerConsentView View)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            ring.Add(reader, 20);
            rows.Add((reader.GetGuid(2), View(reader, logged is null ? ring : null)));
        }
        return page.Page(cursors, list, rows, row => new Key(row.View.RecordedAt, row.Stream, row.View.Id), row => row.View);

        void Add(string name, NpgsqlDbType type, object? value) => command.Parameters.AddWithValue(name, type, value ?? DBNull.Value);
    }

    /// <param name="keys">Null where the evidence is not shown.</param>
    private LedgerConsentView View(NpgsqlDataReader reader, PersonKeyRing? keys)
    {
        var words = unreadable.Row(reader, "consent_row", reader.GetGuid(0));
        var person = new PersonId(reader.GetGuid(3));
        return new LedgerConsentView(
            reader.GetGuid(0),
            reader.GetString(1) == StreamKinds.TracingRequest.Name ? reader.GetGuid(2) : null,
            person.Value,
            words.Word<ConsentPurpose>("purpose", 4),
            Text(5),
            words.Word<TransferChannel>("channel", 6),
            words.Word<ConsentForm>("form", 7),
            reader.GetString(8),
            reader.IsDBNull(9) ? null : reader.GetBoolean(9),
            reader.GetFieldValue<DateOnly>(10),
            Day(11),
            reader.GetBoolean(12),
            Account(13),
            reader.GetFieldValue<DateTimeOffset>(14),
            Day(15),
            Day(16),
            Account(17),
            !reader.IsDBNull(18),
            Opened(18),
            Opened(19),
            words.IsUnreadable);

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

        DateOnly? Day(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateOnly>(column);

        Guid? Account(int column) => reader.IsDBNull(column) ? null : reader.GetGuid(column);

        string? Opened(int column) =>
            keys is null || reader.IsDBNull(column) ? null : keys.Open<string>(person, reader.GetFieldValue<byte[]>(column)).Value;
    }
}
