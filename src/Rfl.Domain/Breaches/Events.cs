using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;

namespace Rfl.Domain.Breaches;

/// <summary>
/// A breach of personal data in the register that the law wants kept (handbook §8.7): what happened, what it means for whom, whether the authority was told within
/// 72 hours of knowing, and the people where the risk is high. What is written of it is sealed with a key of its own.
/// </summary>
public interface IBreachEvent : IDomainEvent;

/// <param name="AwareAt">When the Society knew: the clock runs from here, not from the recording.</param>
/// <param name="Affected">How many people, as far as is known.</param>
[EventType("breach-recorded.v1")]
public sealed record BreachRecorded(
    DateTimeOffset AwareAt, ValueList<BreachNature> Natures, int? Affected, PersonId Subject, Personal<string> Description, Guid By) : IBreachEvent;

[EventType("breach-assessed.v1")]
public sealed record BreachAssessed(BreachRisk Risk, int? Affected, Personal<string> Assessment, Guid By) : IBreachEvent;

/// <param name="Delay">Why it took longer than 72 hours, where it did.</param>
[EventType("breach-authority-notified.v1")]
public sealed record AuthorityNotified(DateTimeOffset NotifiedAt, string? Reference, Personal<string>? Delay, Guid By) : IBreachEvent;

/// <param name="How">By what means, or why in public only.</param>
[EventType("breach-subjects-informed.v1")]
public sealed record SubjectsInformed(DateOnly InformedOn, int Informed, Personal<string> How, Guid By) : IBreachEvent;

[EventType("breach-closed.v1")]
public sealed record BreachClosed(Personal<string> Measures, Guid By) : IBreachEvent;

[EventType("breach-deadline-passed.v1")]
public sealed record BreachDeadlinePassed(DeadlineKey Deadline, DateTimeOffset DueAt) : IBreachEvent;
