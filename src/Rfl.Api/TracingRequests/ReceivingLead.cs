using FluentValidation;
using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

public static class ReceivingLead
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPut("/{id:guid}/leads/{leadId:guid}", Put)
            .WithName("ReceiveLead")
            .WithSummary("Records a lead")
            .TakesIdempotencyKey()
            .WithExample(Examples.Lead)
            .MayRefuse("not-submitted", "sought-person-unknown");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, Guid leadId, ReceiveLeadBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ReceiveLead(new TracingRequestId(id), leadId, body), ct)).ToHttp();
}

public sealed record ReceiveLeadBody(PersonId SoughtPerson, Provenance Provenance, string Content);

[AllowedFor(Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record ReceiveLead(TracingRequestId TracingRequestId, Guid LeadId, ReceiveLeadBody Body) : ICommand;

public sealed class ReceiveLeadValidator : AbstractValidator<ReceiveLead>
{
    public ReceiveLeadValidator()
    {
        RuleFor(command => command.Body.Content).NotEmpty();
    }
}

public sealed class ReceiveLeadHandler(TracingRequestDesk desk) : ICommandHandler<ReceiveLead>
{
    public Task<Outcome> Handle(ReceiveLead command, CancellationToken ct) =>
        desk.DecideAsync(command, command.TracingRequestId, VersionRule.NotNeeded, (request, work) =>
            SearchDecider.ReceiveLead(request, command.LeadId, command.Body.SoughtPerson, command.Body.Provenance, command.Body.Content), ct);
}
