using Rfl.Domain.Common;

namespace Rfl.Domain.DataSubjects;

public static class DataSubjectRefusals
{
    public static readonly Refusal PersonErased = new("person-erased");

    /// <summary>A sheet says of somebody that they were erased, and the record knows nothing of it.</summary>
    public static readonly Refusal NobodyErasedHere = new("nobody-erased-here");
    public static readonly Refusal ImportSuppressed = new("import-suppressed");
    public static readonly Refusal Restricted = new("processing-restricted");
    public static readonly Refusal AlreadyRestricted = new("processing-already-restricted");
    public static readonly Refusal HoldRecordedDifferently = new("legal-hold-recorded-differently");
    public static readonly Refusal HoldUnknown = new("legal-hold-unknown");

    /// <summary>The same whether the person was found or not (rule 12).</summary>
    public static readonly Refusal SoughtInOpenRequest = new("sought-in-open-request");

    public static Refusal OnHold(IEnumerable<LegalHoldPlaced> holds) =>
        new("person-on-legal-hold", Values: holds.Select(hold => hold.Reason.ToString()).Distinct().Order(StringComparer.Ordinal).ToValueList());
}
