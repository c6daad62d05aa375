namespace Rfl.Domain.Common;

/// <summary>A concept kept as a stream of events.</summary>
/// <param name="Name">Stored with every stream, for ever.</param>
/// <param name="Events">What all its events are.</param>
public record StreamKind(string Name, Type Events)
{
    /// <summary>Whether a stream's id follows from what it is about; in all other kinds whoever begins the stream chooses it.</summary>
    public bool HasDerivedIds { get; init; }

    /// <summary>
    /// Where not null, every event of the kind is stored under this one name, sealed as a whole and without naming a person: whoever has the database alone sees
    /// neither what happened nor about whom (rule 12).
    /// </summary>
    public string? SealedAs { get; init; }
}

/// <summary>A concept kept as a stream of events: its stored name, where it starts, and how one more fact changes it.</summary>
/// <param name="Name">Stored with every stream, for ever.</param>
/// <param name="Evolve">Throws on a fact that is impossible in the state.</param>
public sealed record StreamKind<TState, TEvent>(string Name, TState Initial, Func<TState, TEvent, DateTimeOffset, TState> Evolve)
    : StreamKind(Name, typeof(TEvent))
    where TEvent : IDomainEvent
{
    public TState Fold(IEnumerable<(TEvent Event, DateTimeOffset At)> facts) =>
        facts.Aggregate(Initial, (state, fact) => Evolve(state, fact.Event, fact.At));
}

/// <summary>Every kind of stream there is.</summary>
public static class StreamKinds
{
    public static readonly StreamKind<TracingRequests.TracingRequest, TracingRequests.ITracingRequestEvent> TracingRequest =
        new("tracing-request", TracingRequests.TracingRequest.Initial, TracingRequests.TracingRequest.Evolve);

    public static readonly StreamKind<PartnerSearches.PartnerSearch, PartnerSearches.IPartnerSearchEvent> PartnerSearch =
        new("partner-search", PartnerSearches.PartnerSearch.Initial, PartnerSearches.PartnerSearch.Evolve);

    public static readonly StreamKind<Disclosures.Disclosure, Disclosures.IDisclosureEvent> Disclosure =
        new("disclosure", Disclosures.Disclosure.Initial, Disclosures.Disclosure.Evolve)
        {
            HasDerivedIds = true,
            SealedAs = "disclosure-fact.v1",
        };

    public static readonly StreamKind<Policies.Policy, Policies.IPolicyEvent> Policy =
        new("policy", Policies.Policy.Default, (policy, happened, _) => Policies.Policy.Evolve(policy, happened));

    public static readonly StreamKind<RegisteredPersons.RegisteredPerson, RegisteredPersons.IRegisteredPersonEvent> RegisteredPerson =
        new("registered-person", RegisteredPersons.RegisteredPerson.Initial, (person, happened, _) => RegisteredPersons.RegisteredPerson.Evolve(person, happened));

    public static readonly StreamKind<Matches.Match, Matches.IMatchEvent> Match =
        new("match", Matches.Match.Initial, (match, happened, _) => Matches.Match.Evolve(match, happened)) { HasDerivedIds = true };

    public static readonly StreamKind<Retentions.Retention, Retentions.IRetentionEvent> Retention =
        new("retention", Retentions.Retention.Initial, (retention, happened, _) => Retentions.Retention.Evolve(retention, happened)) { HasDerivedIds = true };

    public static readonly StreamKind<BlindQueries.BlindQuery, BlindQueries.IBlindQueryEvent> BlindQuery =
        new("blind-query", BlindQueries.BlindQuery.Initial, (query, happened, _) => BlindQueries.BlindQuery.Evolve(query, happened));

    public static readonly StreamKind<DataSubjectRequests.DataSubjectRequest, DataSubjectRequests.IDataSubjectRequestEvent> DataSubjectRequest =
        new("data-subject-request", DataSubjectRequests.DataSubjectRequest.Initial, DataSubjectRequests.DataSubjectRequest.Evolve);

    public static readonly StreamKind<DataSubjects.DataSubject, DataSubjects.IDataSubjectEvent> DataSubject =
        new("data-subject", DataSubjects.DataSubject.Initial, (subject, happened, _) => DataSubjects.DataSubject.Evolve(subject, happened)) { HasDerivedIds = true };

    public static readonly StreamKind<BreakGlass.BreakGlass, BreakGlass.IBreakGlassEvent> BreakGlass =
        new("break-glass", Domain.BreakGlass.BreakGlass.Initial, Domain.BreakGlass.BreakGlass.Evolve);

    public static readonly StreamKind<Watch.WatchedCase, Watch.IWatchedCaseEvent> WatchedCase =
        new("watched-case", Watch.WatchedCase.Initial, (state, happened, _) => Watch.WatchedCase.Evolve(state, happened)) { HasDerivedIds = true };

    public static readonly StreamKind<Watch.AccessAlarm, Watch.IAccessAlarmEvent> AccessAlarm =
        new("access-alarm", Watch.AccessAlarm.Initial, (state, happened, _) => Watch.AccessAlarm.Evolve(state, happened)) { HasDerivedIds = true };

    public static readonly StreamKind<Breaches.Breach, Breaches.IBreachEvent> Breach =
        new("personal-data-breach", Breaches.Breach.Initial, Breaches.Breach.Evolve);

    public static readonly IReadOnlyList<StreamKind> All =
    [
        TracingRequest, PartnerSearch, Disclosure, Policy, RegisteredPerson,
        Match, Retention, BlindQuery, DataSubjectRequest, DataSubject,
        BreakGlass, WatchedCase, AccessAlarm, Breach,
    ];
}
