using Rfl.Domain.Common;
using Rfl.Domain.Tests.Common;
using Rfl.Domain.TracingRequests;
using static Rfl.Domain.Tests.Common.Histories;
using static Rfl.Domain.Tests.Common.TestPeople;
using static Rfl.Domain.TracingRequests.Stages;

namespace Rfl.Domain.Tests.TracingRequests;

/// <summary>Handbook §4: the state of a request in one word.</summary>
public sealed class StageSpecs
{
    private static readonly InformationRequested Asked = new(Id(601), Personal.Of(Enquirer, "which Herat?"));
    private static readonly InformationProvided Told = new(Id(601), Personal.Of(Enquirer, "the city"));
    private static readonly SoughtPersonLocated SisterLocated = new(Sister, DisclosedExtent.AliveOnly, null);

    public static TheoryData<ITracingRequestEvent[], Stage> Life => new()
    {
        { Interview, Stage.Interview },
        { Submitted, Stage.Submitted },
        { [.. Submitted, Asked], Stage.InformationRequested },
        { [.. Submitted, Asked, Told], Stage.Submitted },
        { Accepted, Stage.Accepted },
        { [.. Accepted, Asked], Stage.InformationRequested },
        { Searching, Stage.Searching },
        { [.. Accepted, new AuthorityInquirySent(Id(302), Brother, Personal.Of(Brother, "Registrar"), Days.Today, Personal.Of(Brother, "?"))], Stage.Searching },
        { [.. Searching, Located], Stage.SoughtPersonLocated },
        { [.. Accepted, LocatedAlive], Stage.SoughtPersonLocated },
        { [.. Searching, Fate], Stage.FateEstablished },
        { [.. Searching, Located, new DisclosureRetracted(Brother)], Stage.Searching },
        { [.. Searching, SisterAdded, Located], Stage.Searching },
        { [.. Searching, SisterAdded, Fate], Stage.Searching },
        { [.. Searching, SisterAdded, Fate, SisterLocated], Stage.SoughtPersonLocated },
        { [.. Searching, SisterAdded, Fate, Fate with { SoughtPerson = Sister }], Stage.FateEstablished },
        { Suspended, Stage.Suspended },
        { [.. Suspended, Asked], Stage.Suspended },
        { Dormant, Stage.Dormant },
        { [.. Dormant, VisitPlanned with { SearchActionId = Id(310) }], Stage.Dormant },
        { Declined, Stage.Declined },
        { Closed, Stage.Closed },
        { Withdrawn, Stage.Withdrawn },
        { [.. Interview, Asked, new TracingRequestWithdrawn()], Stage.Withdrawn },
        { [.. Closed, new CaseReopened(ReopeningReason.NewInformation)], Stage.Searching },
    };

    [Theory]
    [MemberData(nameof(Life))]
    public void A_request_stands_at(ITracingRequestEvent[] facts, Stage expected) =>
        Assert.Equal(expected, Of(Request(facts)));

    [Fact]
    public void A_request_that_was_never_started_has_no_stage() =>
        Assert.Throws<InvalidOperationException>(() => Of(TracingRequest.Initial));

    [Fact]
    public void A_search_begins_for_the_person_for_whom_it_is_planned()
    {
        var file = ((TracingRequest.Started)Request([.. Submitted, SisterAdded, new TracingRequestAccepted(), VisitPlanned])).File;

        Assert.Equal((SearchState.Searching, SearchState.NotStarted), (file.Find(Brother)!.Search, file.Find(Sister)!.Search));
    }
}
