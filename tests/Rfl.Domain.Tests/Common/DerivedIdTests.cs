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
}
