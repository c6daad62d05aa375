using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Rfl.Api.Reads;

namespace Rfl.Api.Access;

/// <summary>Says in a problem why a request was not admitted: 401 with the way to sign in, or 403 with the gate that stayed shut.</summary>
public sealed class RefusingRequests : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler standard = new();

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
            return;
        }

        if (authorizeResult.Forbidden && context.IsSignedIn())
            await ReadEndpoints.LogTurnedAwayAsync(context);
        // Sets the status and, for 401, the header WWW-Authenticate; writes no body.
        await standard.HandleAsync(next, context, policy, authorizeResult);
        var code = authorizeResult.AuthorizationFailure?.FailureReasons.FirstOrDefault()?.Message;
        await Answer.Problem(context, context.Response.StatusCode, authorizeResult.Forbidden ? code ?? "not-allowed" : "not-signed-in").ExecuteAsync(context);
    }
}
