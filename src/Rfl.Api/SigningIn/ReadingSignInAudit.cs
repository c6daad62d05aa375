using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Rfl.Api.Access;
using Rfl.Api.Http;
using Rfl.Domain.Access;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.SigningIn;

/// <summary>One line of the audit: ids and codes, no names and no addresses.</summary>
/// <param name="At">When it was noted.</param>
/// <param name="Action">For example <c>sign-in</c>, <c>lockout</c>, <c>roles-changed</c>, <c>api-key-used</c>.</param>
/// <param name="Outcome"><c>done</c> or <c>refused</c>.</param>
/// <param name="ActorId">Who acted, where known.</param>
/// <param name="SubjectId">The account or API key it happened to.</param>
/// <param name="UnknownAccount">The same value means the same text was typed, where no such account exists.</param>
/// <param name="Address">The same value means the same network address.</param>
/// <param name="Detail">Codes: why it was refused, or what changed.</param>
public sealed record SignInAuditLine(
    DateTimeOffset At, string Action, string Outcome, Guid? ActorId, Guid? SubjectId, string? UnknownAccount, string? Address, string? Detail);

/// <summary>The data-protection officer reads who signed in and what happened to accounts and keys, the latest first.</summary>
public static class ReadingSignInAudit
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/sign-in-audit", GetSignInAudit)
        .RequireRoles(Role.DataProtectionOfficer)
        .WithName("getSignInAudit").WithTags("Accounts").WithSummary("Sign-ins, refusals, and changes to accounts and API keys, the latest first.");

    public static async Task<Results<Ok<Page<SignInAuditLine>>, ProblemHttpResult>> GetSignInAudit(
        HttpContext http, IdentityDatabase database, Cursors cursors, Guid? subjectId, string? action, string? cursor, int? limit, CancellationToken cancel)
    {
        var list = $"sign-in-audit:{subjectId}:{action}";
        var (page, problem) = PageRequest<long>.Read(cursors, list, cursor, limit);
        if (page is null)
            return Answer.Invalid(http, [problem!]);
        var lines = await database.Audit.AsNoTracking()
            .Where(line => page.After == null || line.Seq < page.After)
            .Where(line => subjectId == null || line.SubjectId == subjectId)
            .Where(line => action == null || line.Action == action)
            .OrderByDescending(line => line.Seq).Take(page.Limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(page.Page(cursors, list, lines, line => line.Seq, line => new SignInAuditLine(
            line.At, line.Action, line.Outcome, line.ActorId, line.SubjectId, Hex(line.UnknownAccount), Hex(line.IpHash), line.Detail)));
    }

    private static string? Hex(byte[]? hash) => hash is null ? null : Convert.ToHexStringLower(hash);
}
