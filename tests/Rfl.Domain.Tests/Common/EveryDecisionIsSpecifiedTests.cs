using System.Reflection;
using Rfl.Domain.Common;

namespace Rfl.Domain.Tests.Common;

/// <summary>No decider's function without its specs: success, refusal (or the proof that there is none), repetition.</summary>
public sealed class EveryDecisionIsSpecifiedTests
{
    private static readonly HashSet<(Type? Decider, string Function, Outcome Outcome)> Specified =
    [
        .. from type in typeof(EveryDecisionIsSpecifiedTests).Assembly.GetTypes()
           from method in type.GetMethods()
           where method.GetCustomAttributes<FactAttribute>().Any(fact => fact.Skip is null)
           from spec in method.GetCustomAttributes<SpecAttribute>()
           select (type.GetCustomAttribute<SpecsOfAttribute>()?.Decider, spec.Function, spec.Outcome),
    ];

    [Fact]
    public void Every_function_has_a_spec_of_its_success_its_refusal_and_its_repetition() => Assert.Empty(
        from function in Functions
        from missing in Missing(function)
        select $"{function.DeclaringType!.Name}.{function.Name}: {missing}");

    [Fact]
    public void Every_spec_speaks_of_a_function_that_exists()
    {
        var functions = Functions.Select(function => (function.DeclaringType, function.Name)).ToHashSet();

        Assert.NotEmpty(functions);
        Assert.DoesNotContain(Specified, spec => !functions.Contains((spec.Decider, spec.Function)));
    }

    private static IEnumerable<MethodInfo> Functions =>
        from type in typeof(Decision<>).Assembly.GetExportedTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where !method.IsSpecialName
            && method.ReturnType.IsGenericType
            && method.ReturnType.GetGenericTypeDefinition() == typeof(Decision<>)
        select method;

    private static IEnumerable<Outcome> Missing(MethodInfo function)
    {
        bool Has(Outcome outcome) => Specified.Contains((function.DeclaringType, function.Name, outcome));

        if (!Has(Outcome.Success))
            yield return Outcome.Success;
        if (Has(Outcome.Refused) == Has(Outcome.NeverRefused))
            yield return Outcome.Refused;
        if (!Has(Outcome.Repetition))
            yield return Outcome.Repetition;
    }
}
