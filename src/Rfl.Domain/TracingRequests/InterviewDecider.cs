using Rfl.Domain.Common;
using Rfl.Domain.Consents;
using Rfl.Domain.People;
using Rfl.Domain.Policies;

namespace Rfl.Domain.TracingRequests;

/// <summary>The interview, piece by piece: each piece can be sent again, and corrected for as long as the request lives.</summary>
public static class InterviewDecider
{
    public static Decision<ITracingRequestEvent> Start(TracingRequest state, TracingInterviewStarted interview) => state switch
    {
        TracingRequest.NotStarted => interview,
        TracingRequest.Started { File: var file } when file.TakenBy == interview.TakenBy && file.Region == interview.Region => Decision.Unchanged,
        _ => TracingRequestRefusals.InterviewAlreadyStartedDifferently,
    };

    /// <summary>A partner's request starts as an interview that is complete: <see cref="Submit"/> follows in the same breath.</summary>
    public static Decision<ITracingRequestEvent> Receive(TracingRequest state, IncomingTracingRequestReceived incoming) => state switch
    {
        TracingRequest.NotStarted => incoming,
        TracingRequest.Started { File.Society: { } society } when society == incoming.Society => Decision.Unchanged,
        _ => TracingRequestRefusals.InterviewAlreadyStartedDifferently,
    };

    /// <summary>The same document twice is one request; another content under the same id is told so.</summary>
    public static Decision<ITracingRequestEvent> ReceiveDocument(TracingRequest state, string fingerprint) => state switch
    {
        TracingRequest.Started { File.Fingerprint: null, } and TracingRequest.Interview => new InterviewDocumentReceived(fingerprint),
        TracingRequest.Started { File.Fingerprint: var known } when known == fingerprint => Decision.Unchanged,
        _ => TracingRequestRefusals.InterviewDocumentChanged,
    };

    public static Decision<ITracingRequestEvent> RegisterEnquirer(TracingRequest state, EnquirerRegistered enquirer)
    {
        if (Refuse(state) is { } refusal)
            return refusal;
        var file = FileOf(state);
        if (file.Enquirer == enquirer)
            return Decision.Unchanged;
        if (file.Find(enquirer.Enquirer) is not null || (file.Enquirer is { } known && known.Enquirer != enquirer.Enquirer))
            return TracingRequestRefusals.PersonIdAlreadyUsed;
        if (file.Names(enquirer.Enquirer) || file.DescribesAnyOn(enquirer.Details.Value))
            return TracingRequestRefusals.PersonIdAlreadyUsed;
        return enquirer;
    }

    public static Decision<ITracingRequestEvent> PutSoughtPerson(
        TracingRequest state,
        PersonId soughtPerson,
        FamilyRelation relation,
        SoughtPersonCircumstances circumstances,
        PersonDetails details,
        Provenance provenance,
        Policy policy)
    {
        if (Refuse(state) is { } refusal)
            return refusal;
        var file = FileOf(state);
        if (file.Enquirer?.Enquirer == soughtPerson || file.Names(soughtPerson) || file.DescribesAnyOn(details))
            return TracingRequestRefusals.PersonIdAlreadyUsed;
        var personal = Personal.Of(soughtPerson, details);
        var eighteen = MonthOfMajority(circumstances, details, policy);
        if (file.Find(soughtPerson) is not { } known)
            return new SoughtPersonAdded(soughtPerson, relation, circumstances, eighteen, personal, provenance);
        // What an authority told may leave the house once somebody else says the same (rule 10): that is news.
        var said = provenance == Provenance.Authority || known.DetailsForOthers == personal;
        var same = said && known.Relation == relation && known.Circumstances == circumstances && known.Details == personal;
        return same ? Decision.Unchanged : new SoughtPersonDetailsCorrected(soughtPerson, relation, circumstances, eighteen, personal, provenance);
    }

    public static Decision<ITracingRequestEvent> RecordLossOfContact(TracingRequest state, LossOfContactRecorded loss)
    {
        if (Refuse(state) is { } refusal)
            return refusal;
        if (FileOf(state).Find(loss.SoughtPerson) is not { } person)
            return TracingRequestRefusals.SoughtPersonUnknown;
        if (FileOf(state).DescribesAnyOn(loss.Account.Value))
            return TracingRequestRefusals.PersonIdAlreadyUsed;
        return person.Loss == loss ? Decision.Unchanged : loss;
    }

