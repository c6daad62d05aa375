using MediatR;
using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using Rfl.Domain.Transfers;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.Transfers;

/// <summary>The register of transfers: all of it for the data-protection officer, a case's own for those who work on it.</summary>
public static class ReadingTransfers
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/transfers", List)
            .WithTags("Data protection")
            .WithName("ListTransfers")
            .WithSummary("The register of transfers: what left the house, to whom, why and on which ground; the latest first");
        api.MapGet("/tracing-requests/{id:guid}/transfers", OfCase)
            .WithTags("Tracing requests")
            .WithName("ListTransfersOfCase")
            .WithSummary("What of this case left the house, to whom, why and on which ground; the latest first");
    }

    /// <param name="recipient">Code of a society or authority, or <c>enquirer</c>.</param>
    /// <param name="personId">Only what tells of this person.</param>
    /// <param name="from">First day, at the Society.</param>
    /// <param name="to">Last day.</param>
    public static async Task<QueryAnswer<Page<TransferView>>> List(
        string? recipient,
        TransferPurpose? purpose,
        Guid? tracingRequestId,
        Guid? personId,
        DateOnly? from,
        DateOnly? to,
        string? cursor,
        int? limit,
        IMediator mediator,
        CancellationToken ct) => (await mediator.Send(
            new ListTransfers(new TransferFilter(recipient, purpose, tracingRequestId, personId, from, to), cursor, limit ?? Page<TransferView>.DefaultLimit),
            ct)).ToHttp();

    public static async Task<QueryAnswer<Page<TransferView>>> OfCase(Guid id, string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListTransfersOfCase(new TracingRequestId(id), cursor, limit ?? Page<TransferView>.DefaultLimit), ct)).ToHttp();
}

public sealed record TransferFilter(
    string? Recipient = null, TransferPurpose? Purpose = null, Guid? TracingRequestId = null, Guid? PersonId = null, DateOnly? From = null, DateOnly? To = null);

/// <param name="Id">The same for the same transfer, whenever it is asked for.</param>
/// <param name="By">The account or API key; absent where the service itself did.</param>
/// <param name="Recipient">Absent where it is an authority and the person whom the inquiry was about was erased.</param>
/// <param name="Reading">True where the recipient read it over the interface; it is entered once for every version of what it shows.</param>
/// <param name="Fields">Which parts of a file; never what they say.</param>
/// <param name="Persons">About whom.</param>
/// <param name="IsUnreadable">A value of the entry is damaged and left out: fields and grounds are those that can be read.</param>
public sealed record TransferView(
    Guid Id,
    DateTimeOffset At,
    Guid? By,
    Guid? TracingRequestId,
    RecipientKind? RecipientKind,
    string? Recipient,
    TransferPurpose? Purpose,
    TransferChannel? Channel,
    bool Reading,
    ValueList<TransferField> Fields,
    ValueList<GroundView> Grounds,
    ValueList<Guid> Persons,
    bool IsUnreadable);

/// <param name="Id">The consent, or the account that decided.</param>
public sealed record GroundView(GroundKind Kind, Guid? Id);

[AllowedFor(Role.DataProtectionOfficer)]
[ReadsPersonalData("transfer-list")]
public sealed record ListTransfers(TransferFilter Filter, string? Cursor, int Limit) : IQuery<Page<TransferView>>;

