using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Rfl.Domain.Common;

namespace Rfl.Api.Pipeline;

/// <summary>
/// Asks every validator of the message; all that is wrong is told at once. Texts come from the catalogue by the rule's error code; FluentValidation's own
/// texts are not used, since several of them repeat the value.
/// </summary>
public sealed class Validation<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : IAnswer<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        List<FieldProblem> problems = [];
        foreach (var validator in validators)
        {
            var result = await validator.ValidateAsync(request, cancellationToken);
            problems.AddRange(result.Errors.Select(ToProblem));
        }

        return problems.Count == 0 ? await next() : TResponse.NotValid(problems);
    }

    private static FieldProblem ToProblem(ValidationFailure failure) =>
        new(JsonPath.Of(failure.PropertyName), failure.ErrorCode, Limits(failure));

    /// <summary>The numbers that the built-in rules compare with, in the order in which the texts name them.</summary>
    private static ValueList<string> Limits(ValidationFailure failure)
    {
        var values = failure.FormattedMessagePlaceholderValues ?? [];
        string[] names = ["MinLength", "MaxLength", "From", "To", "ComparisonValue"];
        return names.Where(values.ContainsKey).Select(name => RuleCodes.Limit(values[name])).ToValueList();
    }
}
