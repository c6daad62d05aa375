using FluentValidation;
using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Breaches;

namespace Rfl.Api.Breaches;

public static class AssessingBreach
{
    public static void Map(IEndpointRouteBuilder breaches) =>
        breaches.MapPut("/{id:guid}/assessment", Put)
            .WithName("AssessBreach")
            .WithSummary("Says what a breach means for the people concerned; the latest assessment counts")
            .TakesIdempotencyKey()
            .WithExample(new AssessBreachBody(BreachRisk.High, "Two of them fear persecution; their addresses were on the forms.", 11))
            .MayRefuse("breach-not-recorded", "breach-closed");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, AssessBreachBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new AssessBreach(id, body), ct)).ToHttp();
}

public sealed record AssessBreachBody(BreachRisk Risk, string Assessment, int? Affected = null)
{
    public override string ToString() => "personal";
}

[AllowedFor(Role.DataProtectionOfficer)]
public sealed record AssessBreach(Guid Id, AssessBreachBody Body) : ICommand;

public sealed class AssessBreachValidator : AbstractValidator<AssessBreach>
{
    public AssessBreachValidator()
    {
        RuleFor(command => command.Body.Risk).IsInEnum();
        RuleFor(command => command.Body.Assessment).NotEmpty().MaximumLength(10_000);
        RuleFor(command => command.Body.Affected).GreaterThanOrEqualTo(0);
    }
}

public sealed class AssessBreachHandler(BreachDesk desk) : ICommandHandler<AssessBreach>
{
    public Task<Outcome> Handle(AssessBreach command, CancellationToken ct) => desk.DecideAsync(
        command,
        command.Id,
        (state, work) => BreachDecider.Assess(state, command.Body.Risk, command.Body.Affected, command.Body.Assessment, work.Viewer.Id),
        ct);
}
