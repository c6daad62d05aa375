using Rfl.Domain.BlindQueries;
using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.Tests.Common;
using static Rfl.Domain.BlindQueries.BlindQueryDecider;
using static Rfl.Domain.Tests.Common.Outcome;

namespace Rfl.Domain.Tests.Matches;

[SpecsOf(typeof(BlindQueryDecider))]
public sealed class BlindQueryDeciderSpecs
{
    private static readonly PersonId Subject = new(new Guid("e0000000-0000-4000-8000-000000000031"));
    private static readonly BlindQueryReceived Received = new("DE", Subject, Personal.Of(Subject, PersonDetails.Empty));
    private static readonly Guid Odile = new("e0000000-0000-4000-8000-000000000032");

    private static Story<BlindQuery, IBlindQueryEvent> Given(params IBlindQueryEvent[] facts) =>
        new Story<BlindQuery, IBlindQueryEvent>(StreamKinds.BlindQuery, BlindQuery.Initial).And(facts);

    [Fact, Spec(Success, nameof(Receive))]
    public void A_query_is_received() => Given().When(state => Receive(state, Received, BlindQueryRules.PerDay - 1)).Then(Received);

    [Fact, Spec(Repetition, nameof(Receive))]
    public void A_repeated_query_is_the_same_query_even_beyond_the_quota() =>
        Given(Received).When(state => Receive(state, Received, BlindQueryRules.PerDay)).ThenNothing();

    [Fact, Spec(Refused, nameof(Receive))]
    public void Beyond_the_quota_nothing_is_received_and_an_id_stands_for_one_query_of_one_society()
    {
        Given().When(state => Receive(state, Received, BlindQueryRules.PerDay)).ThenRefused(BlindQueryRefusals.QuotaReached);
        Given(Received).When(state => Receive(state, Received with { Society = "ET" }, 0)).ThenRefused(BlindQueryRefusals.QueryChanged);
    }

    [Fact, Spec(Success, nameof(Answer)), Spec(Repetition, nameof(Answer))]
    public void A_query_is_answered_once() =>
        Given(Received).When(state => Answer(state, BlindAnswer.ContactUs, Odile)).Then(new BlindQueryAnswered(BlindAnswer.ContactUs, Odile))
            .When(state => Answer(state, BlindAnswer.ContactUs, Odile)).ThenNothing();

    [Fact, Spec(Refused, nameof(Answer))]
    public void An_answer_that_went_out_stands()
    {
        Given(Received, new BlindQueryAnswered(BlindAnswer.ContactUs, Odile)).When(state => Answer(state, BlindAnswer.NoCandidate, Odile))
            .ThenRefused(BlindQueryRefusals.AnsweredDifferently);
        Given().When(state => Answer(state, BlindAnswer.NoCandidate, Odile)).ThenRefused(BlindQueryRefusals.NotReceived);
    }
}
