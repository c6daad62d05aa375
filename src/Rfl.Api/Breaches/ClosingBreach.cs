using FluentValidation;
using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Breaches;

namespace Rfl.Api.Breaches;

public static class ClosingBreach
{
    public static void Map(IEndpointRouteBuilder breaches) =>
        breaches.MapPut("/{id:guid}/closure", Put)
            .WithName("CloseBreach")
            .WithSummary("Closes a breach with what was done against another one; everybody who has to be told must have been told")
            .TakesIdempotencyKey()
            .WithExample(new CloseBreachBody("Forms are no longer carried; interviews are taken on encrypted tablets."))
            .MayRefuse("breach-not-recorded", "breach-not-assessed", "breach-authority-not-notified", "breach-subjects-not-informed");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, CloseBreachBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new CloseBreach(id, body), ct)).ToHttp();
}

/// <param name="Measures">What was done so that it does not happen again.</param>
public sealed record CloseBreachBody(string Measures)
{
    public override string ToString() => "personal";
}

[AllowedFor(Role.DataProtectionOfficer)]
public sealed record CloseBreach(Guid Id, CloseBreachBody Body) : ICommand;

public sealed class CloseBreachValidator : AbstractValidator<CloseBreach>
{
    public CloseBreachValidator() => RuleFor(command => command.Body.Measures).NotEmpty().MaximumLength(10_000);
}

public sealed class CloseBreachHandler(BreachDesk desk) : ICommandHandler<CloseBreach>
{
    public Task<Outcome> Handle(CloseBreach command, CancellationToken ct) =>
        desk.DecideAsync(command, command.Id, (state, work) => BreachDecider.Close(state, command.Body.Measures, work.Viewer.Id), ct);
}
