using System.Globalization;
using System.Text;
using Rfl.Domain.Common;
using Rfl.Domain.TracingRequests;

namespace Rfl.Domain.Watch;

/// <summary>Whether a case is watched.</summary>
public abstract record WatchedCase
{
    private WatchedCase()
    {
    }

    public static WatchedCase Initial { get; } = new NotWatched();

    /// <summary>The one stream of a case: found without a look-up.</summary>
    public static Guid IdOf(TracingRequestId request) => StableId.Of("watched-case", request.Value.ToString());

    public sealed record NotWatched : WatchedCase;

    public sealed record Watched(CasePutUnderWatch Since) : WatchedCase;

    /// <exception cref="InvalidOperationException">The fact is impossible in this state.</exception>
    public static WatchedCase Evolve(WatchedCase state, IWatchedCaseEvent happened) => (state, happened) switch
    {
        (_, CasePutUnderWatch put) => new Watched(put),
        (Watched, CaseWatchEnded) => new NotWatched(),
        _ => throw new InvalidOperationException($"{happened.GetType().Name} cannot happen to a case that is {state.GetType().Name}."),
    };
}

public enum WatchReason
{
    /// <summary>A person in it works here, or is close to somebody who does.</summary>
    Colleague,

    /// <summary>The public knows a person in it, or the case itself.</summary>
    WellKnown,
}

/// <summary>Where an alarm stands.</summary>
public abstract record AccessAlarm
{
    private AccessAlarm()
    {
    }

    public static AccessAlarm Initial { get; } = new None();

    /// <summary>One alarm for one viewer or society, one kind, one case and one stretch of time, however often it is found.</summary>
    public static Guid IdOf(AccessAlarmRaised raised) => StableId.Of(
        "access-alarm",
        raised.Kind.ToString(),
        raised.Viewer?.ToString() ?? raised.Society ?? "",
        raised.Record?.ToString() ?? "",
        raised.From.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));

    public sealed record None : AccessAlarm;

    public sealed record Open(AccessAlarmRaised Raised) : AccessAlarm;

    public sealed record Handled(AccessAlarmRaised Raised, AccessAlarmHandled Handling) : AccessAlarm;

    /// <exception cref="InvalidOperationException">The fact is impossible in this state.</exception>
    public static AccessAlarm Evolve(AccessAlarm state, IAccessAlarmEvent happened) => (state, happened) switch
    {
        (None, AccessAlarmRaised raised) => new Open(raised),
        (Open open, AccessAlarmHandled handled) => new Handled(open.Raised, handled),
        _ => throw new InvalidOperationException($"{happened.GetType().Name} cannot happen to an alarm that is {state.GetType().Name}."),
    };
}

public enum AccessAlarmKind
{
    /// <summary>One viewer opened many different persons' records in an hour.</summary>
    ManyPersonsOpened,

    /// <summary>One viewer had many different persons on lists and among search results in an hour.</summary>
    ManyPersonsListed,

    /// <summary>One viewer was refused many reads in an hour.</summary>
    ManyRefusals,

    /// <summary>Somebody other than the assigned caseworker looked at a colleague's case.</summary>
    ColleagueRead,

    /// <summary>Somebody other than the assigned caseworker looked at a well-known case.</summary>
    WellKnownCaseRead,

    /// <summary>A society sent many blind queries in an hour.</summary>
    BlindQueryFlood,

    /// <summary>A society sent many blind queries about people who sound alike in a day.</summary>
    BlindQueryProbing,
}

public enum AccessAlarmOutcome
{
    /// <summary>There was a good reason.</summary>
    Explained,

    /// <summary>The viewer was spoken to.</summary>
    Reminded,

    /// <summary>Access was misused: see the register of breaches.</summary>
    Misused,
    FalseAlarm,
}

/// <summary>Derived ids of texts.</summary>
internal static class StableId
{
    public static Guid Of(params ReadOnlySpan<string?> parts) => DerivedId.Of(Encoding.UTF8.GetBytes(string.Join('\n', parts)));
}
