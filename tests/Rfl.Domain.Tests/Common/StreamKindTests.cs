using Rfl.Domain.Common;

namespace Rfl.Domain.Tests.Common;

/// <summary>What is stored with every stream, for ever: under another name nothing would be found again.</summary>
public sealed class StreamKindTests
{
    [Fact]
    public void Every_kind_keeps_its_name() => Assert.Equal(
        [
            "tracing-request", "partner-search", "disclosure", "policy", "registered-person", "match", "retention", "blind-query", "data-subject-request", "data-subject",
            "break-glass", "watched-case", "access-alarm", "personal-data-breach",
        ],
        StreamKinds.All.Select(kind => kind.Name));

    [Fact]
    public void Ids_follow_from_what_a_stream_is_about_where_a_second_one_would_be_wrong() => Assert.Equal(
        ["disclosure", "match", "retention", "data-subject", "watched-case", "access-alarm"], StreamKinds.All.Where(kind => kind.HasDerivedIds).Select(kind => kind.Name));

    /// <summary>Rule 12: whoever has the database alone sees neither what happened in a disclosure nor about whom.</summary>
    [Fact]
    public void Only_disclosures_are_sealed_as_a_whole()
    {
        Assert.Equal("disclosure-fact.v1", StreamKinds.Disclosure.SealedAs);
        Assert.Equal([StreamKinds.Disclosure], StreamKinds.All.Where(kind => kind.SealedAs is not null));
    }
}
