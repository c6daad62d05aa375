using Rfl.Domain.Common;
using Rfl.Domain.Tests.Common;
using Rfl.Domain.TracingRequests;
using Rfl.Domain.Watch;
using static Rfl.Domain.Tests.Common.Outcome;
using static Rfl.Domain.Watch.WatchedCaseDecider;

namespace Rfl.Domain.Tests.Watch;

[SpecsOf(typeof(WatchedCaseDecider))]
public sealed class WatchedCaseDeciderSpecs
{
    private static readonly TracingRequestId Case = new(new Guid("e0000000-0000-4000-8000-000000000051"));
    private static readonly Guid Odile = new("e0000000-0000-4000-8000-000000000052");
    private static readonly Guid Paul = new("e0000000-0000-4000-8000-000000000053");
    private static readonly CasePutUnderWatch Put = new(Case, WatchReason.WellKnown, null, Odile);

    private static Story<WatchedCase, IWatchedCaseEvent> Given(params IWatchedCaseEvent[] facts) =>
        new Story<WatchedCase, IWatchedCaseEvent>(StreamKinds.WatchedCase, WatchedCase.Initial).And(facts);

    [Fact, Spec(Success, nameof(PutUnderWatch)), Spec(Repetition, nameof(PutUnderWatch)), Spec(NeverRefused, nameof(PutUnderWatch))]
    public void A_case_is_watched_for_a_reason_and_the_latest_reason_counts()
    {
        var watched = Given().When(state => PutUnderWatch(state, Put)).Then(Put);
        watched.When(state => PutUnderWatch(state, Put with { By = Paul })).ThenNothing();
        watched.When(state => PutUnderWatch(state, Put with { Reason = WatchReason.Colleague, Account = Paul }))
            .Then(Put with { Reason = WatchReason.Colleague, Account = Paul });
    }

    [Fact, Spec(Success, nameof(EndWatch)), Spec(Repetition, nameof(EndWatch)), Spec(NeverRefused, nameof(EndWatch))]
    public void A_watch_ends_and_may_begin_again()
    {
        var ended = Given(Put).When(state => EndWatch(state, Odile)).Then(new CaseWatchEnded(Odile));
        ended.When(state => EndWatch(state, Odile)).ThenNothing();
        ended.When(state => PutUnderWatch(state, Put)).Then(Put);
        Assert.Throws<InvalidOperationException>(() => Given(new CaseWatchEnded(Odile)));
    }
}

[SpecsOf(typeof(AccessAlarmDecider))]
public sealed class AccessAlarmDeciderSpecs
{
    private static readonly Guid Amina = new("e0000000-0000-4000-8000-000000000054");
    private static readonly Guid Claire = new("e0000000-0000-4000-8000-000000000055");
    private static readonly PersonId Subject = new(new Guid("e0000000-0000-4000-8000-000000000056"));
    private static readonly AccessAlarmRaised Raised = new(AccessAlarmKind.ManyPersonsOpened, Amina, null, null, Days.Morning, Days.Morning.AddHours(1), 61);

    private static readonly AccessAlarmHandled Explained = new(AccessAlarmOutcome.Explained, Subject, Personal.Of(Subject, "Took over a colleague's cases."), Claire);

    private static Story<AccessAlarm, IAccessAlarmEvent> Given(params IAccessAlarmEvent[] facts) =>
        new Story<AccessAlarm, IAccessAlarmEvent>(StreamKinds.AccessAlarm, AccessAlarm.Initial).And(facts);

    [Fact, Spec(Success, nameof(AccessAlarmDecider.Raise)), Spec(Repetition, nameof(AccessAlarmDecider.Raise)), Spec(NeverRefused, nameof(AccessAlarmDecider.Raise))]
    public void An_alarm_is_raised_once_and_not_again_when_the_count_grows_or_it_was_handled()
    {
        Given().When(state => AccessAlarmDecider.Raise(state, Raised)).Then(Raised)
            .When(state => AccessAlarmDecider.Raise(state, Raised with { Count = 80 })).ThenNothing();
        Given(Raised, Explained).When(state => AccessAlarmDecider.Raise(state, Raised)).ThenNothing();
        Assert.Equal(AccessAlarm.IdOf(Raised), AccessAlarm.IdOf(Raised with { Count = 80 }));
        Assert.NotEqual(AccessAlarm.IdOf(Raised), AccessAlarm.IdOf(Raised with { From = Days.NextMorning }));
        Assert.NotEqual(AccessAlarm.IdOf(Raised), AccessAlarm.IdOf(Raised with { Viewer = Claire }));
        Assert.NotEqual(AccessAlarm.IdOf(Raised), AccessAlarm.IdOf(Raised with { Kind = AccessAlarmKind.ManyRefusals }));
        Assert.Throws<InvalidOperationException>(() => Given(Raised, Raised));
    }

    [Fact, Spec(Success, nameof(AccessAlarmDecider.Handle)), Spec(Repetition, nameof(AccessAlarmDecider.Handle))]
    public void An_alarm_is_handled_once() => Given(Raised).When(Handling(AccessAlarmOutcome.Explained, Claire)).Then(Explained)
        .When(Handling(AccessAlarmOutcome.Explained, Claire)).ThenNothing();

    [Fact, Spec(Refused, nameof(AccessAlarmDecider.Handle))]
    public void Nobody_handles_their_own_and_what_was_said_stands()
    {
        Given(Raised).When(Handling(AccessAlarmOutcome.FalseAlarm, Amina)).ThenRefused(WatchRefusals.OwnAlarm);
        Given(Raised, Explained).When(Handling(AccessAlarmOutcome.Misused, Claire)).ThenRefused(WatchRefusals.HandledDifferently);
        Given().When(Handling(AccessAlarmOutcome.Explained, Claire)).ThenRefused(WatchRefusals.AlarmNotRaised);
    }

    private static Func<AccessAlarm, Decision<IAccessAlarmEvent>> Handling(AccessAlarmOutcome outcome, Guid by) =>
        state => AccessAlarmDecider.Handle(state, outcome, Subject, "Took over a colleague's cases.", by);
}
