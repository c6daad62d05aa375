using Rfl.Domain.Deadlines;
using Rfl.Domain.Tests.Common;

namespace Rfl.Domain.Tests.Deadlines;

/// <summary>What waits again and again keeps what has fallen and shows what comes next.</summary>
public sealed class SeriesSpecs
{
    [Fact]
    public void The_next_deadline_follows_those_that_have_fallen()
    {
        var first = new DeadlineKey(DeadlineKind.BreakGlassReview, "", Days.Morning, 1);
        var fallen = new PassedDeadline(first, Days.NextMorning, Days.NextMorning);

        Assert.Equal([new OpenDeadline(first, new DeadlineScope())], PassedDeadline.Series(DeadlineKind.BreakGlassReview, Days.Morning, []));
        Assert.Equal(
            [new OpenDeadline(first, new DeadlineScope(), fallen), new OpenDeadline(first with { Occurrence = 2 }, new DeadlineScope())],
            PassedDeadline.Series(DeadlineKind.BreakGlassReview, Days.Morning, [fallen]));
    }
}
