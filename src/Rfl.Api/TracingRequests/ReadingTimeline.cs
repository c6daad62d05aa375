using MediatR;
using Npgsql;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.Projections;

namespace Rfl.Api.TracingRequests;

public static class ReadingTimeline
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapGet("/{id:guid}/timeline", Get)
            .WithName("ReadTimeline")
            .WithSummary("Tells the whole history of a case in words: who did what, when");

    public static async Task<QueryAnswer<TimelineView>> Get(Guid id, DateTimeOffset? asOf, HttpContext context, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ReadTimeline(new TracingRequestId(id), asOf, Language.Of(context)), ct)).ToHttp();
}

public sealed record TimelineView(TracingRequestId Id, string Reference, ValueList<TimelineEntry> Entries);

/// <param name="OccurredAt">When it happened.</param>
/// <param name="RecordedAt">When it was recorded here.</param>
/// <param name="Actor">The account or API key; absent when the service did it.</param>
/// <param name="ActorName">Whoever did it, in words.</param>
/// <param name="Kind">The event's stored name.</param>
/// <param name="Text">What happened, in the caller's language.</param>
public sealed record TimelineEntry(DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, Guid? Actor, string ActorName, string Kind, string Text);

[AllowedFor(Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
[ReadsPersonalData("case-timeline")]
[OpenToBreakGlass]
public sealed record ReadTimeline(TracingRequestId TracingRequestId, DateTimeOffset? AsOf, string Language) : IQuery<TimelineView>;

public sealed class ReadTimelineHandler(CaseReader cases, EventCatalogue catalogue, Texts texts, AccountTexts accounts, NpgsqlDataSource database)
    : IQueryHandler<ReadTimeline, TimelineView>
{
    public async Task<QueryOutcome<TimelineView>> Handle(ReadTimeline query, CancellationToken ct)
    {
        if (await cases.ReadAsync(query, query.TracingRequestId, ct) is not { } read)
            return new QueryOutcome<TimelineView>.NotFound();
        var known = KnownHistory.Of(read.History)
            .Where(recorded => query.AsOf is not { } moment || recorded.Metadata.RecordedAt <= moment)
            .Select(recorded => (recorded, Words: TimelineWords.Of(recorded.Event)))
            .ToList();
        var names = await NamesAsync(known.Select(entry => entry.recorded.Metadata.ActorId).Concat(known.SelectMany(entry => Accounts(entry.Words))), ct);
        return new TimelineView(
            query.TracingRequestId,
            read.Request.File.Reference,
            known.Select(entry => Entry(entry.recorded, entry.Words, names, query.Language)).ToValueList());
    }

    private TimelineEntry Entry(RecordedEvent recorded, TimelineWords words, Dictionary<Guid, string> names, string language)
    {
        var actor = recorded.Metadata.ActorId;
        var values = words.Values.Select(value => IsAccount(value) ? Name(Guid.Parse(value[TimelineWords.AccountPrefix.Length..])) : value).ToValueList();
        return new TimelineEntry(
            recorded.Metadata.OccurredAt,
            recorded.Metadata.RecordedAt,
            actor == Guid.Empty ? null : actor,
            actor == Guid.Empty ? texts.Of(language, "actor:service").Detail : Name(actor),
            recorded.Event is UnreadableEvent damaged ? damaged.Name : catalogue.NameOf(recorded.Event.GetType()),
            texts.Of(language, words.Code, values).Detail);

        string Name(Guid account) => names.TryGetValue(account, out var name) ? name : texts.Of(language, "actor:unknown").Detail;
    }

    private static bool IsAccount(string value) => value.StartsWith(TimelineWords.AccountPrefix, StringComparison.Ordinal);

    private static IEnumerable<Guid> Accounts(TimelineWords words) =>
        words.Values.Where(IsAccount).Select(value => Guid.Parse(value[TimelineWords.AccountPrefix.Length..]));

    private async Task<Dictionary<Guid, string>> NamesAsync(IEnumerable<Guid> actors, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select id, display_name, true from identity.accounts where id = any($1)
            union all
            select id, coalesce(society, name), false from identity.api_keys where id = any($1)
            """);
        command.Parameters.AddWithValue(actors.Where(actor => actor != Guid.Empty).Distinct().ToArray());
        var names = new Dictionary<Guid, string>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            names[reader.GetGuid(0)] = reader.GetBoolean(2) ? accounts.Open(reader.GetString(1)) : reader.GetString(1);
        return names;
    }
}