[AllowedFor(Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
[ReadsPersonalData("case-transfers")]
public sealed record ListTransfersOfCase(TracingRequestId TracingRequestId, string? Cursor, int Limit) : IQuery<Page<TransferView>>;

public sealed class ReadingTransfersHandler(
    NpgsqlDataSource database, PersonalDataReader personalData, CaseReader cases, ReadLog reads, Cursors cursors, UnreadableRows unreadable)
    : IQueryHandler<ListTransfers, Page<TransferView>>, IQueryHandler<ListTransfersOfCase, Page<TransferView>>
{
    private readonly record struct Key(DateTimeOffset At, Guid Id);

    public Task<QueryOutcome<Page<TransferView>>> Handle(ListTransfers query, CancellationToken ct) =>
        ReadAsync($"transfers:{query.Filter}", query.Filter, query, query.Cursor, query.Limit, ct);

    public async Task<QueryOutcome<Page<TransferView>>> Handle(ListTransfersOfCase query, CancellationToken ct) =>
        await cases.ReadAsync(query, query.TracingRequestId, ct) is null
            ? new QueryOutcome<Page<TransferView>>.NotFound()
            : await ReadAsync(
                $"transfers-of:{query.TracingRequestId}",
                new TransferFilter(TracingRequestId: query.TracingRequestId.Value),
                null,
                query.Cursor,
                query.Limit,
                ct);

    /// <param name="logged">The message whose read this statement logs; null where the case's load did.</param>
    private async Task<QueryOutcome<Page<TransferView>>> ReadAsync(
        string list, TransferFilter filter, ListTransfers? logged, string? cursor, int limit, CancellationToken ct)
    {
        var (page, problem) = PageRequest<Key>.Read(cursors, list, cursor, limit);
        if (page is null)
            return new QueryOutcome<Page<TransferView>>.Invalid([problem!]);
        await using var command = database.CreateCommand(
            $"""
            with page as (
            select entry_id, transferred_at, transferred_by, case_id, recipient_kind, recipient, purpose, channel, reading, fields, grounds, persons,
                recipient_sealed, {PersonKeyRing.Columns},
                coalesce(case_id, stream_id) as log_record, 'DataProtection' as log_ground, persons as log_persons
            from transfer_register left join person_keys k on recipient_sealed is not null and k.person_id = persons[1]
            where (@case::uuid is null or case_id = @case)
                and (@recipient::text is null or lower(recipient) = lower(@recipient) or recipient_hash = @recipient_hash)
                and (@purpose::text is null or purpose = @purpose)
                and (@person::uuid is null or persons @> array[@person])
                and (@from::timestamptz is null or transferred_at >= @from)
                and (@until::timestamptz is null or transferred_at < @until)
                and (@after_at::timestamptz is null or transferred_at < @after_at or (transferred_at = @after_at and entry_id > @after_id))
            order by transferred_at desc, entry_id
            limit @limit){(logged is null ? "" : ", " + ReadLogSql.PageLogged)}
            select * from page
            """);
        if (logged is not null)
            reads.AddTo(command.Parameters, logged, page.Limit);
        Add("case", NpgsqlDbType.Uuid, filter.TracingRequestId);
        var ring = personalData.NewRing();
        Add("recipient", NpgsqlDbType.Text, filter.Recipient);
        Add("recipient_hash", NpgsqlDbType.Bytea, filter.Recipient is { } recipient ? TransferRegister.HashOf(ring, recipient) : null);
        Add("purpose", NpgsqlDbType.Text, filter.Purpose?.ToString());
        Add("person", NpgsqlDbType.Uuid, filter.PersonId);
        Add("from", NpgsqlDbType.TimestampTz, filter.From is { } from ? WorkingCalendar.StartOf(from) : null);
        Add("until", NpgsqlDbType.TimestampTz, filter.To is { } to && to < DateOnly.MaxValue ? WorkingCalendar.StartOf(to.AddDays(1)) : null);
        Add("after_at", NpgsqlDbType.TimestampTz, page.After?.At);
        Add("after_id", NpgsqlDbType.Uuid, page.After?.Id ?? Guid.Empty);
        Add("limit", NpgsqlDbType.Integer, page.Limit + 1);

        var rows = new List<TransferView>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            ring.Add(reader, 13);
            rows.Add(View(reader, ring));
        }

        return page.Page(cursors, list, rows, row => new Key(row.At, row.Id), row => row);

        void Add(string name, NpgsqlDbType type, object? value) => command.Parameters.AddWithValue(name, type, value ?? DBNull.Value);
    }

    private TransferView View(NpgsqlDataReader reader, PersonKeyRing keys)
    {
        var words = unreadable.Row(reader, "transfer_register", reader.GetGuid(0));
        return new TransferView(
            reader.GetGuid(0),
            reader.GetFieldValue<DateTimeOffset>(1),
            reader.IsDBNull(2) ? null : reader.GetGuid(2),
            reader.IsDBNull(3) ? null : reader.GetGuid(3),
            words.Word<RecipientKind>("recipient_kind", 4),
            reader.IsDBNull(12)
                ? reader.GetString(5)
                : keys.Open<string>(new PersonId(reader.GetFieldValue<Guid[]>(11)[0]), reader.GetFieldValue<byte[]>(12)).Value,
            words.Word<TransferPurpose>("purpose", 6),
            words.Word<TransferChannel>("channel", 7),
            reader.GetBoolean(8),
            words.Words<TransferField>("fields", 9),
            words.Each("grounds", 10, Ground),
            reader.GetFieldValue<Guid[]>(11).ToValueList(),
            words.IsUnreadable);
    }

    /// <summary>As <see cref="TransferRegister"/> writes it; null where it is written otherwise.</summary>
    private static GroundView? Ground(string text) => text.Split(':') switch
    {
        [var kind] when Vocabulary.Find<GroundKind>(kind) is { } known => new GroundView(known, null),
        [var kind, var id] when Vocabulary.Find<GroundKind>(kind) is { } known && Guid.TryParse(id, out var which) => new GroundView(known, which),
        _ => null,
    };
}
