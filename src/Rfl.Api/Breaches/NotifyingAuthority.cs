using FluentValidation;
using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Breaches;

namespace Rfl.Api.Breaches;

public static class NotifyingAuthority
{
    public static void Map(IEndpointRouteBuilder breaches) =>
        breaches.MapPut("/{id:guid}/authority-notification", Put)
            .WithName("NotifyAuthority")
            .WithSummary("Writes down when the supervisory authority was told; later than 72 hours it needs the reason")
            .TakesIdempotencyKey()
            .WithExample(new NotifyAuthorityBody(new DateTimeOffset(2026, 11, 22, 7, 0, 0, TimeSpan.Zero), "2026-1841"))
            .MayRefuse(
                "breach-not-recorded",
                "breach-closed",
                "breach-moment-in-future",
                "breach-notified-before-aware",
                "breach-delay-unexplained",
                "breach-notified-differently");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, NotifyAuthorityBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new NotifyAuthority(id, body), ct)).ToHttp();
}

/// <param name="Reference">The authority's own number.</param>
/// <param name="Delay">Why it took longer than 72 hours.</param>
public sealed record NotifyAuthorityBody(DateTimeOffset NotifiedAt, string? Reference = null, string? Delay = null)
{
    public override string ToString() => "personal";
}

[AllowedFor(Role.DataProtectionOfficer)]
public sealed record NotifyAuthority(Guid Id, NotifyAuthorityBody Body) : ICommand;

public sealed class NotifyAuthorityValidator : AbstractValidator<NotifyAuthority>
{
    public NotifyAuthorityValidator()
    {
        RuleFor(command => command.Body.Reference).Code();
        RuleFor(command => command.Body.Delay).MaximumLength(10_000);
    }
}

public sealed class NotifyAuthorityHandler(BreachDesk desk) : ICommandHandler<NotifyAuthority>
{
    public Task<Outcome> Handle(NotifyAuthority command, CancellationToken ct) => desk.DecideAsync(
        command,
        command.Id,
        (state, work) => BreachDecider.NotifyAuthority(
            state, command.Body.NotifiedAt.ToUniversalTime(), command.Body.Reference, command.Body.Delay, work.Viewer.Id, work.Now),
        ct);
}
