using Rfl.Domain.Common;

namespace Rfl.Api.Pipeline;

/// <summary>What the pipeline itself may have to answer before a handler is asked.</summary>
public interface IAnswer<TSelf>
{
    /// <summary>The viewer may not ask this, whatever it is about.</summary>
    static abstract TSelf NotAllowed { get; }

    /// <summary>What was sent is not in shape.</summary>
    static abstract TSelf NotValid(IReadOnlyList<FieldProblem> problems);

    /// <summary>Whether the answer shows what was asked for.</summary>
    bool Shows { get; }

    /// <summary>Whether the answer says that this is not for the viewer, in whatever words.</summary>
    bool Denies { get; }
}

/// <summary>What became of a command. <c>ToHttp()</c> turns it into the answer; see <c>docs/adr/0035</c>.</summary>
public abstract record Outcome : IAnswer<Outcome>
{
    private Outcome()
    {
    }

    static Outcome IAnswer<Outcome>.NotAllowed => new Forbidden();

    static Outcome IAnswer<Outcome>.NotValid(IReadOnlyList<FieldProblem> problems) => new Invalid(problems);

    bool IAnswer<Outcome>.Shows => this is Done;

    bool IAnswer<Outcome>.Denies => this is NotFound or Forbidden;

    public static implicit operator Outcome(Refusal refusal) => new Refused(refusal);

    /// <summary>Done now, done before, or nothing left to do: the same answer, so that a repeated request gets its first answer again.</summary>
    /// <param name="Id">What was made or changed.</param>
    /// <param name="Version">The version that the viewer may now name in <c>If-Match</c>; becomes the ETag.</param>
    /// <param name="Body">What the caller reads back at once, in place of id and version.</param>
    /// <param name="Location">The path of what was made, below the host: <c>/api/v1/…</c>.</param>
    /// <param name="Created">Answers 201; also for the repetition of the command that made it.</param>
    public sealed record Done(Guid? Id = null, long? Version = null, object? Body = null, string? Location = null, bool Created = false) : Outcome;

    /// <summary>409: a rule of the field says no.</summary>
    public sealed record Refused(Refusal Refusal) : Outcome;

    /// <summary>400: a value is wrong in itself, whatever the state.</summary>
    public sealed record Invalid(IReadOnlyList<FieldProblem> Problems) : Outcome
    {
        public Invalid(string path, string code)
            : this([new FieldProblem(path, code)])
        {
        }
    }

    /// <summary>404: not there, or not for this viewer; nobody can tell which.</summary>
    public sealed record NotFound : Outcome;

    /// <summary>412: decided on an older version.</summary>
    /// <param name="Current">The version as this viewer may see it; never one that betrays a sealed decision (handbook, rule 12).</param>
    public sealed record Stale(long Current) : Outcome;

    /// <summary>428: the command needs <c>If-Match</c>.</summary>
    public sealed record VersionRequired : Outcome;

    /// <summary>409: the same client-made id was used before with other content.</summary>
    public sealed record DifferentContent : Outcome;

    /// <summary>422: the same Idempotency-Key was used before with another request.</summary>
    public sealed record DifferentRequest : Outcome;

    /// <summary>403: the viewer's roles do not allow the command, whatever it is about. Where the case decides, answer <see cref="NotFound"/>.</summary>
    public sealed record Forbidden : Outcome;
}

/// <summary>What became of a query.</summary>
public abstract record QueryOutcome<T> : IAnswer<QueryOutcome<T>>
{
    private QueryOutcome()
    {
    }

    static QueryOutcome<T> IAnswer<QueryOutcome<T>>.NotAllowed => new Forbidden();

    static QueryOutcome<T> IAnswer<QueryOutcome<T>>.NotValid(IReadOnlyList<FieldProblem> problems) => new Invalid(problems);

    bool IAnswer<QueryOutcome<T>>.Shows => this is Found;

    bool IAnswer<QueryOutcome<T>>.Denies => this is NotFound or Forbidden or Refused;

    public static implicit operator QueryOutcome<T>(T value) => new Found(value);

    /// <param name="Value">What may be seen by the viewer.</param>
    /// <param name="Version">Becomes the ETag.</param>
    public sealed record Found(T Value, long? Version = null) : QueryOutcome<T>;

    public sealed record NotFound : QueryOutcome<T>;

    /// <summary>409: a rule of the field says no.</summary>
    public sealed record Refused(Refusal Refusal) : QueryOutcome<T>;

    public sealed record Invalid(IReadOnlyList<FieldProblem> Problems) : QueryOutcome<T>
    {
        public Invalid(string path, string code)
            : this([new FieldProblem(path, code)])
        {
        }
    }

    public sealed record Forbidden : QueryOutcome<T>;
}
