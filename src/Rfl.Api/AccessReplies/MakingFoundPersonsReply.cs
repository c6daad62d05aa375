using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.Disclosures;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Disclosures;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.AccessReplies;

/// <summary>
/// The found person's own reply, made inside the circle by a disclosure officer: what the circle holds about them. It says nothing of who seeks them; that is told
/// in the conversation of rule 11, or not.
/// </summary>
public static class MakingFoundPersonsReply
{
    public static void Map(IEndpointRouteBuilder disclosures)
    {
        disclosures.MapGet("/{tracingRequestId:guid}/{personId:guid}/reply", Get)
            .WithName("GetFoundPersonsReply")
            .WithSummary("Makes the found person's own copy of what the disclosure circle holds about them, now; for the circle only")
            .MayRefuse("identity-not-verified");
        disclosures.MapGet("/{tracingRequestId:guid}/{personId:guid}/reply/document", GetDocument)
            .WithName("GetFoundPersonsReplyDocument")
            .WithSummary("The same as a document to be printed; for the circle only")
            .MayRefuse("identity-not-verified");
    }

    public static async Task<QueryAnswer<AccessReply>> Get(Guid tracingRequestId, Guid personId, HttpContext context, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetFoundPersonsReply(new TracingRequestId(tracingRequestId), new PersonId(personId), Language.Of(context)), ct)).ToHttp();

    public static async Task<PrintedAnswer<AccessReply>> GetDocument(
        Guid tracingRequestId, Guid personId, HttpContext context, IMediator mediator, Texts texts, CancellationToken ct) => new(
            await mediator.Send(new GetFoundPersonsReplyDocument(new TracingRequestId(tracingRequestId), new PersonId(personId), Language.Of(context)), ct),
            reply => reply.ToPrinted(texts));
}

[AllowedFor(Role.DisclosureOfficer)]
[Discreet]
[ReadsPersonalData("found-persons-reply", InCircle = true)]
public sealed record GetFoundPersonsReply(TracingRequestId TracingRequestId, PersonId PersonId, string Language) : IQuery<AccessReply>;

/// <inheritdoc cref="GetFoundPersonsReply"/>
[AllowedFor(Role.DisclosureOfficer)]
[Discreet]
[ReadsPersonalData("found-persons-reply-document", InCircle = true)]
public sealed record GetFoundPersonsReplyDocument(TracingRequestId TracingRequestId, PersonId PersonId, string Language) : IQuery<AccessReply>;

public sealed class MakingFoundPersonsReplyHandler(
    EventStore store, CurrentViewer viewer, ReadLog reads, DisclosureIds ids, Texts texts, TimeProvider clock)
    : IQueryHandler<GetFoundPersonsReply, AccessReply>, IQueryHandler<GetFoundPersonsReplyDocument, AccessReply>
{
    public Task<QueryOutcome<AccessReply>> Handle(GetFoundPersonsReply query, CancellationToken ct) =>
        MakeAsync(query, query.TracingRequestId, query.PersonId, query.Language, ct);

    public Task<QueryOutcome<AccessReply>> Handle(GetFoundPersonsReplyDocument query, CancellationToken ct) =>
        MakeAsync(query, query.TracingRequestId, query.PersonId, query.Language, ct);

    private async Task<QueryOutcome<AccessReply>> MakeAsync(object query, TracingRequestId request, PersonId person, string language, CancellationToken ct)
    {
        var id = ids.Of(request, person).Value;
        var log = reads.Along(query, CircleReachSql.SubjectOf(viewer.Viewer, id), request.Value);
        var history = (await store.LoadAsync([(id, StreamKinds.Disclosure.Name)], [log], [person], ct))[id];
        var disclosure = StreamKinds.Disclosure.Fold(history);
        var reaches = CircleAccess.Reaches(viewer.Viewer, disclosure, [Role.DisclosureOfficer]);
        ReadLog.Agree(log, ids.AliasOf(request), history.Version, reaches ? ReadGround.DisclosureCircle : null);
        // A death has nobody who could ask.
        if (disclosure is not Disclosure.Found { Finding.Kind: FindingKind.Located } found || !reaches)
            return new QueryOutcome<AccessReply>.NotFound();
        if (found.Identity is null)
            return new QueryOutcome<AccessReply>.Refused(DisclosureRefusals.IdentityNotVerified);
        var words = new ReplyWords(texts, ReplyWords.LanguageFor(found.Informed?.Language ?? "", language));
        return new AccessReply(
            person,
            words.Language,
            clock.GetUtcNow(),
            words.Of("title"),
            words.Of("introduction-found"),
            [Circle(found, words), new ReplySection(words, "left-out").Add("others", words.Of("left-out-others")).Add("rights", words.Of("left-out-rights")).Build()]);
    }

    /// <summary>Without the notes of how they were known, reached and informed: those speak of the family that seeks them.</summary>
    private static AccessReplySection Circle(Disclosure.Found found, ReplyWords words)
    {
        var section = new ReplySection(words, "circle").Add("found-on", words.Day(found.Finding.FoundOn));
        if (found.Finding.Finding.Value is { } account)
            section.Add("whereabouts", account.Whereabouts).AddContacts(account.Contacts);
        else
            section.Add("whereabouts", words.Missing(found.Finding.Finding));
        section.AddAll("contact-attempt", found.Attempts.Values.OrderBy(attempt => attempt.AttemptedOn).ThenBy(attempt => attempt.AttemptId)
            .Select(attempt => words.Of("on-what", words.Day(attempt.AttemptedOn), words.Value(attempt.Channel))));
        if (found.Identity is { } identity)
            section.Add("identity", words.Day(identity.VerifiedOn));
        if (found.Informed is { } informed)
            section.Add("informed", words.Of("on-what", words.Day(informed.InformedOn), informed.Language));
        foreach (var choice in found.Choices.Values.OrderBy(choice => choice.SignedOn).ThenBy(choice => choice.ChoiceId))
        {
            section.Add("choice", words.Of("on-what", words.Day(choice.SignedOn), choice.Kind is { } kind ? words.Of("choice-" + kind) : words.Missing(choice.Decided)))
                .Add("coordinates", choice.Coordinates is { } coordinates ? words.Told(coordinates) : null);
        }

        return section.Add("in-force", words.Of(found.InForce is { } force ? "choice-" + force : "choice-none")).Build();
    }
}
