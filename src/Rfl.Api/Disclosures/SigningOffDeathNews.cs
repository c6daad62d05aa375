using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Disclosures;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.Disclosures;

public static class SigningOffDeathNews
{
    public static void Map(IEndpointRouteBuilder disclosures) =>
        disclosures.MapPost("/{tracingRequestId:guid}/{personId:guid}/death-news-sign-off", Post)
            .WithName("SignOffDeathNews")
            .WithSummary("A supervisor lets the news of a death be told, in person")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .MayRefuse("no-death-found", "second-officer-needed");

    public static async Task<CommandAnswer<CarriedOut>> Post(Guid tracingRequestId, Guid personId, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new SignOffDeathNews(new TracingRequestId(tracingRequestId), new PersonId(personId)), ct)).ToHttp();
}

[AllowedFor(Role.Supervisor)]
[Discreet]
public sealed record SignOffDeathNews(TracingRequestId TracingRequestId, PersonId PersonId) : ICircleCommand;

public sealed class SignOffDeathNewsHandler(DisclosureDesk desk) : ICommandHandler<SignOffDeathNews>
{
    public Task<Outcome> Handle(SignOffDeathNews command, CancellationToken ct) =>
        desk.DecideAsync(command, VersionRule.Required, (disclosure, work) =>
            DisclosureDecider.SignOffDeathNews(disclosure, work.Viewer.Id), ct);
}
