namespace Rfl.Domain.BlindQueries;

/// <summary>Where a partner's question stands.</summary>
public abstract record BlindQuery
{
    private BlindQuery()
    {
    }

    public static BlindQuery Initial { get; } = new None();

    public sealed record None : BlindQuery;

    public abstract record Existing(BlindQueryReceived Question) : BlindQuery
    {
        public BlindQueryStatus Status => this switch
        {
            Answered { Answer: BlindAnswer.ContactUs } => BlindQueryStatus.ContactUs,
            Answered => BlindQueryStatus.NoCandidate,
            _ => BlindQueryStatus.UnderReview,
        };
    }

    public sealed record UnderReview(BlindQueryReceived Question) : Existing(Question);

    public sealed record Answered(BlindQueryReceived Question, BlindAnswer Answer, Guid AnsweredBy) : Existing(Question);

    /// <exception cref="InvalidOperationException">The fact is impossible in this state.</exception>
    public static BlindQuery Evolve(BlindQuery state, IBlindQueryEvent happened) => (state, happened) switch
    {
        (None, BlindQueryReceived received) => new UnderReview(received),
        (UnderReview query, BlindQueryAnswered answered) => new Answered(query.Question, answered.Answer, answered.AnsweredBy),
        _ => throw new InvalidOperationException($"{happened.GetType().Name} cannot happen to a query that is {state.GetType().Name}."),
    };
}

public enum BlindQueryStatus
{
    UnderReview,
    NoCandidate,
    ContactUs,
}

public enum BlindAnswer
{
    NoCandidate,

    /// <summary>There may be something to talk about between the two societies, by people.</summary>
    ContactUs,
}

/// <summary>How much a partner may ask, and what looks like trying out names.</summary>
public static class BlindQueryRules
{
    /// <summary>Queries of one society in 24 hours.</summary>
    public const int PerDay = 50;

    /// <summary>So many within an hour raise an alarm.</summary>
    public const int FloodPerHour = 20;

    /// <summary>So many on one day about people who sound alike raise an alarm.</summary>
    public const int ProbesPerDay = 5;
}
