using Microsoft.AspNetCore.Identity;

namespace Rfl.Api.Access;

internal static class PasswordProblems
{
    /// <summary>The code of this API for a password rule's error.</summary>
    public static string CodeOf(IdentityError error) => error.Code switch
    {
        nameof(IdentityErrorDescriber.PasswordTooShort) => "password-too-short",
        nameof(IdentityErrorDescriber.PasswordRequiresUniqueChars) => "password-too-uniform",
        _ => error.Code,
    };
}
