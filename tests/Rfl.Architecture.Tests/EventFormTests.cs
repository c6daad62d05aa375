using System.Text.Json.Nodes;
using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Infrastructure.EventStore;
using Rfl.Testing;

namespace Rfl.Architecture.Tests;

/// <summary>The JSON of events is the storage format for ever.</summary>
public sealed class EventFormTests
{
    [Fact]
    public void Every_event_is_stored_as_it_was_accepted() =>
        EventSnapshots.Match(EventSnapshots.EventsOf(typeof(IDomainEvent).Assembly), EventJson.Options, Samples());

    [Theory]
    [InlineData("""{ "reason": "a", "by": "b" }""", true)]
    [InlineData("""{ "by": "b", "reason": "a" }""", true)]
    [InlineData("""{ "why": "a" }""", false)]
    [InlineData("""{ "reason": 1 }""", false)]
    [InlineData("""{}""", false)]
    public void An_accepted_form_may_be_extended_and_nothing_else(string later, bool extends) =>
        Assert.Equal(extends, EventSnapshots.Extends(JsonNode.Parse(later), JsonNode.Parse("""{ "reason": "a" }""")));

    [Theory]
    [InlineData("""["son", "daughter", "niece"]""", true)]
    [InlineData("""["son"]""", false)]
    public void A_value_of_an_enumeration_is_never_lost(string later, bool extends) =>
        Assert.Equal(extends, EventSnapshots.Extends(JsonNode.Parse(later), JsonNode.Parse("""["son", "daughter"]""")));

    [Fact]
    public void A_changed_form_is_shown_line_by_line() =>
        Assert.Equal("  a\n- b\n+ x\n+ y\n  c\n", Snapshot.Difference("a\nb\nc", "a\nx\ny\nc").ReplaceLineEndings("\n"));

    private static SampleValues Samples()
    {
        Assert.True(ReasonedDetail.TryCreate("sample value", "sample reason", out var detail));
        return new SampleValues()
            .With(new CountryCode("AF"))
            .With(UncertainDate.Parse("1998-04~"))
            .With(new Coordinates(50.95, 1.85, 500))
            .With(detail);
    }
}
