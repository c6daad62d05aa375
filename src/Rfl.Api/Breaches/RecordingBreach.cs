using FluentValidation;
using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Breaches;
using Rfl.Domain.Common;

namespace Rfl.Api.Breaches;

public static class RecordingBreach
{
    public static void Map(IEndpointRouteBuilder breaches) =>
        breaches.MapPut("/{id:guid}", Put)
            .WithName("RecordBreach")
            .WithSummary("Puts a breach of personal data into the register; 72 hours run from the moment at which the Society knew")
            .TakesIdempotencyKey()
            .WithExample(new RecordBreachBody(
                new DateTimeOffset(2026, 11, 21, 8, 30, 0, TimeSpan.Zero),
                [BreachNature.Confidentiality],
                "A bag with eleven interview forms was left on a tram and came back the next day, opened.",
                11))
            .MayRefuse("breach-recorded-differently", "breach-moment-in-future");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, RecordBreachBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new RecordBreach(id, body), ct)).ToHttp();
}

/// <param name="AwareAt">When the Society knew.</param>
/// <param name="Affected">How many people, as far as is known.</param>
public sealed record RecordBreachBody(DateTimeOffset AwareAt, ValueList<BreachNature> Natures, string Description, int? Affected = null)
{
    public override string ToString() => "personal";
}

[AllowedFor(Role.DataProtectionOfficer)]
public sealed record RecordBreach(Guid Id, RecordBreachBody Body) : ICommand;

public sealed class RecordBreachValidator : AbstractValidator<RecordBreach>
{
    public RecordBreachValidator()
    {
        RuleFor(command => command.Id).NotEmpty();
        RuleFor(command => command.Body.Natures.Count).GreaterThan(0).WithErrorCode("nature-missing").LessThanOrEqualTo(3).OverridePropertyName("Body.Natures");
        RuleForEach(command => command.Body.Natures).IsInEnum();
        RuleFor(command => command.Body.Description).NotEmpty().MaximumLength(10_000);
        RuleFor(command => command.Body.Affected).GreaterThanOrEqualTo(0);
    }
}

public sealed class RecordBreachHandler(BreachDesk desk) : ICommandHandler<RecordBreach>
{
    public Task<Outcome> Handle(RecordBreach command, CancellationToken ct)
    {
        var (subject, body) = (new PersonId(command.Id), command.Body);
        return desk.DecideAsync(
            command,
            command.Id,
            (state, work) => BreachDecider.Record(
                state,
                new BreachRecorded(
                    body.AwareAt.ToUniversalTime(), body.Natures, body.Affected, subject, Personal.Of(subject, body.Description), work.Viewer.Id),
                work.Now),
            ct);
    }
}
