using Microsoft.AspNetCore.Http.HttpResults;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;

namespace Rfl.Api.Access;

/// <summary>The problems of signing in, of accounts and of API keys, whose use cases answer without the pipeline.</summary>
internal static class Answer
{
    public static ProblemHttpResult Problem(HttpContext context, int status, string code) => TypedResults.Problem(Problems.Of(context, status, code));

    public static ProblemHttpResult Unauthorized(HttpContext context, string code) => Problem(context, StatusCodes.Status401Unauthorized, code);

    public static ProblemHttpResult Conflict(HttpContext context, string code) => Problem(context, StatusCodes.Status409Conflict, code);

    public static ProblemHttpResult NotFound(HttpContext context) => TypedResults.Problem(Problems.Of(context, StatusCodes.Status404NotFound));

    /// <summary>400 that blames one field.</summary>
    public static ProblemHttpResult Invalid(HttpContext context, string field, string code) => Invalid(context, [new FieldProblem(field, code)]);

    public static ProblemHttpResult Invalid(HttpContext context, IReadOnlyList<FieldProblem> problems) =>
        TypedResults.Problem(Problems.Of(context, problems));
}
