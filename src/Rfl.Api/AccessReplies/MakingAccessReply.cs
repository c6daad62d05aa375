using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.DataSubjects;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.DataSubjectRequests;
using Rfl.Domain.DataSubjects;
using Rfl.Domain.RegisteredPersons;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.Projections;

namespace Rfl.Api.AccessReplies;

/// <summary>The reply to a request for access: everything that is the person's own, over all records outside the disclosure circle.</summary>
public static class MakingAccessReply
{
    public static void Map(IEndpointRouteBuilder requests)
    {
        requests.MapGet("/{id:guid}/reply", Get)
            .WithName("GetAccessReply")
            .WithSummary("Makes the reply to a request for access, now: all that is held about the person and may be shown to who asks; it is kept nowhere")
            .MayRefuse("data-subject-request-other-right", "data-subject-request-ended", "requester-not-verified");
        requests.MapGet("/{id:guid}/reply/document", GetDocument)
            .WithName("GetAccessReplyDocument")
            .WithSummary("The same reply as a document to be printed")
            .MayRefuse("data-subject-request-other-right", "data-subject-request-ended", "requester-not-verified");
    }

    public static async Task<QueryAnswer<AccessReply>> Get(Guid id, HttpContext context, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetAccessReply(new DataSubjectRequestId(id), Language.Of(context)), ct)).ToHttp();

    public static async Task<PrintedAnswer<AccessReply>> GetDocument(Guid id, HttpContext context, IMediator mediator, Texts texts, CancellationToken ct) => new(
        await mediator.Send(new GetAccessReplyDocument(new DataSubjectRequestId(id), Language.Of(context)), ct),
        reply => reply.ToPrinted(texts));
}

/// <param name="Language">Of whoever makes the reply; used where the person's own is none of ours.</param>
[AllowedFor(Role.DataProtectionOfficer)]
[ReadsPersonalData("access-reply")]
public sealed record GetAccessReply(DataSubjectRequestId DataSubjectRequestId, string Language) : IQuery<AccessReply>;

/// <inheritdoc cref="GetAccessReply"/>
[AllowedFor(Role.DataProtectionOfficer)]
[ReadsPersonalData("access-reply-document")]
public sealed record GetAccessReplyDocument(DataSubjectRequestId DataSubjectRequestId, string Language) : IQuery<AccessReply>;

