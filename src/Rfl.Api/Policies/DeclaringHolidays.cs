using FluentValidation;
using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Policies;

namespace Rfl.Api.Policies;

public static class DeclaringHolidays
{
    public static void Map(IEndpointRouteBuilder policy) =>
        policy.MapPut("/holidays/{year:int}", Put)
            .WithName("DeclareHolidays")
            .WithSummary("Declares the public holidays of a year, in place of those declared before")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .WithExample(new DeclareHolidaysBody([new DateOnly(2027, 1, 1), new DateOnly(2027, 3, 29), new DateOnly(2027, 5, 1)]))
            .MayRefuse("holiday-of-another-year");

    public static async Task<CommandAnswer<CarriedOut>> Put(int year, DeclareHolidaysBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new DeclareHolidays(year, body), ct)).ToHttp();
}

public sealed record DeclareHolidaysBody(ValueList<DateOnly> Days);

[AllowedFor(Role.Supervisor)]
public sealed record DeclareHolidays(int Year, DeclareHolidaysBody Body) : ICommand;

public sealed class DeclareHolidaysValidator : AbstractValidator<DeclareHolidays>
{
    public DeclareHolidaysValidator()
    {
        RuleFor(command => command.Year).InclusiveBetween(2000, 2100);
        RuleFor(command => command.Body.Days.Count).LessThanOrEqualTo(100).OverridePropertyName("Body.Days");
    }
}

public sealed class DeclareHolidaysHandler(PolicyDesk desk) : ICommandHandler<DeclareHolidays>
{
    public Task<Outcome> Handle(DeclareHolidays command, CancellationToken ct) =>
        desk.ChangeAsync(command, policy => PolicyDecider.DeclareHolidays(policy, command.Year, command.Body.Days), ct);
}
