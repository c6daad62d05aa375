namespace Rfl.Domain.TracingRequests;

/// <summary>The state of a request in one word, as lists and enquirers see it (handbook §4).</summary>
public enum Stage
{
    Interview,
    Submitted,
    InformationRequested,
    Accepted,
    Searching,
    SoughtPersonLocated,
    FateEstablished,
    Suspended,
    Dormant,
    Declined,
    Closed,
    Withdrawn,
}

public static class Stages
{
    /// <exception cref="InvalidOperationException">The request does not exist.</exception>
    public static Stage Of(TracingRequest state) => state switch
    {
        TracingRequest.Interview => Stage.Interview,
        TracingRequest.Declined => Stage.Declined,
        TracingRequest.Closed => Stage.Closed,
        TracingRequest.Withdrawn => Stage.Withdrawn,
        TracingRequest.Open { Activity: Activity.Suspended } => Stage.Suspended,
        TracingRequest.Open { Activity: Activity.Dormant } => Stage.Dormant,
        TracingRequest.Started { File: var file } when file.InformationRequests.Values.Any(request => request.Answer is null) => Stage.InformationRequested,
        TracingRequest.Submitted => Stage.Submitted,
        TracingRequest.Open { File: var file } when file.SoughtPersons.All(person => person.Search is SearchState.Located or SearchState.FateEstablished) =>
            file.SoughtPersons.All(person => person.Search == SearchState.FateEstablished) ? Stage.FateEstablished : Stage.SoughtPersonLocated,
        TracingRequest.Open { Activity: Activity.Accepted } => Stage.Accepted,
        TracingRequest.Open => Stage.Searching,
        _ => throw new InvalidOperationException("A request that was never started has no stage."),
    };
}
