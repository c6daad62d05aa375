using FluentValidation;
using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Deadlines;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

public static class MovingDeadline
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPost("/{id:guid}/moved-deadlines", Post)
            .WithName("MoveDeadline")
            .WithSummary("Moves one open deadline of this case")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .WithExample(Examples.MovedDeadline)
            .MayRefuse("deadline-not-open");

    public static async Task<CommandAnswer<CarriedOut>> Post(Guid id, MoveDeadlineBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new MoveDeadline(new TracingRequestId(id), body), ct)).ToHttp();
}

public sealed record MoveDeadlineBody(DeadlineKey Deadline, DateTimeOffset DueAt, string Reason);

[AllowedFor(Role.Caseworker, Role.Supervisor)]
public sealed record MoveDeadline(TracingRequestId TracingRequestId, MoveDeadlineBody Body) : ICommand;

public sealed class MoveDeadlineValidator : AbstractValidator<MoveDeadline>
{
    public MoveDeadlineValidator()
    {
        RuleFor(command => command.Body.Reason).NotEmpty();
    }
}

public sealed class MoveDeadlineHandler(TracingRequestDesk desk) : ICommandHandler<MoveDeadline>
{
    public Task<Outcome> Handle(MoveDeadline command, CancellationToken ct) =>
        desk.DecideAsync(command, command.TracingRequestId, VersionRule.Required, (request, work) =>
            LifeDecider.MoveDeadline(request, command.Body.Deadline, command.Body.DueAt, command.Body.Reason), ct);
}
