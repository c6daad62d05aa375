using Rfl.Domain.Common;

namespace Rfl.Domain.BreakGlass;

public static class BreakGlassRefusals
{
    public static readonly Refusal NotNeeded = new("break-glass-not-needed", "reference");
    public static readonly Refusal OpenedDifferently = new("break-glass-opened-differently", "breakGlassId");
    public static readonly Refusal NotOpened = new("break-glass-not-opened");
    public static readonly Refusal OwnReview = new("break-glass-own-review");
    public static readonly Refusal ReviewedDifferently = new("break-glass-reviewed-differently", "judgement");
}
