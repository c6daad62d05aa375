using Rfl.Domain.Common;
using Rfl.Domain.Consents;
using Rfl.Domain.Deadlines;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;

namespace Rfl.Domain.PartnerSearches;

/// <summary>
/// Asking a partner society to search: exactly the fields that consent and country policy allow leave the house (handbook §8.5), and what was
/// asked is followed up until an answer or a recall.
/// </summary>
public static class PartnerSearchDecider
{
    /// <summary>Refuses, naming each field and why, when one of the chosen fields may not leave.</summary>
    public static Decision<IPartnerSearchEvent> Prepare(
        PartnerSearch state,
        TracingRequestId requestId,
        TracingRequest request,
        PersonId soughtPerson,
        string society,
        ValueList<TransferField> fields,
        DateOnly today,
        Policy policy)
    {
        if (state is PartnerSearch.Existing { File.Preparation: var known })
        {
            var same = known.TracingRequestId == requestId
                && known.SoughtPerson == soughtPerson
                && string.Equals(known.Society, society, StringComparison.OrdinalIgnoreCase)
                && known.Fields == fields;
            return same
                ? Decision.Unchanged
                : TracingRequestRefusals.AlreadyRecordedDifferently;
        }

        if (!policy.Partners.TryGetValue(society, out var partner))
            return PartnerSearchRefusals.SocietyUnknown;
        if (SearchDecider.Forbid(request, soughtPerson, SearchMeans.PartnerSociety, policy) is { } forbidden)
            return forbidden;
        var file = InterviewDecider.FileOf(request);
        return Permit(fields, soughtPerson, partner, file, today, policy) switch
        {
            (null, var grounds) => new TransmissionPrepared(
                requestId, soughtPerson, partner.Code, file.IsUrgent || file.ConcernsMinor, file.Region, fields, grounds),
            (var refusal, _) => refusal,
        };
    }

    /// <summary>Permission is asked again at the moment of sending: consent may have been withdrawn since the preparation.</summary>
    public static Decision<IPartnerSearchEvent> Transmit(PartnerSearch state, TracingRequest request, DateOnly today, Policy policy)
    {
        if (state is PartnerSearch.Transmitted)
            return Decision.Unchanged;
        if (state is not PartnerSearch.Prepared { File.Preparation: var prepared })
            return PartnerSearchRefusals.NotPrepared;
        if (!policy.Partners.TryGetValue(prepared.Society, out var partner))
            return PartnerSearchRefusals.SocietyUnknown;
        if (SearchDecider.Forbid(request, prepared.SoughtPerson, SearchMeans.PartnerSociety, policy) is { } forbidden)
            return forbidden;
        var file = InterviewDecider.FileOf(request);
        var (refusal, grounds) = Permit(prepared.Fields, prepared.SoughtPerson, partner, file, today, policy);
        if (refusal is not null)
            return refusal;
        var (enquirer, soughtPerson) = TransmissionExtract.Of(file, file.Find(prepared.SoughtPerson)!, prepared.Fields);
        return new TransmittedToPartner(file.Reference, prepared.Fields, grounds, enquirer, soughtPerson);
    }

    public static Decision<IPartnerSearchEvent> Acknowledge(PartnerSearch state, string? theirReference) => state switch
    {
        PartnerSearch.Transmitted { Acknowledged: true } => Decision.Unchanged,
        PartnerSearch.Transmitted { File: var file } =>
            new ReceiptAcknowledged(theirReference is null ? null : Personal.Of(file.Preparation.SoughtPerson, theirReference)),
        PartnerSearch.Recalled => PartnerSearchRefusals.Recalled,
        _ => PartnerSearchRefusals.NotTransmitted,
    };

    /// <summary>Answers that may stand outside the circle. A finding goes to the disclosure instead and leaves no trace here.</summary>
    public static Decision<IPartnerSearchEvent> Answer(PartnerSearch state, Guid responseId, PartnerAnswer answer, string? message)
    {
        if (answer is PartnerAnswer.Located or PartnerAnswer.Deceased)
            throw new ArgumentException("A finding belongs to the disclosure circle.", nameof(answer));
        if (Refuse(state) is { } refusal)
            return refusal;
        var transmitted = (PartnerSearch.Transmitted)state;
        var response = new PartnerResponseReceived(
            responseId, answer, message is null ? null : Personal.Of(transmitted.File.Preparation.SoughtPerson, message));
        if (transmitted.File.Responses.TryGetValue(responseId, out var known))
            return known == response ? Decision.Unchanged : TracingRequestRefusals.AlreadyRecordedDifferently;
        return response;
    }

    /// <summary>Why a partner cannot answer now; null when it can.</summary>
    public static Refusal? Refuse(PartnerSearch state) => state switch
    {
        PartnerSearch.Transmitted => null,
        PartnerSearch.Recalled => PartnerSearchRefusals.Recalled,
        _ => PartnerSearchRefusals.NotTransmitted,
    };

    public static Decision<IPartnerSearchEvent> ProvideDetails(PartnerSearch state, Guid responseId, string message)
    {
        if (state is not PartnerSearch.Transmitted { File: var file } || !file.Responses.TryGetValue(responseId, out var question)
            || question.Answer != PartnerAnswer.AsksForDetails)
        {
            return PartnerSearchRefusals.NoQuestion;
        }

        var provided = new DetailsProvidedToPartner(responseId, Personal.Of(file.Preparation.SoughtPerson, message));
        if (file.Provided.TryGetValue(responseId, out var known))
            return known == provided ? Decision.Unchanged : TracingRequestRefusals.AlreadyRecordedDifferently;
        return provided;
    }

    public static Decision<IPartnerSearchEvent> Recall(PartnerSearch state, RecallReason reason) => state switch
    {
        PartnerSearch.Recalled => Decision.Unchanged,
        PartnerSearch.Existing => new TransmissionRecalled(reason),
        _ => PartnerSearchRefusals.NotPrepared,
    };

    public static Decision<IPartnerSearchEvent> PassDeadline(PartnerSearch state, DeadlineKey deadline, DateTimeOffset dueAt)
    {
        if (PartnerSearchDeadlines.Of(state).All(open => open.Key != deadline || open.PassedAt is not null))
            return Decision.Unchanged;
        return deadline.Kind switch
        {
            DeadlineKind.Transmission => new TransmissionOverdue(deadline, dueAt),
            DeadlineKind.EscalationToCentralTracingAgency => new EscalatedToCentralTracingAgency(deadline, dueAt),
            _ => new ReminderSent(deadline, dueAt),
        };
    }

    private static (Refusal? Refusal, ValueList<Guid> Grounds) Permit(
        ValueList<TransferField> fields, PersonId soughtPerson, PartnerSociety partner, CaseFile file, DateOnly today, Policy policy)
    {
        if (fields.Count == 0)
            return (PartnerSearchRefusals.NoFieldChosen, []);
        if (fields.Any(field => field is TransferField.LastAddress or TransferField.Route) && !fields.Contains(TransferField.LossOfContact))
            return (PartnerSearchRefusals.LossOfContactNeeded, []);
        var answers = fields.Select(field => TransferPermission.MayLeave(field, soughtPerson, partner, file, today, policy)).ToList();
        var withheld = answers.OfType<TransferAnswer.Withheld>().ToList();
        return withheld.Count > 0
            ? (PartnerSearchRefusals.FieldsWithheld(withheld), [])
            : (null, answers.OfType<TransferAnswer.Allowed>().Select(allowed => allowed.Ground).Distinct().ToValueList());
    }
}
