using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Rfl.Api.Access;
using Rfl.Api.Http;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.SigningIn;

/// <summary>What the authenticator app needs, once.</summary>
/// <param name="Secret">Base32, to be typed in.</param>
/// <param name="Uri">The same as an <c>otpauth</c> address, to be shown as a QR code.</param>
public sealed record SecondFactorEnrolment(string Secret, string Uri);

public sealed record CodeRequest(string Code);

/// <summary>Ten codes for the day the phone is lost, each good once. Shown now and never again.</summary>
public sealed record RecoveryCodes(IReadOnlyList<string> Codes);

public sealed class CodeRequestValidator : AbstractValidator<CodeRequest>
{
    public CodeRequestValidator() => RuleFor(request => request.Code).NotEmpty().MaximumLength(40);
}

/// <summary>Enrolling an authenticator app, confirming it with its first code, renewing the recovery codes, giving it up.</summary>
public static class EnrollingSecondFactor
{
    public const string AlreadyOn = "second-factor-already-on";
    public const string NotOn = "second-factor-not-on";
    public const string Required = "second-factor-required";

    public const string CodeHeader = "Second-Factor-Code";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/me/second-factor", EnrolSecondFactor).AllowLimitedSessions()
            .WithName("enrolSecondFactor").WithTags("Signing in").WithSummary("Get a secret for an authenticator app; it counts once confirmed.")
            .MayRefuse(AlreadyOn, OwnAccount.OfProvider, AccountSaving.ChangedMeanwhile);
        api.MapPost("/me/second-factor/confirmation", ConfirmSecondFactor).AllowLimitedSessions()
            .RequireRateLimiting(RateLimits.SignIn).Validates<CodeRequest>()
            .WithName("confirmSecondFactor").WithTags("Signing in").WithSummary("Confirm the app with its current code; answers the recovery codes.")
            .WithExample(new CodeRequest("123456")).MayRefuse(AlreadyOn, OwnAccount.OfProvider, AccountSaving.ChangedMeanwhile);
        api.MapPost("/me/second-factor/recovery-codes", RenewRecoveryCodes)
            .RequireRateLimiting(RateLimits.SignIn).Validates<CodeRequest>()
            .WithName("renewRecoveryCodes").WithTags("Signing in").WithSummary("Replace the recovery codes, on a current code of the app.")
            .WithExample(new CodeRequest("123456")).MayRefuse(NotOn, OwnAccount.OfProvider);
        api.MapDelete("/me/second-factor", RemoveSecondFactor).RequireRateLimiting(RateLimits.SignIn)
            .WithName("removeSecondFactor").WithTags("Signing in").WithSummary("Give up the second factor, on a current code of the app.")
            .MayRefuse(Required, OwnAccount.OfProvider, AccountSaving.ChangedMeanwhile);
    }

    public static async Task<Results<Ok<SecondFactorEnrolment>, ProblemHttpResult>> EnrolSecondFactor(
        HttpContext http, OwnAccount own, SecondFactor secondFactor, UserManager<StaffAccount> accounts, CancellationToken cancel)
    {
        if (await own.Find(cancel) is not { } account)
            return Answer.Conflict(http, OwnAccount.OfProvider);
        if (account.TwoFactorEnabled)
            return Answer.Conflict(http, AlreadyOn);
        var secret = secondFactor.Enrol(account);
        if (!await accounts.Save(account))
            return Answer.Conflict(http, AccountSaving.ChangedMeanwhile);
        return TypedResults.Ok(new SecondFactorEnrolment(Totp.Base32(secret), Totp.Uri(secret, account.Email!)));
    }

    public static async Task<Results<Ok<RecoveryCodes>, ProblemHttpResult>> ConfirmSecondFactor(
        CodeRequest body,
        HttpContext http,
        OwnAccount own,
        SecondFactor secondFactor,
        UserManager<StaffAccount> accounts,
        IdentityDatabase database,
        SignInAudit audit,
        CancellationToken cancel)
    {
        if (await own.Find(cancel) is not { } account)
            return Answer.Conflict(http, OwnAccount.OfProvider);
        if (account.TwoFactorEnabled)
            return Answer.Conflict(http, AlreadyOn);
        if (!await own.ProvesCode(account, body.Code, cancel))
            return Answer.Invalid(http, "code", OpeningSession.CodeWrong);
        await using var transaction = await database.Database.BeginTransactionAsync(cancel);
        account.TwoFactorEnabled = true;
        audit.Note(AuditAction.SecondFactorOn, account.Id);
        if (!await accounts.Save(account))
            return Answer.Conflict(http, AccountSaving.ChangedMeanwhile);
        var codes = await secondFactor.RenewRecoveryCodes(account, cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(new RecoveryCodes(codes));
    }

    public static async Task<Results<Ok<RecoveryCodes>, ProblemHttpResult>> RenewRecoveryCodes(
        CodeRequest body, HttpContext http, OwnAccount own, SecondFactor secondFactor, SignInAudit audit, CancellationToken cancel)
    {
        if (await own.Find(cancel) is not { } account)
            return Answer.Conflict(http, OwnAccount.OfProvider);
        if (!account.TwoFactorEnabled)
            return Answer.Conflict(http, NotOn);
        if (!await own.ProvesCode(account, body.Code, cancel))
            return Answer.Invalid(http, "code", OpeningSession.CodeWrong);
        var codes = await secondFactor.RenewRecoveryCodes(account, cancel);
        await audit.Write(AuditAction.RecoveryCodesRenewed, account.Id, AuditOutcome.Done, cancel);
        return TypedResults.Ok(new RecoveryCodes(codes));
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> RemoveSecondFactor(
        [FromHeader(Name = CodeHeader)] string? code,
        HttpContext http,
        OwnAccount own,
        SecondFactor secondFactor,
        UserManager<StaffAccount> accounts,
        IdentityDatabase database,
        SignInAudit audit,
        IOptions<SignInPolicy> policy,
        CancellationToken cancel)
    {
        if (await own.Find(cancel) is not { } account)
            return Answer.Conflict(http, OwnAccount.OfProvider);
        if (!account.TwoFactorEnabled)
            return TypedResults.NoContent();
        if (account.Roles.Intersect(policy.Value.SecondFactorRequiredFor).Any())
            return Answer.Conflict(http, Required);
        if (!await own.ProvesCode(account, code ?? "", cancel))
            return Answer.Invalid(http, CodeHeader, OpeningSession.CodeWrong);
        await using var transaction = await database.Database.BeginTransactionAsync(cancel);
        await secondFactor.Remove(account, cancel);
        audit.Note(AuditAction.SecondFactorOff, account.Id);
        if (!await accounts.Save(account))
            return Answer.Conflict(http, AccountSaving.ChangedMeanwhile);
        await transaction.CommitAsync(cancel);
        return TypedResults.NoContent();
    }
}
