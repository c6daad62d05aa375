using FluentValidation;
using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.PartnerSearches;

public static class PreparingTransmission
{
    public static void Map(IEndpointRouteBuilder searches) =>
        searches.MapPut("/{searchId:guid}", Put)
            .WithName("PrepareTransmission")
            .WithSummary("Prepares a search by a partner with exactly the fields that consent and country policy allow")
            .Creates()
            .TakesIdempotencyKey()
            .WithExample(new PrepareTransmissionBody(
                Examples.Son, "TR", [TransferField.SoughtPersonNames, TransferField.SoughtPersonParents, TransferField.SoughtPersonBirth, TransferField.LossOfContact]))
            .MayRefuse("fields-withheld", "society-unknown", "no-field-chosen", "means-not-allowed", "case-not-open", "do-not-search");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, Guid searchId, PrepareTransmissionBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new PrepareTransmission(new TracingRequestId(id), new PartnerSearchId(searchId), body), ct)).ToHttp();
}

/// <param name="Fields">Each must be allowed; one that is not refuses the preparation, with the reason.</param>
public sealed record PrepareTransmissionBody(PersonId SoughtPerson, string Society, ValueList<TransferField> Fields);

[AllowedFor(Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record PrepareTransmission(TracingRequestId TracingRequestId, PartnerSearchId PartnerSearchId, PrepareTransmissionBody Body) : ICommand;

public sealed class PrepareTransmissionValidator : AbstractValidator<PrepareTransmission>
{
    public PrepareTransmissionValidator()
    {
        RuleFor(command => command.PartnerSearchId.Value).NotEmpty().OverridePropertyName("searchId");
        RuleFor(command => command.Body.Society).NotEmpty().MaximumLength(20);
    }
}

public sealed class PrepareTransmissionHandler(PartnerSearchDesk desk) : ICommandHandler<PrepareTransmission>
{
    public async Task<Outcome> Handle(PrepareTransmission command, CancellationToken ct)
    {
        var outcome = await desk.DecideAsync(
            command,
            command.TracingRequestId,
            command.PartnerSearchId,
            VersionRule.NotNeeded,
            (search, request, work) => PartnerSearchDecider.Prepare(
                search, command.TracingRequestId, request, command.Body.SoughtPerson, command.Body.Society, command.Body.Fields, work.Today, work.Policy),
            ct,
            work => PlanAction(command, work));
        return outcome is Outcome.Done done
            ? done with { Created = true, Location = $"/api/v1/tracing-requests/{command.TracingRequestId}/partner-searches/{command.PartnerSearchId}" }
            : outcome;
    }

    /// <summary>The request's own history shows that a partner is asked; the two streams share the id.</summary>
    private static Outcome? PlanAction(PrepareTransmission command, Work work) => work.Record(
        StreamKinds.TracingRequest,
        command.TracingRequestId.Value,
        SearchDecider.Plan(
            work.State(StreamKinds.TracingRequest, command.TracingRequestId.Value),
            command.PartnerSearchId.Value,
            command.Body.SoughtPerson,
            SearchMeans.PartnerSociety,
            null,
            command.Body.Society.ToUpperInvariant(),
            work.Policy));
}
