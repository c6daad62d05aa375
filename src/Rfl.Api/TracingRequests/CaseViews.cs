using Rfl.Domain.Common;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

/// <summary>From the state of a request to its view.</summary>
public static class CaseViews
{
    public static CaseView Of(TracingRequestId id, TracingRequest.Started request, ValueList<long> unreadable, Policy policy, DateOnly today)
    {
        var file = request.File;
        return new CaseView(
            id,
            file.Reference,
            Stages.Of(request),
            (request as TracingRequest.Closed)?.Outcome,
            file.Priority?.Priority,
            file.Priority?.Reason,
            file.Region,
            file.Society,
            file.Caseworker,
            file.SubmittedAt,
            file.AcceptedAt,
            file.LastActivityAt,
            file.LastNewsAt,
            file.Enquirer is { } enquirer
                ? new EnquirerView(enquirer.Enquirer, enquirer.CountryOfStay, enquirer.IsMinor, enquirer.Details.IsErased, IsUnreadable(enquirer.Details), enquirer.Details.Value)
                : null,
            file.SoughtPersons.Select(Person).ToValueList(),
            file.Security is { } security ? new SecurityView(security.Assessment, security.Explanation?.Value) : null,
            file.Consents.Select(consent => new ConsentView(consent.Consent, consent.HoldsOn(today), consent.WithdrawnOn)).ToValueList(),
            file.InformationRequests.OrderBy(request => request.Value.AskedAt)
                .Select(request => new InformationRequestView(
                    request.Key, request.Value.Question.Question.Value, request.Value.AskedAt, request.Value.Answer?.Answer.Value))
                .ToValueList(),
            file.SearchActions.Values.OrderBy(action => action.Plan.PlannedFor).ThenBy(action => action.Plan.SearchActionId).Select(Action).ToValueList(),
            file.Inquiries.Values.OrderBy(inquiry => inquiry.SentAt).ThenBy(inquiry => inquiry.Sent.InquiryId).Select(Inquiry).ToValueList(),
            file.Leads.Values.OrderBy(lead => lead.LeadId)
                .Select(lead => new LeadView(lead.LeadId, lead.SoughtPerson, lead.Provenance, lead.Content.Value)).ToValueList(),
            file.News.Values.OrderBy(news => news.InformedOn).ThenBy(news => news.NewsId)
                .Select(news => new NewsView(news.NewsId, news.Kind, news.SoughtPerson, news.Channel, news.InformedOn, news.Note?.Value)).ToValueList(),
            file.Links.OrderBy(link => link.Key.Value).Select(link => new LinkView(link.Key, link.Value)).ToValueList(),
            TracingRequestDeadlines.Of(request).Select(open => (open, DueAt: policy.DueAt(open))).Where(row => row.DueAt is not null)
                .OrderBy(row => row.DueAt).ThenBy(row => row.open.Key.Kind)
                .Select(row => new DeadlineView(row.open.Key, row.DueAt!.Value, row.open.PassedAt)).ToValueList(),
            unreadable);
    }

    private static bool IsUnreadable<T>(Personal<T> personal)
        where T : notnull => personal is { IsReadable: false, IsErased: false };

    private static SoughtPersonView Person(SoughtPersonFile person) => new(
        person.Id,
        person.Relation,
        person.Circumstances,
        person.Search,
        person.Details.IsErased,
        IsUnreadable(person.Details),
        person.Details.Value,
        person.Loss is { } loss ? new LossView(loss.Cause, loss.Country, loss.Account.Value) : null,
        Released(person));

    private static ReleaseView? Released(SoughtPersonFile person) => person switch
    {
        { Fate: { } fate } => new ReleaseView(null, null, fate.News.Value, fate.ConfirmingAuthority.Value),
        { Released: { } located } => new ReleaseView(located.Extent, located.Coordinates?.Value, null, null),
        _ => null,
    };

    private static SearchActionView Action(SearchActionFile action) => new(
        action.Plan.SearchActionId,
        action.Plan.SoughtPerson,
        action.Plan.Means,
        action.Plan.PlannedFor,
        action.Plan.Plan.Value,
        action.Done?.CarriedOutOn,
        action.Done?.Result,
        action.Done?.Account.Value);

    private static InquiryView Inquiry(InquiryFile inquiry) => new(
        inquiry.Sent.InquiryId,
        inquiry.Sent.SoughtPerson,
        inquiry.Sent.Authority.Value,
        inquiry.Sent.SentOn,
        inquiry.Sent.Question.Value,
        inquiry.Answer?.AnsweredOn,
        inquiry.Answer?.Result,
        inquiry.Answer?.Answer.Value,
        inquiry.Recalled?.Reason);
}
