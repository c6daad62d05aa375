using FluentValidation;
using Rfl.Api.Deadlines;
using Rfl.Domain.People;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.TracingRequests;

/// <summary>Tracing requests from the interview to their end (handbook §3 to §5): the table of contents.</summary>
public static class TracingRequestsModule
{
    public static IServiceCollection AddTracingRequests(this IServiceCollection services) => services
        .AddScoped<TracingRequestDesk>()
        .AddScoped<CaseReader>()
        .AddInlineView<CaseRows>()
        .AddInlineView<TracingRequestDeadlineRows>();

    public static IEndpointRouteBuilder MapTracingRequests(this IEndpointRouteBuilder api)
    {
        var requests = api.MapGroup("/tracing-requests").WithTags("Tracing requests");

        // The interview
        StartingTracingInterview.Map(requests);
        ReceivingInterviewDocument.Map(requests);
        RegisteringEnquirer.Map(requests);
        RecordingSoughtPerson.Map(requests);
        RecordingLossOfContact.Map(requests);
        AssessingSecurity.Map(requests);
        GivingConsent.Map(requests);
        ReviewingConsent.Map(requests);
        WithdrawingConsent.Map(requests);
        SubmittingTracingRequest.Map(requests);

        // Assessment
        AcceptingTracingRequest.Map(requests);
        DecliningTracingRequest.Map(requests);
        AssigningPriority.Map(requests);
        AssigningCase.Map(requests);
        RequestingInformation.Map(requests);
        ProvidingInformation.Map(requests);
        LinkingTracingRequests.Map(requests);

        // The search
        PlanningSearchAction.Map(requests);
        CarryingOutSearchAction.Map(requests);
        SendingAuthorityInquiry.Map(requests);
        AnsweringAuthorityInquiry.Map(requests);
        ReceivingLead.Map(requests);

        // Keeping faith
        InformingEnquirer.Map(requests);
        RecordingUnreachableEnquirer.Map(requests);
        SuspendingCase.Map(requests);
        MakingCaseDormant.Map(requests);
        ReviewingDormantCase.Map(requests);
        MovingDeadline.Map(requests);
        WithdrawingTracingRequest.Map(requests);
        ClosingCase.Map(requests);
        ReopeningCase.Map(requests);

        // Reading
        ListingCases.Map(requests);
        FindingByReference.Map(requests);
        GettingCase.Map(requests);
        ReadingTimeline.Map(requests);
        return api;
    }
}

/// <summary>A person needs a name of one part, and nothing else (handbook §3).</summary>
public sealed class PersonDetailsValidator : AbstractValidator<PersonDetails>
{
    public PersonDetailsValidator()
    {
        RuleFor(person => person.Names.Count).InclusiveBetween(1, 20).OverridePropertyName("Names");
        RuleForEach(person => person.Names).SetValidator(new PersonNameValidator());
    }
}

public sealed class PersonNameValidator : AbstractValidator<PersonName>
{
    public PersonNameValidator()
    {
        RuleFor(name => name.Components.Count).InclusiveBetween(1, 20).OverridePropertyName("Components");
        RuleForEach(name => name.Components).ChildRules(component => component.RuleFor(part => part.Text).NotEmpty().MaximumLength(200));
    }
}
