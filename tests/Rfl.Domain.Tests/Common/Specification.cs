using Rfl.Domain.Common;
using Rfl.Domain.Disclosures;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.Policies;
using Rfl.Domain.Retentions;
using Rfl.Domain.TracingRequests;

namespace Rfl.Domain.Tests.Common;

/// <summary>
/// Specs read <c>Given(facts).When(decide).Then(facts) / ThenRefused(refusal) / ThenNothing()</c>. Facts given without an instant happen at
/// <see cref="Days.Morning"/>.
/// </summary>
public static class Specification
{
    public static Story<TracingRequest, ITracingRequestEvent> Given(params IEnumerable<ITracingRequestEvent> facts) =>
        new Story<TracingRequest, ITracingRequestEvent>(StreamKinds.TracingRequest, TracingRequest.Initial).And(Days.Morning, facts);

    public static Story<PartnerSearch, IPartnerSearchEvent> GivenSearch(params IEnumerable<IPartnerSearchEvent> facts) =>
        new Story<PartnerSearch, IPartnerSearchEvent>(StreamKinds.PartnerSearch, PartnerSearch.Initial).And(Days.Morning, facts);

    public static Story<Disclosure, IDisclosureEvent> GivenDisclosure(params IEnumerable<IDisclosureEvent> facts) =>
        new Story<Disclosure, IDisclosureEvent>(StreamKinds.Disclosure, Disclosure.Initial).And(Days.Morning, facts);

    public static Story<Retention, IRetentionEvent> GivenRetention(params IEnumerable<IRetentionEvent> facts) =>
        new Story<Retention, IRetentionEvent>(StreamKinds.Retention, Retention.Initial).And(Days.Morning, facts);

    public static Story<Policy, IPolicyEvent> GivenPolicy(params IEnumerable<IPolicyEvent> facts) =>
        new Story<Policy, IPolicyEvent>(StreamKinds.Policy, Policy.Default).And(Days.Morning, facts);
}

/// <summary>A stream so far, and the state that follows from it.</summary>
public sealed record Story<TState, TEvent>(StreamKind<TState, TEvent> Kind, TState State)
    where TEvent : IDomainEvent
{
    public Story<TState, TEvent> And(DateTimeOffset at, params IEnumerable<TEvent> facts) =>
        this with { State = facts.Aggregate(State, (state, fact) => Kind.Evolve(state, fact, at)) };

    public Story<TState, TEvent> And(params IEnumerable<TEvent> facts) => And(Days.Morning, facts);

    public Answer<TState, TEvent> When(Func<TState, Decision<TEvent>> decide) => new(this, decide(State));

    /// <summary>The command once, as its success, and then the same again: the answer to the second.</summary>
    public Answer<TState, TEvent> WhenTwice(Func<TState, Decision<TEvent>> decide)
    {
        var once = Assert.IsType<Decision<TEvent>.Accepted>(decide(State));
        return And(Days.Morning, once.Events).When(decide);
    }
}

public sealed record Answer<TState, TEvent>(Story<TState, TEvent> Story, Decision<TEvent> Decision)
    where TEvent : IDomainEvent
{
    /// <summary>Exactly these facts, and the stream can take them.</summary>
    public Story<TState, TEvent> Then(params TEvent[] expected)
    {
        var accepted = Assert.IsType<Decision<TEvent>.Accepted>(Decision);
        Assert.Equal(expected, accepted.Events);
        return Story.And(expected);
    }

    public void ThenRefused(Refusal expected) => Assert.Equal(expected, Assert.IsType<Decision<TEvent>.Refused>(Decision).Refusal);

    public void ThenNothing() => Assert.IsType<Decision<TEvent>.Unchanged>(Decision);
}
