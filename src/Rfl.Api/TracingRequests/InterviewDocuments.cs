using FluentValidation;
using Rfl.Api.Casework;
using Rfl.Api.DataSubjects;
using Rfl.Api.Pipeline;
using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

/// <summary>Decides on a whole document as if it were interviewed now, piece by piece; one refusal refuses all of it.</summary>
internal static class InterviewDocuments
{
    public static Outcome? Fill(InterviewContent content, Func<TracingRequest> state, Func<Decision<ITracingRequestEvent>, Outcome?> decide, Work work)
    {
        content = NameOthers(content);
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

    /// <summary>The ids of relatives, contact persons and legal representatives: they are judged with the document, whose people have theirs.</summary>
    /// <param name="path">Of the content in the message.</param>
    public static void CheckOthers<T>(ValidationContext<T> context, string path, RegisterEnquirerBody enquirer, ValueList<InterviewedSoughtPerson> soughtPersons)
    {
        HashSet<PersonId> described = [enquirer.Enquirer, .. soughtPersons.Select(person => person.SoughtPerson)];
        context.CheckOthers($"{path}.Enquirer.Details", enquirer.Details, described, isNew: true);
        for (var i = 0; i < soughtPersons.Count; i++)
        {
            context.CheckOthers($"{path}.SoughtPersons[{i}].Details", soughtPersons[i].Details, described, isNew: true);
            context.CheckOthers($"{path}.SoughtPersons[{i}].LossOfContact.Account", soughtPersons[i].LossOfContact.Account, described, isNew: true);
        }
    }

    private static InterviewContent NameOthers(InterviewContent content) => content with
    {
        Enquirer = content.Enquirer with { Details = Named(content.Enquirer.Details) },
        SoughtPersons = content.SoughtPersons.Select(person => person with
        {
            Details = Named(person.Details),
            LossOfContact = person.LossOfContact with { Account = Named(person.LossOfContact.Account) },
        }).ToValueList(),
    };

    private static T Named<T>(T sheet)
        where T : class, ISheet => OthersNamed.On(sheet, before: null);

    /// <summary>By what the people of a document are known again where one of them was erased.</summary>
    public static IEnumerable<string> IdentifyingValues(InterviewContent content) =>
    [
        .. Suppression.ValuesOf(content.Enquirer.Details.Person, content.Enquirer.Details.Contacts),
        .. content.SoughtPersons.SelectMany(person => Suppression.ValuesOf(person.Details, content.Enquirer.Details.Person)),
        .. Suppression.ValuesOf(
            content.Enquirer.Details.Others()
                .Concat(content.SoughtPersons.SelectMany(person => person.Details.Others().Concat(person.LossOfContact.Account.Others()))),
            content.Enquirer.Details.Person),
    ];

    /// <summary>Whether somebody of the request was erased since: the same document would bring them back, so it is not answered as if nothing had happened.</summary>
    public static bool NamesErased(TracingRequest state) => state is TracingRequest.Started { File: var file }
        && (file.Enquirer is { Details.IsReadable: false } || file.SoughtPersons.Exists(person => !person.Details.IsReadable)
            || file.Sheets().Any(told => told.Sheet.Others().Any(part => part.IsErased)));
}
