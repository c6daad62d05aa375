using Rfl.Api.Casework;
using Rfl.Api.DataSubjects;
using Rfl.Api.Pipeline;
using Rfl.Domain.Common;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

/// <summary>Decides on a whole document as if it were interviewed now, piece by piece; one refusal refuses all of it.</summary>
internal static class InterviewDocuments
{
    public static Outcome? Fill(InterviewContent content, Func<TracingRequest> state, Func<Decision<ITracingRequestEvent>, Outcome?> decide, Work work)
    {
        if (decide(InterviewDecider.RegisterEnquirer(state(), content.Enquirer.ToEvent())) is { } enquirerRefused)
            return enquirerRefused;
        foreach (var person in content.SoughtPersons)
        {
            var refused = decide(InterviewDecider.PutSoughtPerson(
                    state(), person.SoughtPerson, person.Relation, person.Circumstances, person.Details, person.Provenance, work.Policy))
                ?? decide(InterviewDecider.RecordLossOfContact(state(), person.LossOfContact.ToEvent(person.SoughtPerson)));
            if (refused is not null)
                return refused;
        }

        var assessment = content.SecurityAssessment;
        if (decide(InterviewDecider.RecordSecurityAssessment(state(), assessment.Assessment, assessment.Explanation)) is { } securityRefused)
            return securityRefused;
        foreach (var consent in content.Consents)
        {
            if (decide(InterviewDecider.GiveConsent(
                state(), consent.Consent.ToConsent(consent.ConsentId), consent.Consent.Evidence, consent.Consent.Interpreter)) is { } consentRefused)
                return consentRefused;
        }

        return content.Submit ? decide(InterviewDecider.Submit(state(), work.Policy)) : null;
    }

    /// <summary>By what the people of a document are known again where one of them was erased.</summary>
    public static IEnumerable<string> IdentifyingValues(InterviewContent content) =>
    [
        .. Suppression.ValuesOf(content.Enquirer.Details.Person, content.Enquirer.Details.Contacts),
        .. content.SoughtPersons.SelectMany(person => Suppression.ValuesOf(person.Details, content.Enquirer.Details.Person)),
    ];

    /// <summary>Whether somebody of the request was erased since: the same document would bring them back, so it is not answered as if nothing had happened.</summary>
    public static bool NamesErased(TracingRequest state) => state is TracingRequest.Started { File: var file }
        && (file.Enquirer is { Details.IsReadable: false } || file.SoughtPersons.Exists(person => !person.Details.IsReadable));
}
