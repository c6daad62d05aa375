using Rfl.Domain.Common;
using Rfl.Domain.DataSubjects;
using Rfl.Domain.Retentions;
using Rfl.Domain.TracingRequests;
using Rfl.Domain.Watch;

namespace Rfl.Domain.Tests.Common;

public class DerivedIdTests
{
    private static readonly Guid some = new("0199aaaa-0000-7000-8000-000000000001");
    private static readonly Guid other = new("0199aaaa-0000-7000-8000-000000000002");

    [Fact]
    public void What_it_follows_from_gives_an_id_for_ever() => Assert.Equal(
        new Guid("efe5f311-50e2-80ba-ae51-ae1b8da01a01"), DerivedId.Of([.. some.ToByteArray(), .. other.ToByteArray()]));

    [Fact]
    public void Derived_ids_are_no_ids_that_a_caller_may_choose() => Assert.All(
        [
            DataSubject.StreamOf(new PersonId(some)),
            Retention.StreamOf(some),
            WatchedCase.IdOf(new TracingRequestId(some)),
        ],
        id => Assert.True(DerivedId.IsReserved(id)));

    [Fact]
    public void Ids_of_other_versions_are_free() => Assert.All(
        [some, new("f81d4fae-7dec-4d11-a765-00a0c91e6bf6"), Guid.Empty, DerivedId.OfName([1, 2, 3])], id => Assert.False(DerivedId.IsReserved(id)));

    [Theory]
    [InlineData("f81d4fae-7dec-8d11-0765-00a0c91e6bf6", false)]
    [InlineData("f81d4fae-7dec-8d11-7765-00a0c91e6bf6", false)]
    [InlineData("f81d4fae-7dec-8d11-8765-00a0c91e6bf6", true)]
    [InlineData("f81d4fae-7dec-8d11-b765-00a0c91e6bf6", true)]
    [InlineData("f81d4fae-7dec-8d11-c765-00a0c91e6bf6", false)]
    [InlineData("f81d4fae-7dec-8d11-f765-00a0c91e6bf6", false)]
    public void Only_what_is_a_UUID_of_RFC_9562_is_reserved(string id, bool reserved) => Assert.Equal(reserved, DerivedId.IsReserved(new Guid(id)));

    /// <summary>These streams are found by what they are about: another id tomorrow would be another stream.</summary>
    [Fact]
    public void The_streams_that_have_derived_ids_are_found_again_for_ever()
    {
        Assert.Equal(new Guid("40cabd6f-4242-823b-b415-b398f4284383"), DataSubject.StreamOf(new PersonId(some)));
        Assert.Equal(new Guid("68bc22e4-ed57-8f23-9ec4-95e13eb486f6"), Retention.StreamOf(some));
        Assert.Equal(new Guid("08800bd1-0e1e-8beb-a350-60f3eb42cbf2"), WatchedCase.IdOf(new TracingRequestId(some)));
        Assert.Equal(
            new Guid("188215d2-bb78-8081-a466-e30a6c808cf1"),
            AccessAlarm.IdOf(new AccessAlarmRaised(AccessAlarmKind.ColleagueRead, some, null, other, Days.Morning, Days.NextMorning, 1)));
        Assert.Equal(
            new Guid("b5d9b20c-354b-8d25-8d54-c87227aa4b69"),
            AccessAlarm.IdOf(new AccessAlarmRaised(AccessAlarmKind.BlindQueryFlood, null, "DE", null, Days.Morning, Days.NextMorning, 20)));
    }
}
