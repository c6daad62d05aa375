using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Policies;

namespace Rfl.Api.Policies;

public static class SettingAges
{
    public static void Map(IEndpointRouteBuilder policy) =>
        policy.MapPut("/ages", Put)
            .WithName("SetAges")
            .WithSummary("Sets the ages of majority and of asking alone, in completed years")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .WithExample(new SetAgesBody(18, 15))
            .MayRefuse("ages-out-of-range");

    public static async Task<CommandAnswer<CarriedOut>> Put(SetAgesBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new SetAges(body), ct)).ToHttp();
}

public sealed record SetAgesBody(int Majority, int AskingAlone);

[AllowedFor(Role.Supervisor)]
public sealed record SetAges(SetAgesBody Body) : ICommand;

public sealed class SetAgesHandler(PolicyDesk desk) : ICommandHandler<SetAges>
{
    public Task<Outcome> Handle(SetAges command, CancellationToken ct) =>
        desk.ChangeAsync(command, policy => PolicyDecider.SetAges(policy, new AgePolicy(command.Body.Majority, command.Body.AskingAlone)), ct);
}
