using Rfl.Domain.Common;
using Rfl.Domain.Policies;
using Rfl.Domain.Tests.Common;
using Rfl.Domain.TracingRequests;
using static Rfl.Domain.Tests.Common.Histories;
using static Rfl.Domain.Tests.Common.Outcome;
using static Rfl.Domain.Tests.Common.Specification;
using static Rfl.Domain.Tests.Common.TestPeople;
using static Rfl.Domain.TracingRequests.LifeDecider;

namespace Rfl.Domain.Tests.TracingRequests;

/// <summary>Rules 11 to 13 as the enquirer meets them: what was released can be told, and nothing else.</summary>
[SpecsOf(typeof(LifeDecider))]
public sealed class TellingTheEnquirerSpecs
{
    private static readonly EnquirerInformed NoNews =
        new(Id(801), NewsKind.NoNews, null, ContactChannel.Phone, Days.Today, Personal.Of(Enquirer, "we go on"));

    private static readonly EnquirerUnreachableRecorded Missed = new(Id(701), ContactChannel.Phone, Days.Today);

    [Fact, Spec(Success, nameof(InformEnquirer))]
    public void Even_no_news_is_told() => Given(Searching).When(state => Inform(state, NoNews)).Then(NoNews);

    [Fact]
    public void News_needs_no_note()
    {
        var silent = NoNews with { Note = null };

        Given(Searching).When(state => Inform(state, silent)).Then(silent);
    }

    [Fact, Spec(Repetition, nameof(InformEnquirer))]
    public void The_same_news_twice_is_one() => Given(Searching).WhenTwice(state => Inform(state, NoNews)).ThenNothing();

    [Fact, Spec(Refused, nameof(InformEnquirer))]
    public void News_told_is_not_rewritten() => Given([.. Searching, NoNews])
        .When(state => Inform(state, NoNews with { Channel = ContactChannel.Sms })).ThenRefused(TracingRequestRefusals.AlreadyRecordedDifferently);

    [Fact]
    public void Other_news_under_the_same_id_is_not_the_same()
    {
        Given([.. Searching, NoNews]).When(state => Inform(state, NoNews with { Kind = NewsKind.Progress })).ThenRefused(TracingRequestRefusals.AlreadyRecordedDifferently);
        Given([.. Searching, NoNews]).When(state => Inform(state, NoNews with { SoughtPerson = Brother })).ThenRefused(TracingRequestRefusals.AlreadyRecordedDifferently);
        Given([.. Searching, NoNews]).When(state => Inform(state, NoNews with { InformedOn = Days.Yesterday })).ThenRefused(TracingRequestRefusals.AlreadyRecordedDifferently);
        Given([.. Searching, NoNews]).When(state => Inform(state, NoNews with { Note = null })).ThenRefused(TracingRequestRefusals.AlreadyRecordedDifferently);
    }

    [Fact]
    public void Nobody_was_told_tomorrow() => Given(Searching)
        .When(state => Inform(state, NoNews with { InformedOn = Days.Tomorrow })).ThenRefused(TracingRequestRefusals.DateInFuture);

    [Fact]
    public void The_enquirer_of_a_draft_hears_no_news()
    {
        Given(Interview).When(state => Inform(state, NoNews)).ThenRefused(TracingRequestRefusals.NotSubmitted);
        Given().When(state => Inform(state, NoNews)).ThenRefused(TracingRequestRefusals.NotSubmitted);
    }

    [Fact]
    public void A_channel_that_must_not_be_used_is_not_used()
    {
        var forbidden = new SecurityAssessmentRecorded(AllMeans with { DoNotContactThrough = [ContactChannel.Phone] }, null);

        Given([.. Searching, forbidden]).When(state => Inform(state, NoNews)).ThenRefused(TracingRequestRefusals.ChannelForbidden);
        Given([.. Searching, forbidden]).When(state => Miss(state, Missed)).ThenRefused(TracingRequestRefusals.ChannelForbidden);
        Given([.. Searching, forbidden]).When(state => Inform(state, NoNews with { Channel = ContactChannel.Sms }))
            .Then(NoNews with { Channel = ContactChannel.Sms });
    }

