using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

public static class AssessingSecurity
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPut("/{id:guid}/security-assessment", Put)
            .WithName("AssessSecurity")
            .WithSummary("Records the security assessment")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .WithExample(Examples.SecurityAssessment)
            .MayRefuse("enquirer-missing");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, AssessSecurityBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new AssessSecurity(new TracingRequestId(id), body), ct)).ToHttp();
}

public sealed record AssessSecurityBody(SecurityAssessment Assessment, string? Explanation = null);

[AllowedFor(Role.FieldVolunteer, Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record AssessSecurity(TracingRequestId TracingRequestId, AssessSecurityBody Body) : ICommand;

public sealed class AssessSecurityHandler(TracingRequestDesk desk) : ICommandHandler<AssessSecurity>
{
    public Task<Outcome> Handle(AssessSecurity command, CancellationToken ct) =>
        desk.DecideAndRecallForbiddenAsync(command, command.TracingRequestId, VersionRule.Required, (request, work) =>
            InterviewDecider.RecordSecurityAssessment(request, command.Body.Assessment, command.Body.Explanation), RecallReason.Security, ct);
}
