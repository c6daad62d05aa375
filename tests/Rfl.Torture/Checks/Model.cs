using System.Text.Json;
using System.Text.Json.Nodes;
using Rfl.Api.Http;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Common;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using Rfl.Torture.Clients;

namespace Rfl.Torture.Checks;

/// <summary>The sequential model of one request: what the domain decides about a command in a state, without web, store or anybody else at the same time.</summary>
internal static class Model
{
    /// <summary>Null for a command that decides on another stream too.</summary>
    public static Decision<ITracingRequestEvent>? Decide(Command command, TracingRequest state, Policy policy, DateOnly today)
    {
        switch (command.Kind)
        {
            case "AcceptTracingRequest":
                return AssessmentDecider.Accept(state);
            case "DeclineTracingRequest" when Body<DeclineTracingRequestBody>(command) is var body:
                return AssessmentDecider.Decline(state, body.Reason, body.Orientation);
            case "AssignCase":
                return AssessmentDecider.Assign(state, Body<AssignCaseBody>(command).CaseworkerId);
            case "AssignPriority" when Body<AssignPriorityBody>(command) is var body:
                return AssessmentDecider.AssignPriority(state, body.Priority, body.Justification);
            case "RequestInformation":
                return AssessmentDecider.RequestInformation(state, Thing(command), Body<RequestInformationBody>(command).Question);
            case "ProvideInformation":
                return AssessmentDecider.ProvideInformation(state, Thing(command, 2), Body<ProvideInformationBody>(command).Answer);
            case "ReceiveLead" when Body<ReceiveLeadBody>(command) is var body:
                return SearchDecider.ReceiveLead(state, Thing(command), body.SoughtPerson, body.Provenance, body.Content);
            case "PlanSearchAction" when Body<PlanSearchActionBody>(command) is var body:
                return SearchDecider.Plan(state, Thing(command), body.SoughtPerson, body.Means, body.PlannedFor, body.Plan, policy);
            case "CarryOutSearchAction" when Body<CarryOutSearchActionBody>(command) is var body:
                return SearchDecider.CarryOut(state, Thing(command, 2), body.CarriedOutOn, body.Result, body.Provenance, body.Account, today);
            case "SendAuthorityInquiry" when Body<SendAuthorityInquiryBody>(command) is var body:
                return SearchDecider.SendInquiry(state, Thing(command), body.SoughtPerson, body.Authority, body.SentOn, body.Question, body.Kind, body.Channel, policy, today);
            case "InformEnquirer" when Body<InformEnquirerBody>(command) is var body:
                return LifeDecider.InformEnquirer(state, Thing(command), body.Kind, body.SoughtPerson, body.Channel, body.InformedOn, body.Note, today, policy);
            case "RecordUnreachableEnquirer" when Body<RecordUnreachableEnquirerBody>(command) is var body:
                return LifeDecider.RecordUnreachable(state, Thing(command), body.Channel, body.AttemptedOn, today);
            case "SuspendCase":
                return LifeDecider.Suspend(state, Body<SuspendCaseBody>(command).Reason);
            case "MakeCaseDormant":
                return LifeDecider.MakeDormant(state);
            case "ReviewDormantCase" when Body<ReviewDormantCaseBody>(command) is var body:
                return LifeDecider.ReviewDormant(state, body.ReviewedOn, body.Findings);
            case "CloseCase":
                return LifeDecider.Close(state, Body<CloseCaseBody>(command).Outcome);
            case "ReopenCase":
                return LifeDecider.Reopen(state, Body<ReopenCaseBody>(command).Reason);
            case "WithdrawTracingRequest":
                return Withdraw(state);
            default:
                return null;
        }
    }

    /// <summary>What authorities were asked and have not answered is recalled with the request.</summary>
    private static Decision<ITracingRequestEvent> Withdraw(TracingRequest state)
    {
        var decision = LifeDecider.Withdraw(state);
        if (decision is not Decision<ITracingRequestEvent>.Accepted accepted)
            return decision;
        var waiting = ((TracingRequest.Started)state).File.Inquiries.Where(asked => asked.Value.IsWaiting).OrderBy(asked => asked.Key);
        return accepted.Events.Concat(waiting.Select(asked => new AuthorityInquiryRecalled(asked.Key, RecallReason.EnquirerWithdrew))).ToList();
    }

    private static T Body<T>(Command command)
    {
        var sent = JsonSerializer.SerializeToNode(command.Body, command.Body!.GetType(), command.Body is JsonNode ? null : Json.Options);
        return sent.Deserialize<T>(Json.Options)!;
    }

    /// <param name="fromEnd">Which segment of the path names the thing: 1 is the last.</param>
    private static Guid Thing(Command command, int fromEnd = 1) => Guid.Parse(command.Path.Split('/')[^fromEnd]);
}
