using Rfl.Domain.Common;
using Rfl.Domain.TracingRequests;

namespace Rfl.Domain.Tests.Common;

/// <summary>A decision that has nothing to say is no event.</summary>
public sealed class DecisionTests
{
    [Fact]
    public void No_events_are_no_change()
    {
        Decision<ITracingRequestEvent> array = Array.Empty<ITracingRequestEvent>();
        Decision<ITracingRequestEvent> list = new List<ITracingRequestEvent>();

        Assert.IsType<Decision<ITracingRequestEvent>.Unchanged>(array);
        Assert.IsType<Decision<ITracingRequestEvent>.Unchanged>(list);
    }

    [Fact]
    public void Events_stay_in_their_order()
    {
        ITracingRequestEvent[] events = [new TracingRequestAccepted(), new CaseMadeDormant()];
        Decision<ITracingRequestEvent> array = events;
        Decision<ITracingRequestEvent> list = events.ToList();

        Assert.Equal(events, Assert.IsType<Decision<ITracingRequestEvent>.Accepted>(array).Events);
        Assert.Equal(events, Assert.IsType<Decision<ITracingRequestEvent>.Accepted>(list).Events);
    }
}