    public static TheoryData<NewsKind, bool, bool, bool, bool> Tellable => new()
    {
        // Kind, nothing released, coordinates, alive only, death
        { NewsKind.Located, false, true, false, false },
        { NewsKind.AliveOnly, false, true, true, false },
        { NewsKind.Death, false, false, false, true },
        { NewsKind.NoNews, true, true, true, true },
        { NewsKind.Progress, true, true, true, true },
        { NewsKind.Accepted, true, true, true, true },
        { NewsKind.Closed, true, true, true, true },
    };

    [Theory]
    [MemberData(nameof(Tellable))]
    public void What_may_be_told_follows_from_what_was_released(NewsKind kind, bool nothing, bool coordinates, bool aliveOnly, bool death)
    {
        void Expect(bool tellable, params ITracingRequestEvent[] released)
        {
            var news = new EnquirerInformed(Id(802), kind, Brother, ContactChannel.InPerson, Days.Today, null);
            var answer = Given([.. Searching, .. released]).When(state => Inform(state, news));
            if (tellable)
                answer.Then(news);
            else
                answer.ThenRefused(TracingRequestRefusals.NothingToTell);
        }

        Expect(nothing);
        Expect(nothing, Located, new DisclosureRetracted(Brother));
        Expect(nothing, Fate, new DisclosureRetracted(Brother));
        Expect(coordinates, Located);
        Expect(aliveOnly, LocatedAlive);
        Expect(death, Fate);
        Expect(death, Located, Fate);
        Expect(coordinates, Fate, Located);
    }

    [Theory]
    [InlineData(NewsKind.Located)]
    [InlineData(NewsKind.AliveOnly)]
    [InlineData(NewsKind.Death)]
    public void The_release_of_one_person_tells_nothing_of_another(NewsKind kind)
    {
        ITracingRequestEvent[] facts = [.. Searching, SisterAdded, Located, Fate];

        foreach (var person in new PersonId?[] { Sister, Stranger, null })
        {
            var news = new EnquirerInformed(Id(802), kind, person, ContactChannel.InPerson, Days.Today, null);
            Given(facts).When(state => Inform(state, news)).ThenRefused(TracingRequestRefusals.NothingToTell);
        }
    }

    [Fact]
    public void General_news_speaks_of_a_person_of_the_request_or_of_nobody() => Given(Searching)
        .When(state => Inform(state, NoNews with { SoughtPerson = Stranger })).ThenRefused(TracingRequestRefusals.NothingToTell);

    [Fact]
    public void Acceptance_is_told_after_it() => Given(Submitted)
        .When(state => Inform(state, NoNews with { Kind = NewsKind.Accepted })).ThenRefused(TracingRequestRefusals.NothingToTell);

    [Fact]
    public void A_death_is_told_in_person_only()
    {
        foreach (var channel in Enum.GetValues<ContactChannel>().Except([ContactChannel.InPerson]))
        {
            var news = new EnquirerInformed(Id(802), NewsKind.Death, Brother, channel, Days.Today, null);
            Given([.. Searching, Fate]).When(state => Inform(state, news)).ThenRefused(TracingRequestRefusals.DeathToldInPersonOnly);
        }
    }

    [Fact, Spec(Success, nameof(RecordUnreachable))]
    public void A_vain_attempt_is_recorded() => Given(Searching).When(state => Miss(state, Missed)).Then(Missed);

    [Fact, Spec(Repetition, nameof(RecordUnreachable))]
    public void The_same_attempt_twice_is_one() => Given(Searching).WhenTwice(state => Miss(state, Missed)).ThenNothing();

    [Fact, Spec(Refused, nameof(RecordUnreachable))]
    public void An_attempt_is_not_rewritten() => Given([.. Searching, Missed])
        .When(state => Miss(state, Missed with { Channel = ContactChannel.Sms })).ThenRefused(TracingRequestRefusals.AlreadyRecordedDifferently);

    [Fact]
    public void Nobody_was_missed_tomorrow() => Given(Searching)
        .When(state => Miss(state, Missed with { AttemptedOn = Days.Tomorrow })).ThenRefused(TracingRequestRefusals.DateInFuture);

    [Fact]
    public void The_enquirer_of_a_draft_is_not_missed()
    {
        Given(Interview).When(state => Miss(state, Missed)).ThenRefused(TracingRequestRefusals.NotSubmitted);
        Given().When(state => Miss(state, Missed)).ThenRefused(TracingRequestRefusals.NotSubmitted);
    }

