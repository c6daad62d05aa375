using Rfl.Domain.Common;

namespace Rfl.Domain.TracingRequests;

/// <summary>Headquarters' decisions about a submitted request: acceptance, priority, assignment, questions, links.</summary>
public static class AssessmentDecider
{
    /// <summary>Accepting gives the priority that rule 6 proposes, with its reason.</summary>
    public static Decision<ITracingRequestEvent> Accept(TracingRequest state)
    {
        if (state is TracingRequest.Open)
            return Decision.Unchanged;
        if (state is not TracingRequest.Submitted { File: var file })
            return TracingRequestRefusals.NotAwaitingDecision;
        if (file.InformationRequests.Values.Any(request => request.Answer is null))
            return TracingRequestRefusals.InformationOutstanding;
        var (priority, reason) = PriorityRule.Propose(file);
        return file.Priority is null
            ? new ITracingRequestEvent[] { new TracingRequestAccepted(), new PriorityAssigned(priority, reason) }
            : new TracingRequestAccepted();
    }

    /// <summary>Rule 2: a declined request has a reason, and the person is oriented elsewhere.</summary>
    public static Decision<ITracingRequestEvent> Decline(TracingRequest state, DeclineReason reason, string orientation) => state switch
    {
        TracingRequest.Declined => Decision.Unchanged,
        TracingRequest.Submitted when string.IsNullOrWhiteSpace(orientation) => TracingRequestRefusals.OrientationMissing,
        TracingRequest.Submitted { File.Enquirer: { } enquirer } =>
            new TracingRequestDeclined(reason, Personal.Of(enquirer.Enquirer, orientation)),
        _ => TracingRequestRefusals.NotAwaitingDecision,
    };

    /// <summary>A judgement against the rule's proposal needs its justification.</summary>
    public static Decision<ITracingRequestEvent> AssignPriority(TracingRequest state, Priority priority, string? justification)
    {
        if (state is not (TracingRequest.Submitted or TracingRequest.Open) || InterviewDecider.FileOf(state) is not { Enquirer: { } enquirer } file)
            return TracingRequestRefusals.NotSubmitted;
        if (file.Priority?.Priority == priority)
            return Decision.Unchanged;
        var (proposed, reason) = PriorityRule.Propose(file);
        if (proposed == priority)
            return new PriorityAssigned(priority, reason);
        if (string.IsNullOrWhiteSpace(justification))
            return TracingRequestRefusals.JustificationMissing;
        return new PriorityAssigned(priority, PriorityReason.Judgement, Personal.Of(enquirer.Enquirer, justification));
    }

    public static Decision<ITracingRequestEvent> Assign(TracingRequest state, Guid caseworker)
    {
        if (state is not (TracingRequest.Submitted or TracingRequest.Open))
            return TracingRequestRefusals.NotSubmitted;
        return InterviewDecider.FileOf(state).Caseworker == caseworker ? Decision.Unchanged : new CaseAssigned(caseworker);
    }

    public static Decision<ITracingRequestEvent> RequestInformation(TracingRequest state, Guid id, string question)
    {
        if (state is not (TracingRequest.Submitted or TracingRequest.Open) || InterviewDecider.FileOf(state) is not { Enquirer: { } enquirer } file)
            return TracingRequestRefusals.NotSubmitted;
        var asked = new InformationRequested(id, Personal.Of(enquirer.Enquirer, question));
        if (file.InformationRequests.TryGetValue(id, out var known))
            return known.Question == asked ? Decision.Unchanged : TracingRequestRefusals.AlreadyRecordedDifferently;
        return asked;
    }

    public static Decision<ITracingRequestEvent> ProvideInformation(TracingRequest state, Guid id, string answer)
    {
        if (state is not TracingRequest.Started { File: { Enquirer: { } enquirer } file } || !file.InformationRequests.TryGetValue(id, out var known))
            return TracingRequestRefusals.InformationRequestUnknown;
        var provided = new InformationProvided(id, Personal.Of(enquirer.Enquirer, answer));
        if (known.Answer is not null)
            return known.Answer == provided ? Decision.Unchanged : TracingRequestRefusals.AlreadyRecordedDifferently;
        return provided;
    }

    /// <summary>Rule 5: several enquirers for one person are linked, never merged.</summary>
    public static Decision<ITracingRequestEvent> Link(TracingRequest state, TracingRequestId own, TracingRequestId other, LinkReason reason)
    {
        if (own == other)
            return TracingRequestRefusals.CannotLinkToItself;
        if (state is not TracingRequest.Started { File: var file } || file.SubmittedAt is null)
            return TracingRequestRefusals.NotSubmitted;
        return file.Links.TryGetValue(other, out var known) && known == reason ? Decision.Unchanged : new TracingRequestsLinked(other, reason);
    }

    public static Decision<ITracingRequestEvent> Unlink(TracingRequest state, TracingRequestId other) =>
        state is TracingRequest.Started { File: var file } && file.Links.ContainsKey(other) ? new TracingRequestsUnlinked(other) : Decision.Unchanged;
}
