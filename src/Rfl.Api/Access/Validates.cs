using FluentValidation;
using FluentValidation.Results;
using Rfl.Api.Pipeline;
using Rfl.Domain.Common;

namespace Rfl.Api.Access;

public static class ValidatingConventions
{
    /// <summary>Asks the body's validator before the endpoint runs; 400 with every field that has to change.</summary>
    public static RouteHandlerBuilder Validates<TBody>(this RouteHandlerBuilder endpoint)
        where TBody : class => endpoint.AddEndpointFilter(async (call, next) =>
        {
            var body = call.Arguments.OfType<TBody>().Single();
            var validator = call.HttpContext.RequestServices.GetRequiredService<IValidator<TBody>>();
            var result = await validator.ValidateAsync(body, call.HttpContext.RequestAborted);
            return result.IsValid ? await next(call) : Answer.Invalid(call.HttpContext, [.. result.Errors.Select(ToProblem)]);
        });

    private static FieldProblem ToProblem(ValidationFailure failure)
    {
        string[] limits = ["MinLength", "MaxLength", "From", "To", "ComparisonValue"];
        var values = failure.FormattedMessagePlaceholderValues ?? [];
        return new FieldProblem(
            JsonPath.Of(failure.PropertyName),
            failure.ErrorCode,
            limits.Where(values.ContainsKey).Select(limit => RuleCodes.Limit(values[limit])).ToValueList());
    }
}