    [Fact, Spec(Success, nameof(ReleaseLocation))]
    public void A_location_is_released_to_the_request() => Given(Searching)
        .When(state => ReleaseLocation(state, Brother, DisclosedExtent.Coordinates, "Hamburg, +49 000")).Then(Located);

    [Fact]
    public void That_a_person_lives_is_released_without_a_place() => Given(Searching)
        .When(state => ReleaseLocation(state, Brother, DisclosedExtent.AliveOnly, null)).Then(LocatedAlive);

    [Fact, Spec(Repetition, nameof(ReleaseLocation))]
    public void The_same_location_twice_is_one() => Given(Searching)
        .WhenTwice(state => ReleaseLocation(state, Brother, DisclosedExtent.AliveOnly, null)).ThenNothing();

    [Fact]
    public void A_wider_release_follows_a_narrower_one() => Given([.. Searching, LocatedAlive])
        .When(state => ReleaseLocation(state, Brother, DisclosedExtent.Coordinates, "Hamburg, +49 000")).Then(Located);

    [Fact, Spec(Refused, nameof(ReleaseLocation)), Spec(Refused, nameof(ReleaseFate))]
    public void Nothing_is_released_of_a_person_whom_the_request_does_not_seek()
    {
        foreach (var story in new[] { Given(Searching), Given() })
        {
            story.When(state => ReleaseLocation(state, Stranger, DisclosedExtent.AliveOnly, null)).ThenRefused(TracingRequestRefusals.SoughtPersonUnknown);
            story.When(state => ReleaseFate(state, Stranger, Personal.Of(Stranger, "Registrar"), Death)).ThenRefused(TracingRequestRefusals.SoughtPersonUnknown);
        }
    }

    [Fact, Spec(Success, nameof(ReleaseFate))]
    public void A_death_is_released_as_itself_and_its_grave() =>
        Given(Searching).When(state => ReleaseFate(state, Brother, Personal.Of(Brother, "Registrar of Mytilini"), Death)).Then(Fate);

    [Fact, Spec(Repetition, nameof(ReleaseFate))]
    public void The_same_death_twice_is_one() =>
        Given(Searching).WhenTwice(state => ReleaseFate(state, Brother, Personal.Of(Brother, "Registrar of Mytilini"), Death)).ThenNothing();

    [Theory, Spec(Success, nameof(Retract))]
    [MemberData(nameof(Releases))]
    public void What_was_released_is_retracted(ITracingRequestEvent released)
    {
        var after = Given([.. Searching, released]).When(state => Retract(state, Brother)).Then(new DisclosureRetracted(Brother));

        var person = ((TracingRequest.Started)after.State).File.Find(Brother)!;
        Assert.Equal((SearchState.Searching, null, null), (person.Search, person.Released, person.Fate));
    }

    public static TheoryData<ITracingRequestEvent> Releases => [Located, LocatedAlive, Fate];

    [Fact, Spec(Repetition, nameof(Retract))]
    public void It_is_retracted_once() => Given([.. Searching, Located]).WhenTwice(state => Retract(state, Brother)).ThenNothing();

    [Fact, Spec(NeverRefused, nameof(Retract))]
    public void Where_nothing_was_released_there_is_nothing_to_retract()
    {
        Given(Searching).When(state => Retract(state, Brother)).ThenNothing();
        Given(Accepted).When(state => Retract(state, Brother)).ThenNothing();
        Given([.. Searching, Located]).When(state => Retract(state, Stranger)).ThenNothing();
        Given().When(state => Retract(state, Brother)).ThenNothing();
    }

    private static Decision<ITracingRequestEvent> Inform(TracingRequest state, EnquirerInformed news) =>
        InformEnquirer(state, news.NewsId, news.Kind, news.SoughtPerson, news.Channel, news.InformedOn, news.Note?.Value, Days.Today, Policy.Default);

    private static Decision<ITracingRequestEvent> Miss(TracingRequest state, EnquirerUnreachableRecorded missed) =>
        RecordUnreachable(state, missed.AttemptId, missed.Channel, missed.AttemptedOn, Days.Today);
}
