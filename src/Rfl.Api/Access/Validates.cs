using FluentValidation;

namespace Rfl.Api.Access;

public static class ValidatingConventions
{
    /// <summary>Asks the body's validator before the endpoint runs; 400 with every field that has to change.</summary>
    public static RouteHandlerBuilder Validates<TBody>(this RouteHandlerBuilder endpoint)
        where TBody : class => endpoint
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .AddEndpointFilter(async (call, next) =>
        {
            var body = call.Arguments.OfType<TBody>().Single();
            var validator = call.HttpContext.RequestServices.GetRequiredService<IValidator<TBody>>();
            var result = await validator.ValidateAsync(body, call.HttpContext.RequestAborted);
            return result.Errors is [var error, ..] ? Answer.Invalid(call.HttpContext, System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(error.PropertyName), error.ErrorCode) : await next(call);
        });
}
