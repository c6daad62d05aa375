using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using Rfl.Domain.Transfers;

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
        if (Refuse(fields) is { } incomplete)
            return incomplete;
        return TransferPermission.Extract(fields, soughtPerson, RouteTo(partner), file, today, policy) switch
        {
            Release<TransmissionContent>.Given { Released.Transfer: var transfer } => new TransmissionPrepared(
                requestId,
                soughtPerson,
                partner.Code,
                file.IsUrgent || file.ConcernsMinor,
                file.Region,
                fields,
                transfer.Grounds.Select(ground => ground.Id!.Value).ToValueList()),
            Release<TransmissionContent>.Withheld withheld => TransferRefusals.FieldsWithheld(withheld.Fields, "fields"),
            _ => throw new InvalidOperationException("A release is given or withheld."),
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
        return TransferPermission.Extract(prepared.Fields, prepared.SoughtPerson, RouteTo(partner), file, today, policy) switch
        {
            Release<TransmissionContent>.Given given => Departures.Transmission(given.Released),
            Release<TransmissionContent>.Withheld withheld => TransferRefusals.FieldsWithheld(withheld.Fields, null),
            _ => throw new InvalidOperationException("A release is given or withheld."),
        };
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

    /// <summary>Words leave on the same consent as fields do, and permission is asked again: it may have been withdrawn since the transmission.</summary>
    public static Decision<IPartnerSearchEvent> ProvideDetails(
        PartnerSearch state, TracingRequest request, Guid responseId, string message, DateOnly today, Policy policy)
    {
        if (state is not PartnerSearch.Transmitted { File: var file } || !file.Responses.TryGetValue(responseId, out var question)
            || question.Answer != PartnerAnswer.AsksForDetails)
        {
            return PartnerSearchRefusals.NoQuestion;
        }

        var prepared = file.Preparation;
        var words = Personal.Of(prepared.SoughtPerson, message);
        if (file.Provided.TryGetValue(responseId, out var known))
            return known.Message == words ? Decision.Unchanged : TracingRequestRefusals.AlreadyRecordedDifferently;
        if (!policy.Partners.TryGetValue(prepared.Society, out var partner))
            return PartnerSearchRefusals.SocietyUnknown;
        if (SearchDecider.Forbid(request, prepared.SoughtPerson, SearchMeans.PartnerSociety, policy) is { } forbidden)
            return forbidden;
        return TransferPermission.Message(words, prepared.SoughtPerson, RouteTo(partner), InterviewDecider.FileOf(request), today, policy) switch
        {
            Release<Personal<string>>.Given given => Departures.Details(responseId, given.Released),
            Release<Personal<string>>.Withheld withheld => TransferRefusals.FieldsWithheld(withheld.Fields, "message"),
            _ => throw new InvalidOperationException("A release is given or withheld."),
        };
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

    /// <summary>
    /// Whether what a partner holds, or is about to get, may be with it no longer: the consent that it rests on was taken back or ran out, or the person or the
    /// security assessment forbids it now.
    /// </summary>
    /// <param name="withdrawn">A consent that was just taken back or ran out; everything that left on it is to come back, whatever other consent there is.</param>
    public static bool MustComeBack(PartnerSearchFile search, Guid? withdrawn, CaseFile file, DateOnly today, Policy policy)
    {
        var prepared = search.Preparation;
        if (withdrawn is { } consent && GroundsOf(search).Contains(consent))
            return true;
        if (!policy.Partners.TryGetValue(prepared.Society, out var partner))
            return false;
        return prepared.Fields.Any(field =>
            TransferPermission.MayLeave(field, prepared.SoughtPerson, RouteTo(partner), file, today, policy) is TransferAnswer.Withheld
            {
                // What only a country's policy withholds by now was sent rightly.
                Reason: not (WithholdingReason.CountryPolicy or WithholdingReason.KnownFromAuthorityOnly),
            });
    }

    /// <summary>The way to a partner that is asked to search.</summary>
    public static TransferRoute RouteTo(PartnerSociety partner) => new(Recipient.Of(partner), TransferPurpose.PartnerSearch);

    private static IEnumerable<Guid> GroundsOf(PartnerSearchFile search) =>
        (search.Sent?.Grounds ?? search.Preparation.Grounds).Concat(search.Provided.Values.SelectMany(provided => provided.Grounds));

    private static Refusal? Refuse(ValueList<TransferField> fields)
    {
        if (fields.Count == 0)
            return PartnerSearchRefusals.NoFieldChosen;
        return fields.Any(field => field is TransferField.LastAddress or TransferField.Route) && !fields.Contains(TransferField.LossOfContact)
            ? PartnerSearchRefusals.LossOfContactNeeded
            : null;
    }
}