public sealed partial class MakingAccessReplyHandler(
    EventStore store, PersonStreams index, CurrentViewer viewer, ReadLog reads, Texts texts, AccountTexts accounts, TimeProvider clock, ILogger<MakingAccessReplyHandler> logger)
    : IQueryHandler<GetAccessReply, AccessReply>, IQueryHandler<GetAccessReplyDocument, AccessReply>
{
    public Task<QueryOutcome<AccessReply>> Handle(GetAccessReply query, CancellationToken ct) =>
        MakeAsync(query, query.DataSubjectRequestId.Value, query.Language, ct);

    public Task<QueryOutcome<AccessReply>> Handle(GetAccessReplyDocument query, CancellationToken ct) =>
        MakeAsync(query, query.DataSubjectRequestId.Value, query.Language, ct);

    /// <summary>Three round trips: the request, where the person stands, and what is there; the last one writes the log of reads.</summary>
    private async Task<QueryOutcome<AccessReply>> MakeAsync(object query, Guid id, string language, CancellationToken ct)
    {
        var history = await store.LoadAsync(id, StreamKinds.DataSubjectRequest.Name, ct);
        if (StreamKinds.DataSubjectRequest.Fold(history) is not DataSubjectRequest.Existing { File: { Received: var received } file } existing)
            return new QueryOutcome<AccessReply>.NotFound();
        if (received.Right != DataSubjectRight.Access)
            return new QueryOutcome<AccessReply>.Refused(DataSubjectRequestRefusals.OtherRight);
        if (existing is DataSubjectRequest.Refused or DataSubjectRequest.Withdrawn)
            return new QueryOutcome<AccessReply>.Refused(DataSubjectRequestRefusals.Ended);
        if (file.Identity is null)
            return new QueryOutcome<AccessReply>.Refused(DataSubjectRequestRefusals.IdentityNotVerified);
        var words = new ReplyWords(texts, ReplyWords.LanguageFor(received.Language, language));
        var streams = await index.OfAsync(received.Person, withPartnerSearches: true, ct);
        var log = reads.Along(query, ReadSubjects.OfDataSubjectRequest(viewer.Viewer, id), id);
        var besides = new HeldBesides(received.Person, accounts);
        (Guid Id, string Type)[] held = [(DataSubject.StreamOf(received.Person), StreamKinds.DataSubject.Name), .. streams];
        var loaded = await store.LoadAsync(held, null, [besides, log], [], ct, withDamaged: true);
        foreach (var damaged in loaded.Values.Where(DamagedHistory.IsDamaged))
            LogDamaged(damaged.Id);
        ReadLog.Agree(log, id, history.Version, ReadGround.DataProtection);
        return new AccessReply(
            received.Person,
            words.Language,
            clock.GetUtcNow(),
            words.Of("title"),
            words.Of(received.Requester == Requester.Enquirer ? "introduction-enquirer" : "introduction"),
            Sections(received, [.. streams.Select(stream => loaded[stream.Id])], loaded[DataSubject.StreamOf(received.Person)], besides, words).ToValueList());
    }

    private static IEnumerable<AccessReplySection> Sections(
        DataSubjectRequestReceived received, IReadOnlyList<StreamHistory> histories, StreamHistory subject, HeldBesides besides, ReplyWords words)
    {
        var person = received.Person;
        // What is damaged in a record of the person's own is said; whatever else lacks a record might tell by that whose it is.
        var unreadable = new ReplySection(words, "unreadable");
        if (received.Requester == Requester.Enquirer)
        {
            // About somebody else: what the enquirer told in the request through which they ask, and nothing more. A damaged record may be what others told
            // first; whatever follows it might repeat that.
            foreach (var history in Of(histories, StreamKinds.TracingRequest).Where(history => history.Id == received.Through?.Value))
            {
                var before = history with { Events = [.. history.Events.TakeWhile(recorded => recorded.Event is not UnreadableEvent)] };
                if (history.IsDamaged())
                    unreadable.Add("unreadable-record", words.Of("unreadable-later"));
                if (StreamKinds.TracingRequest.Fold(before) is not TracingRequest.Started { File: var file })
                    continue;
                foreach (var section in SoughtParts.Told(before, file, person, words))
                    yield return section;
            }
        }
        else
        {
            var own = Of(histories, StreamKinds.TracingRequest)
                .Select(history => (History: history, Request: StreamKinds.TracingRequest.FoldReadable(history.Events).State as TracingRequest.Started))
                .Where(entry => entry.Request?.File.Enquirer?.Enquirer == person || (entry.History.IsDamaged() && besides.OwnRecords.Contains(entry.History.Id)))
                .OrderBy(entry => entry.Request?.File.Reference, StringComparer.Ordinal).ToList();
            foreach (var (history, request) in own)
            {
                if (history.IsDamaged())
                {
                    unreadable.Add(
                        "unreadable-record", request is null ? words.Of("unreadable-request-whole") : words.Of("unreadable-request", request.File.Reference));
                }

                if (request is null)
                    continue;
                foreach (var section in RequestParts.OfEnquirer(history, request, person, words))
                    yield return section;
            }

            foreach (var history in Of(histories, StreamKinds.RegisteredPerson).Where(history => history.Id == person.Value))
            {
                if (history.IsDamaged())
                    unreadable.Add("unreadable-record", words.Of("unreadable-registration"));
                if (StreamKinds.RegisteredPerson.FoldReadable(history.Events).State is not RegisteredPerson.Existing registered)
                    continue;
                foreach (var section in OwnParts.Registration(history, registered, words))
                    yield return section;
            }

            if (NamedParts.Of(histories, person, words) is { } named)
                yield return named;

            var ownRequests = own.Select(entry => entry.History.Id).ToHashSet();
            if (Of(histories, StreamKinds.PartnerSearch).Any(history => history.IsDamaged() && RequestParts.MayTellOf(history, person, ownRequests)))
                unreadable.Add("unreadable-record", words.Of("unreadable-transfers"));
            if (subject.IsDamaged())
                unreadable.Add("unreadable-record", words.Of("unreadable-standing"));

            yield return RequestParts.Transfers(
                [.. own.Where(entry => entry.Request is not null).Select(entry => (entry.History, entry.Request!))], Of(histories, StreamKinds.PartnerSearch), person, words);
            yield return OwnParts.Accounts(besides.Accounts, words);
            yield return OwnParts.WhoLooked(besides.Grounds, words);
            yield return OwnParts.Standing(subject, words);
            yield return OwnParts.Requests(
                Of(histories, StreamKinds.DataSubjectRequest).Select(history => StreamKinds.DataSubjectRequest.FoldReadable(history.Events).State)
                    .OfType<DataSubjectRequest.Existing>()
                    .Where(request => request.File.Received.Requester != Requester.Enquirer),
                words);
        }

        if (unreadable.HasLines)
            yield return unreadable.Build();
        yield return new ReplySection(words, "left-out")
            .Add("others", words.Of("left-out-others")).Add("searches", words.Of("left-out-searches")).Add("comparisons", words.Of("left-out-comparisons"))
            .Add("rights", words.Of("left-out-rights")).Build();
    }

    [LoggerMessage(LogLevel.Error, "A reply to a request for access was made without a damaged record of stream {Stream}. `./rfl verify` tells whether it was altered; a backup holds it as it was.")]
    private partial void LogDamaged(Guid stream);

    private static IEnumerable<StreamHistory> Of<TState, TEvent>(IEnumerable<StreamHistory> histories, StreamKind<TState, TEvent> kind)
        where TEvent : IDomainEvent => histories.Where(history => history.Type == kind.Name).OrderBy(history => history.Id);
}
