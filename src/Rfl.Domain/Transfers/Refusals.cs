using Rfl.Domain.Common;

namespace Rfl.Domain.Transfers;

public static class TransferRefusals
{
    /// <summary>Each field that may not leave, with the reason: <c>SoughtPersonHealth: NoConsent</c>.</summary>
    public static Refusal FieldsWithheld(IEnumerable<TransferAnswer.Withheld> withheld) =>
        new("fields-withheld", "fields", withheld.Select(answer => $"{answer.Field}: {answer.Reason}").ToValueList());
}
