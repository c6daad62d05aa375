using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Policies;

namespace Rfl.Api.Policies;

/// <summary>Set by the data-protection officer: whoever is watched does not set what is noticed.</summary>
public static class SettingWatch
{
    public static void Map(IEndpointRouteBuilder policy) =>
        policy.MapPut("/watch", Put)
            .WithName("SetWatch")
            .WithSummary("Sets how long broken glass stays open, and what of one viewer's reads in an hour raises an alarm")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .WithExample(new SetWatchBody(new WatchPolicy()))
            .MayRefuse("watch-out-of-range");

    public static async Task<CommandAnswer<CarriedOut>> Put(SetWatchBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new SetWatch(body), ct)).ToHttp();
}

public sealed record SetWatchBody(WatchPolicy Watch);

[AllowedFor(Role.DataProtectionOfficer)]
public sealed record SetWatch(SetWatchBody Body) : ICommand;

public sealed class SetWatchHandler(PolicyDesk desk) : ICommandHandler<SetWatch>
{
    public Task<Outcome> Handle(SetWatch command, CancellationToken ct) =>
        desk.ChangeAsync(command, policy => PolicyDecider.SetWatch(policy, command.Body.Watch), ct);
}
