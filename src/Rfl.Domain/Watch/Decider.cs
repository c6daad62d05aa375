using Rfl.Domain.Common;

namespace Rfl.Domain.Watch;

/// <summary>Which cases are watched.</summary>
public static class WatchedCaseDecider
{
    /// <summary>Watching is never refused; another reason takes the place of the one before.</summary>
    public static Decision<IWatchedCaseEvent> PutUnderWatch(WatchedCase state, CasePutUnderWatch put) =>
        state is WatchedCase.Watched { Since: var since } && since with { By = put.By } == put ? Decision.Unchanged : put;

    public static Decision<IWatchedCaseEvent> EndWatch(WatchedCase state, Guid by) =>
        state is WatchedCase.Watched ? new CaseWatchEnded(by) : Decision.Unchanged;
}

/// <summary>Alarms are raised once and handled once.</summary>
public static class AccessAlarmDecider
{
    /// <summary>The same stretch of time found again, with a greater count or not, is the same alarm.</summary>
    public static Decision<IAccessAlarmEvent> Raise(AccessAlarm state, AccessAlarmRaised raised) => state is AccessAlarm.None ? raised : Decision.Unchanged;

    /// <param name="subject">Whose key seals the note.</param>
    public static Decision<IAccessAlarmEvent> Handle(AccessAlarm state, AccessAlarmOutcome outcome, PersonId subject, string note, Guid by) => state switch
    {
        AccessAlarm.Handled { Handling: var before } when before.Outcome == outcome => Decision.Unchanged,
        AccessAlarm.Handled => WatchRefusals.HandledDifferently,
        AccessAlarm.Open { Raised: var raised } when raised.Viewer == by => WatchRefusals.OwnAlarm,
        AccessAlarm.Open => new AccessAlarmHandled(outcome, subject, Personal.Of(subject, note), by),
        _ => WatchRefusals.AlarmNotRaised,
    };
}
