using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.Options;
using Rfl.Api.Access;
using Rfl.Api.Casework;
using Rfl.Api.DataSubjects;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.DataSubjects;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.Partners;

public static class SendingTracingRequest
{
    public static void Map(IEndpointRouteBuilder partner) =>
        partner.MapPut("/tracing-requests/{id:guid}", Put)
            .RequireScope(ApiKeyScopes.SendRequests)
            .WithName("SendTracingRequest")
            .WithSummary("Sends a tracing request of your society; the same document twice is one request")
            .Creates()
            .TakesDocument()
            .TakesIdempotencyKey()
            .WithExample(new SendTracingRequestBody(
                "DE-2026-0815",
                "prs",
                Examples.Enquirer,
                [new InterviewedSoughtPerson(Examples.Son, Examples.SoughtPerson.Relation, Examples.SoughtPerson.Circumstances, Examples.SoughtPerson.Details, Examples.LossOfContact)],
                Examples.SecurityAssessment))
            .MayRefuse("interview-document-changed", "submission-incomplete", "interview-already-started-differently", "person-erased", "import-suppressed");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, SendTracingRequestBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new SendTracingRequest(new TracingRequestId(id), body), ct)).ToHttp();
}

public sealed record SendTracingRequestBody(
    string YourReference,
    string Language,
    RegisterEnquirerBody Enquirer,
    ValueList<InterviewedSoughtPerson> SoughtPersons,
    AssessSecurityBody SecurityAssessment,
    ValueList<InterviewedConsent> Consents = default);

[AllowedFor(Role.PartnerSociety)]
public sealed record SendTracingRequest(TracingRequestId TracingRequestId, SendTracingRequestBody Body) : ICommand;

public sealed class SendTracingRequestValidator : AbstractValidator<SendTracingRequest>
{
    public SendTracingRequestValidator()
    {
        RuleFor(command => command.TracingRequestId.Value).NotEmpty().OverridePropertyName("id");
        RuleFor(command => command.Body.YourReference).NotEmpty().MaximumLength(100);
        RuleFor(command => command.Body.Language).LanguageTag();
        RuleFor(command => command.Body.Enquirer.Details.Person).SetValidator(new PersonDetailsValidator());
        RuleFor(command => command.Body.SoughtPersons.Count).InclusiveBetween(1, 50).OverridePropertyName("Body.SoughtPersons");
        RuleForEach(command => command.Body.SoughtPersons)
            .ChildRules(person => person.RuleFor(sought => sought.Details).SetValidator(new PersonDetailsValidator()));
        RuleFor(command => command.Body).Custom((body, context) => InterviewDocuments.CheckOthers(context, "Body", body.Enquirer, body.SoughtPersons));
    }
}

public sealed class SendTracingRequestHandler(
    Desk desk, LookupHash hash, Suppression suppression, CurrentViewer viewer, IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json)
    : ICommandHandler<SendTracingRequest>
{
    public Task<Outcome> Handle(SendTracingRequest command, CancellationToken ct)
    {
        var id = command.TracingRequestId.Value;
        var fingerprint = Convert.ToHexString(hash.Of("interview-document", JsonSerializer.Serialize(command.Body, json.Value.SerializerOptions)));
        // Bound to the society: nobody learns of a reference that is not their own.
        var suppressed = suppression.Look(ImportSource.Partner(viewer.Viewer.Society ?? ""), [IdentifyingValues.OfReference(command.Body.YourReference)]);
        return desk.CarryOutAsync(
            command,
            [(id, StreamKinds.TracingRequest.Name)],
            work => suppressed.IsSuppressed && work.State(StreamKinds.TracingRequest, id) is TracingRequest.NotStarted
                ? DataSubjectRefusals.ImportSuppressed
                : Receive(command.Body, id, fingerprint, work),
            ct,
            along: [suppressed]);
    }

    private static Outcome Receive(SendTracingRequestBody body, Guid id, string fingerprint, Work work)
    {
        if (work.Viewer.Society is not { } society)
            return new Outcome.Forbidden();
        var isNew = State() is TracingRequest.NotStarted;
        var incoming = new IncomingTracingRequestReceived(
            ReferenceNumbers.Draw(),
            society,
            Regions.Headquarters,
            work.Today,
            body.Language,
            Personal.Of(body.Enquirer.Enquirer, body.YourReference));
        var content = new InterviewContent(body.Enquirer, body.SoughtPersons, body.SecurityAssessment, body.Consents, Submit: true);
        return Decide(InterviewDecider.Receive(State(), incoming))
            ?? Decide(InterviewDecider.ReceiveDocument(State(), fingerprint))
            ?? (InterviewDocuments.NamesErased(State()) ? DataSubjectRefusals.PersonErased : null)
            ?? (isNew ? InterviewDocuments.Fill(content, State, Decide, work) : null)
            ?? new Outcome.Done(id, Location: $"/api/v1/partner/tracing-requests/{id}", Created: true);

        TracingRequest State() => work.State(StreamKinds.TracingRequest, id);
        Outcome? Decide(Decision<ITracingRequestEvent> decision) => work.Record(StreamKinds.TracingRequest, id, decision);
    }
}
