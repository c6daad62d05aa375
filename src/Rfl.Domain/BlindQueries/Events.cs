using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.Transfers;

namespace Rfl.Domain.BlindQueries;

/// <summary>A partner's question whether there is a candidate here for a person. The answer is one of two words and says nothing more.</summary>
public interface IBlindQueryEvent : IDomainEvent;

/// <param name="Subject">The person asked about; a data subject of their own, whoever they may turn out to be.</param>
[EventType("blind-query-received.v1")]
public sealed record BlindQueryReceived(string Society, PersonId Subject, Personal<PersonDetails> Person) : IBlindQueryEvent;

[EventType("blind-query-answered.v1")]
public sealed record BlindQueryAnswered(BlindAnswer Answer, Guid AnsweredBy) : IBlindQueryEvent, IDeparture;
