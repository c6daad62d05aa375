using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Rfl.Api.Access;
using Rfl.Api.Http;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Accounts;

/// <param name="Id">Made by the client, so that a repeated request makes no second account.</param>
/// <param name="Email">One account per address.</param>
/// <param name="DisplayName">How colleagues know the person.</param>
/// <param name="Language"><c>en</c> or <c>fr</c>.</param>
/// <param name="Roles">Administrators, data-protection officers and outsiders hold exactly one.</param>
/// <param name="Region">For volunteers and regional focal points.</param>
/// <param name="Society">For partners' and referral organisations' people.</param>
/// <param name="TracingRequestId">For enquirers.</param>
public sealed record CreateAccountRequest(
    Guid Id,
    string Email,
    string DisplayName,
    string Language,
    IReadOnlyList<Role> Roles,
    string? Region = null,
    string? Society = null,
    Guid? TracingRequestId = null)
{
    public RoleAssignment Assignment => new(Roles.ToValueList(), Region, Society, TracingRequestId);
}

public sealed class CreateAccountRequestValidator : AbstractValidator<CreateAccountRequest>
{
    public CreateAccountRequestValidator()
    {
        RuleFor(request => request.Id).NotEmpty();
        RuleFor(request => request.Email).NotEmpty().MaximumLength(254).EmailAddress();
        RuleFor(request => request.DisplayName).NotEmpty().MaximumLength(120);
        RuleFor(request => request.Language).Must(language => language is "en" or "fr").WithErrorCode("language-unknown");
        RuleFor(request => request.Region).MaximumLength(60);
        RuleFor(request => request.Society).MaximumLength(60);
        RuleForEach(request => request.Roles).IsInEnum();
    }
}

/// <summary>
/// Makes an account with a one-time password. Repeated with the same content before its first use, it answers again with a fresh password, since the first
/// answer may have been lost.
/// </summary>
public static class CreatingAccount
{
    public const string Differs = "account-differs";
    public const string EmailTaken = "email-taken";

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/accounts", CreateAccount)
        .RequireRoles(Role.SystemAdministrator)
        .Validates<CreateAccountRequest>()
        .WithName("createAccount").WithTags("Accounts").WithSummary("Make an account; answers its one-time password.")
        .WithExample(new CreateAccountRequest(
            Guid.Parse("0198c5b2-6f0e-7c3a-9d64-2f1e8a7b5c10"), "amina@redcross.example", "Amina", "fr", [Role.FieldVolunteer], "hauts-de-france"))
        .MayRefuse(Differs, EmailTaken, AccountSaving.ChangedMeanwhile);

    public static async Task<Results<Created<AccountWithPassword>, ProblemHttpResult>> CreateAccount(
        CreateAccountRequest body,
        HttpContext http,
        UserManager<StaffAccount> accounts,
        Passwords passwords,
        SignInAudit audit,
        IOptions<SignInPolicy> policy,
        TimeProvider clock,
        CancellationToken cancel)
    {
        if (body.Assignment.Check() is { } refusal)
            return Answer.Invalid(http, refusal.Field!, refusal.Code);
        var until = clock.GetUtcNow() + policy.Value.OneTimePasswordLifetime;
        var password = Passwords.NewOneTimePassword();
        var existing = await accounts.FindByIdAsync(body.Id.ToString());
        var account = existing ?? NewAccount(body, clock.GetUtcNow());
        if (existing is not null && !IsRepeat(existing, body))
            return Answer.Conflict(http, Differs);
        await passwords.Replace(account, password, until);
        audit.Note(AuditAction.AccountCreated, account.Id, detail: string.Join(' ', account.RoleNames));
        try
        {
            var result = existing is null ? await accounts.CreateAsync(account) : await accounts.UpdateAsync(account);
            if (!result.Succeeded)
                return result.Errors.Any(error => error.Code is nameof(IdentityErrorDescriber.DuplicateEmail)) ? Answer.Conflict(http, EmailTaken)
                    : result.Errors.Any(error => error.Code is nameof(IdentityErrorDescriber.InvalidEmail)) ? Answer.Invalid(http, "email", "email-invalid")
                    : Answer.Conflict(http, AccountSaving.ChangedMeanwhile);
        }
        catch (DbUpdateException raced) when (raced.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } violation)
        {
            return Answer.Conflict(http, violation.ConstraintName == "accounts_pkey" ? AccountSaving.ChangedMeanwhile : EmailTaken);
        }

        return TypedResults.Created($"/api/v1/accounts/{account.Id}", new AccountWithPassword(AccountView.Of(account), password, until));
    }

    private static StaffAccount NewAccount(CreateAccountRequest body, DateTimeOffset now)
    {
        var account = new StaffAccount
        {
            Id = body.Id,
            UserName = body.Id.ToString("N"),
            Email = body.Email.Trim(),
            DisplayName = body.DisplayName.Trim(),
            Language = body.Language,
            CreatedAt = now,
        };
        account.Assign(body.Assignment);
        return account;
    }

    private static bool IsRepeat(StaffAccount account, CreateAccountRequest body) =>
        account.PasswordExpiresAt is not null && account.IsActive
        && string.Equals(account.Email, body.Email.Trim(), StringComparison.OrdinalIgnoreCase)
        && account.DisplayName == body.DisplayName.Trim()
        && account.Language == body.Language
        && new RoleAssignment(account.Roles, account.Region, account.Society, account.TracingRequestId) == body.Assignment;
}
