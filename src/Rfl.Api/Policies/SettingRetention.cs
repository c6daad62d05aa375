using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Policies;

namespace Rfl.Api.Policies;

public static class SettingRetention
{
    public static void Map(IEndpointRouteBuilder policy) =>
        policy.MapPut("/retention", Put)
            .WithName("SetRetention")
            .WithSummary("Sets how long records of a kind are kept after their end, and whether they go without approval")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .WithExample(new SetRetentionBody(RetentionKind.ClosedRequest, new Period(24, PeriodUnit.Months)))
            .MayRefuse("retention-out-of-range", "retention-goes-by-itself");

    public static async Task<CommandAnswer<CarriedOut>> Put(SetRetentionBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new SetRetention(body), ct)).ToHttp();
}

/// <param name="Keeps">In days or months.</param>
public sealed record SetRetentionBody(RetentionKind Kind, Period Keeps, bool Automatic = false);

[AllowedFor(Role.DataProtectionOfficer)]
public sealed record SetRetention(SetRetentionBody Body) : ICommand;

public sealed class SetRetentionHandler(PolicyDesk desk) : ICommandHandler<SetRetention>
{
    public Task<Outcome> Handle(SetRetention command, CancellationToken ct) => desk.ChangeAsync(
        command,
        policy => PolicyDecider.SetRetentionRule(policy, command.Body.Kind, new RetentionRule(command.Body.Keeps, command.Body.Automatic)),
        ct);
}
