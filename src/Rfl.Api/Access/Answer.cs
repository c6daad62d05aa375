using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Rfl.Api.Access;

/// <summary>The problems of signing in and of accounts.</summary>
internal static class Answer
{
    public static ProblemHttpResult Problem(HttpContext context, int status, string code)
    {
        var problem = new ProblemDetails { Type = $"urn:rfl:problem:{code}", Title = code, Status = status };
        problem.Extensions["code"] = code;
        return TypedResults.Problem(problem);
    }

    public static ProblemHttpResult Unauthorized(HttpContext context, string code) => Problem(context, StatusCodes.Status401Unauthorized, code);

    public static ProblemHttpResult Conflict(HttpContext context, string code) => Problem(context, StatusCodes.Status409Conflict, code);

    public static ProblemHttpResult NotFound(HttpContext context) => Problem(context, StatusCodes.Status404NotFound, "not-found");

    /// <summary>400 that blames one field.</summary>
    public static ProblemHttpResult Invalid(HttpContext context, string field, string code)
    {
        var problem = Problem(context, StatusCodes.Status400BadRequest, "request-invalid");
        problem.ProblemDetails.Extensions["errors"] = new Dictionary<string, string[]> { [field] = [code] };
        problem.ProblemDetails.Extensions["errorCodes"] = new Dictionary<string, string[]> { [field] = [code] };
        return problem;
    }
}
