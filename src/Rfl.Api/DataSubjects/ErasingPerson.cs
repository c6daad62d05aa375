using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.DataSubjects;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.DataSubjects;

public static class ErasingPerson
{
    public static void Map(IEndpointRouteBuilder subjects) =>
        subjects.MapPut("/{personId:guid}/erasure", Put)
            .WithName("ErasePersonOnRequest")
            .WithSummary("Carries out a request for erasure, and answers it: the person's key is destroyed, for ever and in every copy that the ledger reaches")
            .TakesIdempotencyKey()
            .WithExample(new ErasePersonBody(new Guid("5b8d3c52-6f6e-4d0b-9a39-0b9a5f4d1c30")))
            .MayRefuse(
                "person-on-legal-hold", "sought-in-open-request", "requester-not-verified", "data-subject-request-other-right", "data-subject-request-ended");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid personId, ErasePersonBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ErasePersonOnRequest(new PersonId(personId), body), ct)).ToHttp();
}

/// <param name="Request">The data subject's request that asks for it.</param>
public sealed record ErasePersonBody(Guid Request);

[AllowedFor(Role.DataProtectionOfficer)]
public sealed record ErasePersonOnRequest(PersonId PersonId, ErasePersonBody Body) : ICommand;

/// <summary>An erasure that nobody asked for in a request: retention, or data that should never have been there.</summary>
[AllowedForSystem]
public sealed record ErasePerson(PersonId PersonId, ErasureGround Ground) : ICommand;

/// <summary>An erasure that was carried out before and is missing here, since a backup from before it was restored. Nothing stands against it any more.</summary>
[AllowedForSystem]
public sealed record EraseAgain(ErasedPerson Erased) : ICommand;

public sealed class ErasingPersonHandler(PersonErasing erasing)
    : ICommandHandler<ErasePersonOnRequest>, ICommandHandler<ErasePerson>, ICommandHandler<EraseAgain>
{
    public Task<Outcome> Handle(ErasePersonOnRequest command, CancellationToken ct) =>
        erasing.EraseAsync(command, command.PersonId, ErasureGround.DataSubjectRequest, command.Body.Request, again: null, ct);

    public Task<Outcome> Handle(ErasePerson command, CancellationToken ct) =>
        erasing.EraseAsync(command, command.PersonId, command.Ground, request: null, again: null, ct);

    public Task<Outcome> Handle(EraseAgain command, CancellationToken ct) => erasing.EraseAsync(
        command,
        command.Erased.Person,
        Enum.TryParse<ErasureGround>(command.Erased.Ground, out var ground) ? ground : ErasureGround.DataSubjectRequest,
        command.Erased.Request,
        command.Erased,
        ct);
}
