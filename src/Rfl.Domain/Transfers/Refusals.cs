using Rfl.Domain.Common;

namespace Rfl.Domain.Transfers;

public static class TransferRefusals
{
    /// <summary>Each field that may not leave, with the reason: <c>SoughtPersonHealth: NoConsent</c>. The texts put both into words.</summary>
    /// <param name="sent">The member of what was sent that asks for it; null where none does.</param>
    public static Refusal FieldsWithheld(IEnumerable<TransferAnswer.Withheld> withheld, string? sent) =>
        new("fields-withheld", sent, withheld.Select(answer => $"{answer.Field}: {answer.Reason}").ToValueList());
}
