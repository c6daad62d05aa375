using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.Options;
using Rfl.Api.Casework;
using Rfl.Api.DataSubjects;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.DataSubjects;
using Rfl.Domain.People;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.TracingRequests;

public static class ReceivingInterviewDocument
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPut("/{id:guid}/interview-document", Put)
            .WithName("ReceiveInterviewDocument")
            .WithSummary("Takes a whole interview made without network; the same document twice is one request")
            .Creates()
            .TakesDocument()
            .TakesIdempotencyKey()
            .WithExample(Examples.InterviewDocument)
            .MayRefuse("interview-document-changed", "submission-incomplete", "person-erased", "import-suppressed");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, ReceiveInterviewDocumentBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ReceiveInterviewDocument(new TracingRequestId(id), body), ct)).ToHttp();
}

/// <summary>An interview as a device without network keeps it.</summary>
/// <param name="Submit">Submits it at once. A document that is not complete is refused as a whole, and nothing of it is kept here.</param>
public sealed record ReceiveInterviewDocumentBody(
    DateOnly InterviewedOn,
    string Language,
    bool InterpreterNeeded,
    RegisterEnquirerBody Enquirer,
    ValueList<InterviewedSoughtPerson> SoughtPersons,
    AssessSecurityBody SecurityAssessment,
    ValueList<InterviewedConsent> Consents = default,
    bool Submit = true,
    string? Region = null)
{
    internal InterviewContent Content() => new(Enquirer, SoughtPersons, SecurityAssessment, Consents, Submit);
}

/// <summary>What an interview, or a partner's request, tells.</summary>
public sealed record InterviewContent(
    RegisterEnquirerBody Enquirer,
    ValueList<InterviewedSoughtPerson> SoughtPersons,
    AssessSecurityBody SecurityAssessment,
    ValueList<InterviewedConsent> Consents,
    bool Submit);

public sealed record InterviewedSoughtPerson(
    PersonId SoughtPerson,
    FamilyRelation Relation,
    SoughtPersonCircumstances Circumstances,
    PersonDetails Details,
    RecordLossOfContactBody LossOfContact,
    Provenance Provenance = Provenance.Enquirer);

public sealed record InterviewedConsent(Guid ConsentId, GiveConsentBody Consent);

[AllowedFor(Role.FieldVolunteer, Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record ReceiveInterviewDocument(TracingRequestId TracingRequestId, ReceiveInterviewDocumentBody Body) : ICommand;

public sealed class ReceiveInterviewDocumentValidator : AbstractValidator<ReceiveInterviewDocument>
{
    public ReceiveInterviewDocumentValidator()
    {
        RuleFor(command => command.TracingRequestId.Value).NotEmpty().OverridePropertyName("id");
        RuleFor(command => command.Body.InterviewedOn).InTheServicesTime();
        RuleFor(command => command.Body.Language).LanguageTag();
        RuleFor(command => command.Body.Region).Code();
        RuleFor(command => command.Body.Enquirer.Details.Person).SetValidator(new PersonDetailsValidator());
        RuleFor(command => command.Body.Enquirer.Details.OwnAttempts).NotEmpty();
        RuleForEach(command => command.Body.Consents).ChildRules(consent =>
        {
            consent.RuleFor(given => given.Consent.Language).LanguageTag();
            consent.RuleFor(given => given.Consent.Recipient).Code();
        });
        RuleFor(command => command.Body.SoughtPersons.Count).InclusiveBetween(1, 50).OverridePropertyName("Body.SoughtPersons");
        RuleForEach(command => command.Body.SoughtPersons).ChildRules(person =>
        {
            person.RuleFor(sought => sought.Details).SetValidator(new PersonDetailsValidator());
            person.RuleFor(sought => sought.LossOfContact.Account.Circumstances).NotEmpty();
        });
        RuleFor(command => command.Body).Custom((body, context) => InterviewDocuments.CheckOthers(context, "Body", body.Enquirer, body.SoughtPersons));
    }
}

public sealed class ReceiveInterviewDocumentHandler(
    Desk desk, LookupHash hash, Suppression suppression, CurrentViewer viewer, IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json)
    : ICommandHandler<ReceiveInterviewDocument>
{
    public Task<Outcome> Handle(ReceiveInterviewDocument command, CancellationToken ct)
    {
        var id = command.TracingRequestId.Value;
        var fingerprint = Convert.ToHexString(hash.Of("interview-document", JsonSerializer.Serialize(command.Body, json.Value.SerializerOptions)));
        var region = viewer.Viewer.Region ?? command.Body.Region ?? Regions.Headquarters;
        var suppressed = suppression.Look(ImportSource.Interview(region, command.Body.InterviewedOn), InterviewDocuments.IdentifyingValues(command.Body.Content()));
        return desk.CarryOutAsync(
            command,
            [(id, StreamKinds.TracingRequest.Name)],
            work => suppressed.IsSuppressed && work.State(StreamKinds.TracingRequest, id) is TracingRequest.NotStarted
                ? DataSubjectRefusals.ImportSuppressed
                : Receive(command.Body, id, fingerprint, work),
            ct,
            along: [suppressed]);
    }

    /// <summary>Piece by piece, as if it were interviewed now; all of it or nothing.</summary>
    private static Outcome Receive(ReceiveInterviewDocumentBody document, Guid id, string fingerprint, Work work)
    {
        var isNew = work.State(StreamKinds.TracingRequest, id) is TracingRequest.NotStarted;
        if (!isNew && !CaseAccess.KnowsStage(work.Viewer, State())
            && !CaseAccess.Reaches(work.Viewer, State(), [Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor]))
        {
            // Whose the id is, is nobody else's business: a stranger is told what a changed document is told.
            return TracingRequestRefusals.InterviewDocumentChanged;
        }

        if (isNew)
        {
            var opening = new StartTracingInterviewBody(
                new TracingRequestId(id), document.InterviewedOn, document.Language, document.InterpreterNeeded, document.Region);
            if (StartTracingInterviewHandler.Start(opening, id, work) is not Outcome.Done)
                return TracingRequestRefusals.DateInFuture;
        }

        return Decide(InterviewDecider.ReceiveDocument(State(), fingerprint))
            ?? (InterviewDocuments.NamesErased(State()) ? DataSubjectRefusals.PersonErased : null)
            ?? (isNew ? InterviewDocuments.Fill(document.Content(), State, Decide, work) : null)
            ?? new Outcome.Done(id, work.VersionOf(id), Location: $"/api/v1/tracing-requests/{id}", Created: true);

        TracingRequest State() => work.State(StreamKinds.TracingRequest, id);
        Outcome? Decide(Decision<ITracingRequestEvent> decision) => work.Record(StreamKinds.TracingRequest, id, decision);
    }
}
