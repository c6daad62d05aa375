using FluentValidation;
using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

public static class ReviewingDormantCase
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPost("/{id:guid}/dormancy-reviews", Post)
            .WithName("ReviewDormantCase")
            .WithSummary("Records the yearly review of a dormant case")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .WithExample(new ReviewDormantCaseBody(new DateOnly(2026, 11, 20), "Lists of two partners searched again; nothing new."))
            .MayRefuse("not-dormant");

    public static async Task<CommandAnswer<CarriedOut>> Post(Guid id, ReviewDormantCaseBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ReviewDormantCase(new TracingRequestId(id), body), ct)).ToHttp();
}

public sealed record ReviewDormantCaseBody(DateOnly ReviewedOn, string Findings);

[AllowedFor(Role.Caseworker, Role.Supervisor)]
public sealed record ReviewDormantCase(TracingRequestId TracingRequestId, ReviewDormantCaseBody Body) : ICommand;

public sealed class ReviewDormantCaseValidator : AbstractValidator<ReviewDormantCase>
{
    public ReviewDormantCaseValidator()
    {
        RuleFor(command => command.Body.Findings).NotEmpty();
    }
}

public sealed class ReviewDormantCaseHandler(TracingRequestDesk desk) : ICommandHandler<ReviewDormantCase>
{
    public Task<Outcome> Handle(ReviewDormantCase command, CancellationToken ct) =>
        desk.DecideAsync(command, command.TracingRequestId, VersionRule.Required, (request, work) =>
            {
                work.HappenedOn(command.Body.ReviewedOn);
                return LifeDecider.ReviewDormant(request, command.Body.ReviewedOn, command.Body.Findings);
            }, ct);
}
