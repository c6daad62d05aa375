using Rfl.Api.Http;
using Rfl.Api.Matches;
using Rfl.Domain.Matching.Persons;

namespace Rfl.Api.Tests.Matches;

public sealed class ReasonTextTests
{
    [Fact]
    public void Every_agreement_has_its_words_in_both_languages() => Assert.Empty(
        from agreement in Enum.GetValues<Agreement>()
        from language in Language.All
        where !Texts.Own.Knows(language, MatchReasons.CodePrefix + agreement)
        select $"{language} {agreement}");
}