    public static Decision<ITracingRequestEvent> RecordSecurityAssessment(TracingRequest state, SecurityAssessment assessment, string? explanation)
    {
        if (Refuse(state) is { } refusal)
            return refusal;
        var file = FileOf(state);
        if (file.Enquirer is not { } enquirer)
            return TracingRequestRefusals.EnquirerMissing;
        var recorded = new SecurityAssessmentRecorded(assessment, explanation is null ? null : Personal.Of(enquirer.Enquirer, explanation));
        return file.Security == recorded ? Decision.Unchanged : recorded;
    }

    /// <summary>Consents may come at any time of a request's life, before and after submission.</summary>
    public static Decision<ITracingRequestEvent> GiveConsent(TracingRequest state, Consent consent, string? evidence = null, string? interpreter = null)
    {
        if (state is not TracingRequest.Started { File: var file })
            return TracingRequestRefusals.EnquirerMissing;
        if (file.Consents.Find(known => known.Consent.ConsentId == consent.ConsentId) is { } existing)
        {
            return existing.Consent == consent && existing.Evidence == About(evidence) && existing.Interpreter == About(interpreter)
                ? Decision.Unchanged
                : TracingRequestRefusals.AlreadyRecordedDifferently;
        }

        if (file.Enquirer?.Enquirer != consent.Person && file.Find(consent.Person) is null)
            return TracingRequestRefusals.ConsentOfUnknownPerson;
        return new ConsentGiven(consent, About(evidence), About(interpreter));

        Personal<string>? About(string? text) => text is null ? null : Personal.Of(consent.Person, text);
    }

    /// <summary>As easy as giving, and never refused for the state of the request (handbook §3).</summary>
    public static Decision<ITracingRequestEvent> WithdrawConsent(TracingRequest state, Guid consentId, DateOnly on)
    {
        var consent = (state as TracingRequest.Started)?.File.Consents.Find(known => known.Consent.ConsentId == consentId);
        return consent switch
        {
            null => TracingRequestRefusals.ConsentUnknown,
            { WithdrawnOn: not null } => Decision.Unchanged,
            _ => new ConsentWithdrawn(consentId, on),
        };
    }

    public static Decision<ITracingRequestEvent> ReviewConsent(TracingRequest state, Guid consentId, DateOnly on)
    {
        var consent = (state as TracingRequest.Started)?.File.Consents.Find(known => known.Consent.ConsentId == consentId);
        return consent switch
        {
            null or { WithdrawnOn: not null } => TracingRequestRefusals.ConsentUnknown,
            { ReviewedOn: { } last } when last == on => Decision.Unchanged,
            _ => new ConsentReviewed(consentId, on),
        };
    }

    /// <summary>No security assessment, no submission (rule 4); what else is mandatory is listed by <see cref="SubmissionCheck"/>.</summary>
    public static Decision<ITracingRequestEvent> Submit(TracingRequest state, Policy policy) => state switch
    {
        TracingRequest.Interview { File: var file } => SubmissionCheck.Refusal(file, policy) is { } refusal ? refusal : new TracingRequestSubmitted(),
        TracingRequest.Started => Decision.Unchanged,
        _ => TracingRequestRefusals.SubmissionIncomplete([SubmissionCheck.Enquirer]),
    };

    internal static CaseFile FileOf(TracingRequest state) => ((TracingRequest.Started)state).File;

    /// <summary>Details can be set and corrected until the request has ended: people remember more, later.</summary>
    private static Refusal? Refuse(TracingRequest state) => state switch
    {
        TracingRequest.Interview or TracingRequest.Submitted or TracingRequest.Open => null,
        _ => TracingRequestRefusals.InterviewFinished,
    };

    private static DateOnly? MonthOfMajority(SoughtPersonCircumstances circumstances, PersonDetails details, Policy policy) =>
        circumstances.IsMinor && details.Birth?.Interval.Latest is { Year: < 9900 } latest
            ? new DateOnly(latest.Year, latest.Month, 1).AddYears(policy.Ages.Majority)
            : null;
}
