using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.DataSubjectRequests;
using Rfl.Domain.DataSubjects;

namespace Rfl.Api.DataSubjects;

/// <summary>Restriction and objection: the data stays, and is used for nothing but keeping it, until the restriction is lifted.</summary>
public static class RestrictingProcessing
{
    public static void Map(IEndpointRouteBuilder subjects)
    {
        subjects.MapPut("/{personId:guid}/restriction", Put)
            .WithName("RestrictProcessing")
            .WithSummary("Carries out a request for restriction or an objection, and answers it: no matching, no transfer, no publication")
            .TakesIdempotencyKey()
            .WithExample(new RestrictProcessingBody(new Guid("5b8d3c52-6f6e-4d0b-9a39-0b9a5f4d1c30")))
            .MayRefuse("data-subject-request-other-right", "requester-not-verified", "processing-already-restricted", "data-subject-request-ended", "person-erased");
        subjects.MapPost("/{personId:guid}/restriction/lifting", Post)
            .WithName("LiftRestriction")
            .WithSummary("Lets the person's data be used again")
            .TakesIdempotencyKey()
            .MayRefuse("person-erased");
    }

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid personId, RestrictProcessingBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new RestrictProcessing(new PersonId(personId), body), ct)).ToHttp();

    public static async Task<CommandAnswer<CarriedOut>> Post(Guid personId, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new LiftRestriction(new PersonId(personId)), ct)).ToHttp();
}

/// <param name="Request">The data subject's request that asks for it.</param>
public sealed record RestrictProcessingBody(Guid Request);

[AllowedFor(Role.DataProtectionOfficer)]
public sealed record RestrictProcessing(PersonId PersonId, RestrictProcessingBody Body) : ICommand;

[AllowedFor(Role.DataProtectionOfficer)]
public sealed record LiftRestriction(PersonId PersonId) : ICommand;

public sealed class RestrictingProcessingHandler(Desk desk, DataSubjectDesk subjects) : ICommandHandler<RestrictProcessing>, ICommandHandler<LiftRestriction>
{
    /// <summary>In force and answered in one transaction. Queries over rows leave out who is restricted from the moment it is committed.</summary>
    public Task<Outcome> Handle(RestrictProcessing command, CancellationToken ct)
    {
        var (person, asked) = (command.PersonId, command.Body.Request);
        var subject = DataSubject.StreamOf(person);
        return desk.CarryOutAsync(
            command,
            [(subject, StreamKinds.DataSubject.Name), (asked, StreamKinds.DataSubjectRequest.Name)],
            work =>
            {
                if (work.State(StreamKinds.DataSubjectRequest, asked) is not DataSubjectRequest.Existing { File.Received: var received } || received.Person != person)
                    return new Outcome.NotFound();
                if (received.Right is not (DataSubjectRight.Restriction or DataSubjectRight.Objection))
                    return DataSubjectRequestRefusals.OtherRight;
                var ground = received.Right == DataSubjectRight.Objection ? RestrictionGround.Objection : RestrictionGround.Restriction;
                return work.Record(StreamKinds.DataSubjectRequest, asked, DataSubjectRequestDecider.Answer(
                        work.State(StreamKinds.DataSubjectRequest, asked), DataSubjectAnswer.Granted, work.Viewer.Id, hasEffect: true))
                    ?? work.Record(StreamKinds.DataSubject, subject, DataSubjectDecider.Restrict(work.State(StreamKinds.DataSubject, subject), person, ground, asked))
                    ?? new Outcome.Done(person.Value, work.VersionOf(subject));
            },
            ct);
    }

    public Task<Outcome> Handle(LiftRestriction command, CancellationToken ct) =>
        subjects.DecideAsync(command, command.PersonId, (subject, work) => DataSubjectDecider.LiftRestriction(subject, work.Viewer.Id), ct);
}
