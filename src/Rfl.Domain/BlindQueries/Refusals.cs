using System.Globalization;
using Rfl.Domain.Common;

namespace Rfl.Domain.BlindQueries;

public static class BlindQueryRefusals
{
    public static readonly Refusal QueryChanged = new("blind-query-changed", "queryId");
    public static readonly Refusal NotReceived = new("blind-query-not-received");
    public static readonly Refusal AnsweredDifferently = new("blind-query-answered-differently", "answer");
    public static readonly Refusal QuotaReached = new("blind-query-quota-reached", null, [BlindQueryRules.PerDay.ToString(CultureInfo.InvariantCulture)]);
}
