using FluentValidation;
using MediatR;
using Rfl.Api.Access;
using Rfl.Api.Casework;
using Rfl.Api.Disclosures;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Disclosures;
using Rfl.Domain.PartnerSearches;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Partners;

public static class AnsweringSearch
{
    public static void Map(IEndpointRouteBuilder partner) =>
        partner.MapPut("/searches/{id:guid}/answers/{answerId:guid}", Put)
            .RequireScope(ApiKeyScopes.AnswerTransmissions)
            .WithName("AnswerSearch")
            .WithSummary("Answers a search; a location or a death goes to the disclosure officers only")
            .TakesIdempotencyKey()
            .WithExample(new AnswerSearchBody(PartnerAnswer.AsksForDetails, "Did he travel with relatives?"))
            .MayRefuse("transmission-recalled", "already-recorded-differently", "confirming-authority-missing", "date-in-future");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, Guid answerId, AnswerSearchBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new AnswerSearch(new PartnerSearchId(id), answerId, body), ct)).ToHttp();
}

/// <param name="Message">Your question, or what you can say. For a finding, put what was found into <paramref name="Finding"/>.</param>
/// <param name="FoundOn">For a finding: the day.</param>
/// <param name="ConfirmingAuthority">For a death: who confirms it.</param>
public sealed record AnswerSearchBody(
    PartnerAnswer Answer, string? Message = null, FindingAccount? Finding = null, DateOnly? FoundOn = null, string? ConfirmingAuthority = null)
{
    internal bool IsFinding => Answer is PartnerAnswer.Located or PartnerAnswer.Deceased;
}

[AllowedFor(Role.PartnerSociety)]
[Discreet]
public sealed record AnswerSearch(PartnerSearchId PartnerSearchId, Guid AnswerId, AnswerSearchBody Body) : ICommand;

public sealed class AnswerSearchValidator : AbstractValidator<AnswerSearch>
{
    public AnswerSearchValidator()
    {
        RuleFor(command => command.AnswerId).NotEmpty();
        RuleFor(command => command.Body.Message).NotEmpty().When(command => command.Body.Answer == PartnerAnswer.AsksForDetails);
        RuleFor(command => command.Body.Finding).NotNull().When(command => command.Body.IsFinding);
        RuleFor(command => command.Body.FoundOn).NotNull().When(command => command.Body.IsFinding);
    }
}

public sealed class AnswerSearchHandler(Desk desk, EventStore store, DisclosureIds ids) : ICommandHandler<AnswerSearch>
{
    public Task<Outcome> Handle(AnswerSearch command, CancellationToken ct) =>
        command.Body.IsFinding ? RecordFindingAsync(command, ct) : RecordResponseAsync(command, ct);

    private Task<Outcome> RecordResponseAsync(AnswerSearch command, CancellationToken ct)
    {
        var id = command.PartnerSearchId.Value;
        return desk.CarryOutAsync(command, [(id, StreamKinds.PartnerSearch.Name)], work =>
        {
            var search = work.State(StreamKinds.PartnerSearch, id);
            if (search is not PartnerSearch.Existing existing || !PartnerInbox.IsFor(existing, work.Viewer.Society))
                return new Outcome.NotFound();
            return work.Record(
                    StreamKinds.PartnerSearch, id, PartnerSearchDecider.Answer(search, command.AnswerId, command.Body.Answer, command.Body.Message))
                ?? new Outcome.Done(id);
        }, ct);
    }

    /// <summary>
    /// Into the disclosure circle, leaving no trace in the search that staff see (rule 12). The partner does not know the request, so finding it costs one round
    /// trip more.
    /// </summary>
    private async Task<Outcome> RecordFindingAsync(AnswerSearch command, CancellationToken ct)
    {
        var id = command.PartnerSearchId.Value;
        if (StreamKinds.PartnerSearch.Fold(await store.LoadAsync(id, StreamKinds.PartnerSearch.Name, ct)) is not PartnerSearch.Existing { File.Preparation: var asked })
            return new Outcome.NotFound();
        var disclosure = ids.Of(asked.TracingRequestId, asked.SoughtPerson).Value;
        return await desk.CarryOutAsync(
            command,
            [(id, StreamKinds.PartnerSearch.Name), .. DisclosureDesk.Streams(asked.TracingRequestId, disclosure)],
            work =>
            {
                var search = work.State(StreamKinds.PartnerSearch, id);
                if (search is not PartnerSearch.Existing existing || !PartnerInbox.IsFor(existing, work.Viewer.Society))
                    return new Outcome.NotFound();
                if (PartnerSearchDecider.Refuse(search) is { } refusal)
                    return refusal;
                var body = new ReportFindingBody(
                    command.Body.Answer == PartnerAnswer.Located ? FindingKind.Located : FindingKind.Deceased,
                    FindingSource.Partner,
                    command.Body.FoundOn!.Value,
                    command.Body.Finding!,
                    id,
                    command.Body.ConfirmingAuthority);
                var outcome = Findings.Record(work, disclosure, asked.TracingRequestId, asked.SoughtPerson, command.AnswerId, body, work.Viewer.Society);
                return outcome is Outcome.Done ? new Outcome.Done(id) : outcome;
            },
            ct,
            persons: [asked.SoughtPerson]);
    }
}
