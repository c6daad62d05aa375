namespace Rfl.Domain.Tests.Common;

/// <summary>The decider of whose functions a class of specs speaks.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SpecsOfAttribute(Type decider) : Attribute
{
    public Type Decider { get; } = decider;
}

/// <summary>Which outcome of which function of the decider a spec shows; counted by <see cref="EveryDecisionIsSpecifiedTests"/>.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class SpecAttribute(Outcome outcome, string function) : Attribute
{
    public Outcome Outcome { get; } = outcome;

    public string Function { get; } = function;
}

public enum Outcome
{
    Success,
    Refused,

    /// <summary>Shows that the function has nothing to refuse.</summary>
    NeverRefused,

    /// <summary>The same command again leaves everything as it is.</summary>
    Repetition,
}
