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

/// <param name="Choice">Absent where the person was erased or it cannot be read.</param>
/// <param name="Language">In which the person was informed.</param>
/// <param name="EndedOn">When it was withdrawn or another choice took its place.</param>
/// <param name="IsUnreadable">The row is damaged: whom it is about is shown, and nothing else of it.</param>
public sealed record DisclosureConsentView(
    Guid ChoiceId,
    TracingRequestId TracingRequestId,
    PersonId Person,
    DisclosureChoice? Choice,
    string? Language,
    bool? ThroughInterpreter,
    DateOnly? SignedOn,
    Guid? RecordedBy,
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

public sealed class ListDisclosureConsentsHandler(
    NpgsqlDataSource database, PersonalDataReader personalData, LookupHash hash, ReadLog reads, Cursors cursors, UnreadableRows unreadable)
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
            select c.stream_id, c.choice_id, c.recorded_at, c.covered,
                c.case_alias as log_record, 'DisclosureCircle' as log_ground, array[c.person_alias] as log_persons
            from disclosure_consent_row c
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

        var rows = new List<(Key Key, byte[] Covered, (Guid Case, Guid Person) Plain)>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                rows.Add((
                    new Key(reader.GetFieldValue<DateTimeOffset>(2), reader.GetGuid(0), reader.GetGuid(1)),
                    reader.GetFieldValue<byte[]>(3),
                    (reader.GetGuid(4), reader.GetFieldValue<Guid[]>(6)[0])));
            }
        }

        var contents = await personalData.UncoverAsync<DisclosureConsentContent>([.. rows.Select(row => row.Covered)], ct);
        var shown = rows.Select((row, i) => (row.Key, View: contents[i] is { } content ? View(row.Key, content) : Damaged(row.Key, row.Plain))).ToList();
        return page.Page(cursors, List, shown, row => row.Key, row => row.View);
    }

    private static DisclosureConsentView View(Key key, DisclosureConsentContent content) => new(
        key.Id,
        content.TracingRequestId,
        content.Person,
        content.Choice.IsReadable ? content.Choice.Value : null,
        content.Language,
        content.ThroughInterpreter,
        content.SignedOn,
        content.RecordedBy,
        key.At,
        content.ApprovedBy,
        content.CountersignedBy,
        content.EndedOn,
        content.EndedBy,
        content.Evidence.Value,
        IsUnreadable: false);

    private DisclosureConsentView Damaged(Key key, (Guid Case, Guid Person) plain)
    {
        unreadable.Report("disclosure_consent_row", "covered", null);
        return new DisclosureConsentView(
            key.Id, new TracingRequestId(hash.Cover.IdOf(plain.Case)), new PersonId(hash.Cover.IdOf(plain.Person)), null, null, null, null, null, key.At, null, null, null, null, null,
            IsUnreadable: true);
    }
}
