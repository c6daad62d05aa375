using Rfl.Domain.Common;

namespace Rfl.Domain.Watch;

public static class WatchRefusals
{
    public static readonly Refusal AlarmNotRaised = new("access-alarm-not-raised");
    public static readonly Refusal HandledDifferently = new("access-alarm-handled-differently", "outcome");
    public static readonly Refusal OwnAlarm = new("access-alarm-own");
}
