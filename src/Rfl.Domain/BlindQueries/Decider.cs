using Rfl.Domain.Common;
using Rfl.Domain.Transfers;

namespace Rfl.Domain.BlindQueries;

public static class BlindQueryDecider
{
    /// <param name="askedToday">Queries of the society received in the last 24 hours.</param>
    public static Decision<IBlindQueryEvent> Receive(BlindQuery state, BlindQueryReceived received, int askedToday) => state switch
    {
        BlindQuery.Existing { Question: var question } when question == received => Decision.Unchanged,
        BlindQuery.Existing => BlindQueryRefusals.QueryChanged,
        _ when askedToday >= BlindQueryRules.PerDay => BlindQueryRefusals.QuotaReached,
        _ => received,
    };

    /// <summary>An answer that went out stands: taking it back would tell more than the answer.</summary>
    public static Decision<IBlindQueryEvent> Answer(BlindQuery state, BlindAnswer answer, Guid by) => state switch
    {
        BlindQuery.UnderReview query => Departures.BlindAnswer(TransferPermission.Answer(query.Question, answer, by), by),
        BlindQuery.Answered answered when answered.Answer == answer => Decision.Unchanged,
        BlindQuery.Answered => BlindQueryRefusals.AnsweredDifferently,
        _ => BlindQueryRefusals.NotReceived,
    };
}
