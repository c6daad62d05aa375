using Rfl.Api.Http;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;
using Rfl.Domain.People;
using Rfl.Domain.TracingRequests;
using Rfl.Testing;

namespace Rfl.Api.Tests.TracingRequests;

/// <summary>A timeline has words for everything that can happen to a request, in both languages.</summary>
public sealed class TimelineWordsTests
{
    private static readonly Type[] wordsOfEnums =
    [
        typeof(FamilyRelation), typeof(BreakOfContact), typeof(DeclineReason), typeof(Priority), typeof(PriorityReason), typeof(LinkReason),
        typeof(SearchMeans), typeof(SearchResult), typeof(Provenance), typeof(InquiryResult), typeof(DisclosedExtent), typeof(NewsKind),
        typeof(ContactChannel), typeof(SuspensionReason), typeof(ClosureOutcome), typeof(ReopeningReason),
        typeof(Rfl.Domain.Consents.ConsentPurpose),
    ];

    /// <summary>All but the retraction, which is never told.</summary>
    public static TheoryData<Type> Events => [.. EventSnapshots.EventsOf(typeof(IDomainEvent).Assembly)
        .Where(type => typeof(ITracingRequestEvent).IsAssignableFrom(type) && type != typeof(DisclosureRetracted))];

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_event_has_words(Type type)
    {
        var words = TimelineWords.Of((IDomainEvent)Samples().Make(type, type.Name)!);

        Assert.NotEqual("event:unreadable", words.Code);
        Assert.All(Language.All, language => Assert.True(Texts.Own.Knows(language, words.Code), $"{words.Code} has no {language} text."));
        Assert.All(Language.All, language => Assert.DoesNotContain('{', Texts.Own.Of(language, words.Code, words.Values).Detail));
    }

    [Fact]
    public void Every_value_that_a_timeline_names_has_words()
    {
        var named = wordsOfEnums.SelectMany(Enum.GetNames)
            .Concat(TracingRequestKinds().Select(kind => kind.ToString()))
            .Distinct();

        Assert.All(named, value => Assert.All(
            Language.All, language => Assert.True(Texts.Own.Knows(language, "value:" + value), $"{value} has no {language} words.")));
    }

    [Fact]
    public void What_was_taken_back_is_told_no_more()
    {
        var person = new PersonId(new Guid("a0000000-0000-4000-8000-000000000001"));
        var other = new PersonId(new Guid("a0000000-0000-4000-8000-000000000002"));
        IDomainEvent[] happened =
        [
            new TracingRequestAccepted(),
            new SoughtPersonLocated(person, DisclosedExtent.AliveOnly, null),
            new SoughtPersonLocated(other, DisclosedExtent.AliveOnly, null),
            new EnquirerInformed(Guid.Empty, NewsKind.AliveOnly, person, ContactChannel.InPerson, new DateOnly(2026, 11, 20), null),
            new DisclosureRetracted(person),
            new LeadReceived(Guid.Empty, person, Provenance.Community, Personal.Of(person, "seen")),
        ];

        var known = KnownHistory.Of(Histories.Of(happened)).Select(recorded => recorded.Event);

        Assert.Equal([happened[0], happened[2], happened[5]], known);
    }

    /// <summary>The deadlines that a request itself can have.</summary>
    private static IEnumerable<DeadlineKind> TracingRequestKinds() => Enum.GetValues<DeadlineKind>().Where(kind => kind
        is not (DeadlineKind.Transmission or DeadlineKind.PartnerAcknowledgement or DeadlineKind.PartnerAnswer
            or DeadlineKind.EscalationToCentralTracingAgency or DeadlineKind.LocatedPersonContact
            or DeadlineKind.DataSubjectRequestAnswer or DeadlineKind.ExtendedDataSubjectRequestAnswer
            or DeadlineKind.BreakGlassReview or DeadlineKind.BreachNotification));

    private static SampleValues Samples()
    {
        Assert.True(ReasonedDetail.TryCreate("sample value", "sample reason", out var detail));
        return new SampleValues().With(new CountryCode("AF")).With(UncertainDate.Parse("1998-04~")).With(detail!);
    }
}
