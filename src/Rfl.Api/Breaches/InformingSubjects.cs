using FluentValidation;
using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Breaches;

namespace Rfl.Api.Breaches;

public static class InformingSubjects
{
    public static void Map(IEndpointRouteBuilder breaches) =>
        breaches.MapPut("/{id:guid}/subject-information", Put)
            .WithName("InformBreachSubjects")
            .WithSummary("Writes down how the people concerned were told of a breach")
            .TakesIdempotencyKey()
            .WithExample(new InformBreachSubjectsBody(new DateOnly(2026, 11, 22), 9, "By telephone with interpreters; two could not be reached and are looked for."))
            .MayRefuse("breach-not-recorded", "breach-closed");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, InformBreachSubjectsBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new InformBreachSubjects(id, body), ct)).ToHttp();
}

/// <param name="Informed">How many people were told.</param>
public sealed record InformBreachSubjectsBody(DateOnly InformedOn, int Informed, string How)
{
    public override string ToString() => "personal";
}

[AllowedFor(Role.DataProtectionOfficer)]
public sealed record InformBreachSubjects(Guid Id, InformBreachSubjectsBody Body) : ICommand;

public sealed class InformBreachSubjectsValidator : AbstractValidator<InformBreachSubjects>
{
    public InformBreachSubjectsValidator()
    {
        RuleFor(command => command.Body.Informed).GreaterThanOrEqualTo(0);
        RuleFor(command => command.Body.How).NotEmpty().MaximumLength(10_000);
    }
}

public sealed class InformBreachSubjectsHandler(BreachDesk desk) : ICommandHandler<InformBreachSubjects>
{
    public Task<Outcome> Handle(InformBreachSubjects command, CancellationToken ct) => desk.DecideAsync(
        command,
        command.Id,
        (state, work) => BreachDecider.InformSubjects(state, command.Body.InformedOn, command.Body.Informed, command.Body.How, work.Viewer.Id),
        ct);
}
