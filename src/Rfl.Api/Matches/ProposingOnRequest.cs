using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Access;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.Matches;

public static class ProposingOnRequest
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/tracing-requests/{id:guid}/match-proposals", Post)
            .WithTags("Matches")
            .WithName("ProposeMatches")
            .WithSummary("Compares everybody of a request with the own lists now; what is found is on the list of matches");

    public static async Task<CommandAnswer<CarriedOut>> Post(Guid id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ProposeMatches(new TracingRequestId(id)), ct)).ToHttp();
}

[AllowedFor(Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record ProposeMatches(TracingRequestId TracingRequestId) : ICommand;

public sealed class ProposeMatchesHandler(CaseReader cases, MatchProposing proposing) : ICommandHandler<ProposeMatches>
{
    public async Task<Outcome> Handle(ProposeMatches command, CancellationToken ct)
    {
        if (await cases.ReadAsync(command, command.TracingRequestId, ct) is null)
            return new Outcome.NotFound();
        await proposing.RunForAsync(command.TracingRequestId.Value, ct);
        return new Outcome.Done(command.TracingRequestId.Value);
    }
}
