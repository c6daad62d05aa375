using FluentValidation;
using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Access;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.PartnerSearches;

public static class ProvidingDetailsToPartner
{
    public static void Map(IEndpointRouteBuilder searches) =>
        searches.MapPut("/{searchId:guid}/responses/{responseId:guid}/details", Put)
            .WithName("ProvideDetailsToPartner")
            .WithSummary("Answers a partner who asked for details")
            .TakesIdempotencyKey()
            .WithExample(new ProvideDetailsToPartnerBody("He travelled with his cousin, who is about twenty."))
            .MayRefuse("partner-asked-nothing", "already-recorded-differently", "fields-withheld", "case-not-open");

    public static async Task<CommandAnswer<CarriedOut>> Put(
        Guid id, Guid searchId, Guid responseId, ProvideDetailsToPartnerBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ProvideDetailsToPartner(new TracingRequestId(id), new PartnerSearchId(searchId), responseId, body), ct)).ToHttp();
}

public sealed record ProvideDetailsToPartnerBody(string Message);

[AllowedFor(Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record ProvideDetailsToPartner(
    TracingRequestId TracingRequestId, PartnerSearchId PartnerSearchId, Guid ResponseId, ProvideDetailsToPartnerBody Body) : ICommand;

public sealed class ProvideDetailsToPartnerValidator : AbstractValidator<ProvideDetailsToPartner>
{
    public ProvideDetailsToPartnerValidator() => RuleFor(command => command.Body.Message).NotEmpty();
}

public sealed class ProvideDetailsToPartnerHandler(PartnerSearchDesk desk) : ICommandHandler<ProvideDetailsToPartner>
{
    public Task<Outcome> Handle(ProvideDetailsToPartner command, CancellationToken ct) => desk.DecideAsync(
        command,
        command.TracingRequestId,
        command.PartnerSearchId,
        VersionRule.NotNeeded,
        (search, request, work) => PartnerSearchDecider.ProvideDetails(
            search, request, command.ResponseId, command.Body.Message, work.Today, work.Policy),
        ct);
}
