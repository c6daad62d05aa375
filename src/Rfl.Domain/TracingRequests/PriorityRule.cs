namespace Rfl.Domain.TracingRequests;

/// <summary>Rule 6: child alone, then detention, medical or trafficking risk, then elderly or dependent, then recent loss at sea or on the route.</summary>
public static class PriorityRule
{
    /// <summary>A loss on the route or at sea counts as recent for so many days before submission.</summary>
    private const int RecentDays = 90;

    public static (Priority Priority, PriorityReason Reason) Propose(CaseFile file)
    {
        if (file.SoughtPersons.Any(person => person.Circumstances is { IsMinor: true, IsAlone: true }))
            return (Priority.ChildAlone, PriorityReason.ChildAlone);
        if (file.SoughtPersons.Any(person => person.Circumstances.InDetention))
            return (Priority.AtRisk, PriorityReason.Detention);
        if (file.SoughtPersons.Any(person => person.Circumstances.MedicalRisk))
            return (Priority.AtRisk, PriorityReason.MedicalRisk);
        if (file.SoughtPersons.Any(person => person.Circumstances.TraffickingRisk))
            return (Priority.AtRisk, PriorityReason.TraffickingRisk);
        if (file.SoughtPersons.Any(person => person.Circumstances.ElderlyOrDependent))
            return (Priority.Dependent, PriorityReason.ElderlyOrDependent);
        if (file.SoughtPersons.Any(person => LostRecentlyOnTheRoute(person, file.SubmittedAt)))
            return (Priority.RecentLoss, PriorityReason.RecentLossAtSeaOrOnTheRoute);
        return (Priority.Standard, PriorityReason.Standard);
    }

    private static bool LostRecentlyOnTheRoute(SoughtPersonFile person, DateTimeOffset? submittedAt) =>
        person.Loss is { Cause: BreakOfContact.Migration, Account.Value: { } account }
        && submittedAt is { } submitted
        && account.When is { Earliest: { } earliest, Latest: { } latest }
        // A date vaguer than a year, such as XXXX, does not say that the loss was recent.
        && latest.DayNumber - earliest.DayNumber <= 366
        && latest >= DateOnly.FromDateTime(submitted.UtcDateTime).AddDays(-RecentDays);
}
