using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;
using Rfl.Domain.Policies;

namespace Rfl.Domain.DataSubjectRequests;

public static class DataSubjectRequestDecider
{
    /// <param name="soughtByOthers">
    /// Whether an open request seeks the person. Then nobody but a person who was found could be asking, and that is for the disclosure circle alone to know.
    /// </param>
    /// <param name="proof">Given with the request by whoever asks through their own account.</param>
    public static Decision<IDataSubjectRequestEvent> Receive(
        DataSubjectRequest state, DataSubjectRequestReceived received, IdentityProof? proof, bool soughtByOthers, DateOnly today)
    {
        if (state is DataSubjectRequest.Existing { File.Received: var known })
            return known == received ? Decision.Unchanged : DataSubjectRequestRefusals.RecordedDifferently;
        if (received.ReceivedOn > today)
            return DataSubjectRequestRefusals.ReceivedInFuture;
        if (soughtByOthers && received.Requester != Requester.Enquirer)
            return DataSubjectRequestRefusals.HeardByOfficers;
        return proof is { } given
            ? new IDataSubjectRequestEvent[] { received, new RequesterIdentityVerified(given, received.ReceivedOn, received.RecordedBy) }
            : received;
    }

    public static Decision<IDataSubjectRequestEvent> VerifyIdentity(DataSubjectRequest state, IdentityProof proof, DateOnly on, Guid by, DateOnly today) => state switch
    {
        DataSubjectRequest.Existing { File.Identity: { } known } when known.Proof == proof && known.VerifiedOn == on => Decision.Unchanged,
        _ when Closed(state) is { } closed => closed,
        _ when on > today => DataSubjectRequestRefusals.VerifiedInFuture,
        _ => new RequesterIdentityVerified(proof, on, by),
    };

    /// <summary>Once, and before the first month is over: the person has to be told within it.</summary>
    public static Decision<IDataSubjectRequestEvent> Extend(DataSubjectRequest state, ExtensionReason reason, Guid by, DateTimeOffset now, Policy policy)
    {
        if (state is not DataSubjectRequest.Open { File: var file })
            return Closed(state)!;
        if (file.Extension is { } known)
            return known.Reason == reason ? Decision.Unchanged : DataSubjectRequestRefusals.AlreadyExtended;
        return file.IsOverdue || DataSubjectRequestDeadlines.Of(state).Any(open => policy.DueAt(open) <= now)
            ? DataSubjectRequestRefusals.ExtensionTooLate
            : new DataSubjectRequestExtended(reason, by);
    }

    /// <param name="isCorrection">Whether that version of the record is a correction about the person, made since the request was received.</param>
    public static Decision<IDataSubjectRequestEvent> NoteRectification(DataSubjectRequest state, Guid record, long version, bool isCorrection)
    {
        var rectified = new RectificationCarriedOut(record, version);
        if (state is DataSubjectRequest.Existing { File.Rectifications: var known } && known.Contains(rectified))
            return Decision.Unchanged;
        if (Closed(state) is { } closed)
            return closed;
        if (((DataSubjectRequest.Open)state).File.Received.Right != DataSubjectRight.Rectification)
            return DataSubjectRequestRefusals.OtherRight;
        return isCorrection ? rectified : DataSubjectRequestRefusals.NoCorrection;
    }

    /// <summary>
    /// A yes has to have its effect: corrections were made, the person was erased, processing is restricted. Access has none here; the export is made when it is
    /// asked for.
    /// </summary>
    /// <param name="hasEffect">Whether the restriction is in force, or the person erased, as of this command.</param>
    public static Decision<IDataSubjectRequestEvent> Answer(DataSubjectRequest state, DataSubjectAnswer answer, Guid by, bool hasEffect)
    {
        if (state is DataSubjectRequest.Answered { Answer.Answer: var given } && given == answer)
            return Decision.Unchanged;
        if (state is not DataSubjectRequest.Open { File: var file })
            return Closed(state)!;
        if (file.Identity is null)
            return DataSubjectRequestRefusals.IdentityNotVerified;
        if (answer != DataSubjectAnswer.NothingHeld)
        {
            if (file.Received.Right == DataSubjectRight.Rectification && file.Rectifications.IsEmpty)
                return DataSubjectRequestRefusals.RectificationMissing;
            if (file.Received.Right is DataSubjectRight.Erasure or DataSubjectRight.Restriction or DataSubjectRight.Objection && !hasEffect)
                return DataSubjectRequestRefusals.EffectMissing;
        }

        return new DataSubjectRequestAnswered(answer, by);
    }

    public static Decision<IDataSubjectRequestEvent> Refuse(DataSubjectRequest state, RequestRefusalReason reason, string explanation, Guid by)
    {
        if (state is DataSubjectRequest.Refused { Refusal.Reason: var given } && given == reason)
            return Decision.Unchanged;
        if (state is not DataSubjectRequest.Open { File: var file })
            return Closed(state)!;
        return string.IsNullOrWhiteSpace(explanation)
            ? DataSubjectRequestRefusals.ExplanationMissing
            : new DataSubjectRequestRefused(reason, by, Personal.Of(file.Received.Person, explanation));
    }

    public static Decision<IDataSubjectRequestEvent> Withdraw(DataSubjectRequest state, DateOnly on) => state switch
    {
        DataSubjectRequest.Withdrawn => Decision.Unchanged,
        _ when Closed(state) is { } closed => closed,
        _ => new DataSubjectRequestWithdrawn(on),
    };

    /// <summary>A deadline that passed already, or waits for nothing any more, leaves everything as it is.</summary>
    public static Decision<IDataSubjectRequestEvent> PassDeadline(DataSubjectRequest state, DeadlineKey deadline, DateTimeOffset dueAt) =>
        DataSubjectRequestDeadlines.Of(state).Any(open => open.Key == deadline && open.PassedAt is null)
            ? new DataSubjectRequestOverdue(deadline, dueAt)
            : Decision.Unchanged;

    /// <summary>Why nothing more can be done with the request; null while it is open.</summary>
    private static Refusal? Closed(DataSubjectRequest state) => state switch
    {
        DataSubjectRequest.Open => null,
        DataSubjectRequest.NotReceived => DataSubjectRequestRefusals.NotReceived,
        _ => DataSubjectRequestRefusals.Ended,
    };
}
