using Rfl.Domain.DataSubjects;
using Rfl.Domain.People;
using static Rfl.Domain.Tests.Common.TestPeople;

namespace Rfl.Domain.Tests.DataSubjects;

/// <summary>Handbook §8.6: erased persons must not come back with a repeated import. The same list, written a little otherwise, is the same list.</summary>
public sealed class IdentifyingValuesSpecs
{
    [Fact]
    public void A_person_is_known_by_name_fathers_name_and_birth() =>
        Assert.Equal(["person|ZAMAN|GHOLAM|1998-05-01/1998-05-31"], IdentifyingValues.OfPerson(BrotherDetails));

    [Fact]
    public void What_is_not_known_stays_empty() => Assert.Equal(["person|ZAHRA||"], IdentifyingValues.OfPerson(SisterDetails));

    [Theory]
    [InlineData("Zaman Müller")]
    [InlineData("müller  ZAMAN")]
    [InlineData("Za-man Mu\u0308ller.")]
    public void The_order_of_the_parts_capitals_marks_and_spaces_do_not_matter(string written) =>
        Assert.Equal(["person|MULLER ZAMAN||"], IdentifyingValues.OfPerson(new PersonDetails([Name(written)])));

    [Fact]
    public void Letters_of_any_script_and_digits_count() =>
        Assert.Equal(["person|2 زمان||"], IdentifyingValues.OfPerson(new PersonDetails([Name("زمان 2")])));

    [Fact]
    public void Each_name_counts_once_and_one_without_letters_not_at_all() => Assert.Equal(
        ["person|ZAMAN||", "person|JAN||"],
        IdentifyingValues.OfPerson(new PersonDetails([Name("Zaman"), Name("…"), Name("ZAMAN"), Name("Jan")])));

    [Theory]
    [InlineData("+33 6 00-00.00 00", "phone|33600000000")]
    [InlineData("٠٦١٢٣٤", "phone|061234")]
    [InlineData("612345", "phone|612345")]
    public void A_telephone_number_is_its_digits(string written, string known) =>
        Assert.Equal([known], IdentifyingValues.OfPhones([Phone with { Value = written }]));

    [Fact]
    public void Too_few_digits_and_other_ways_to_reach_somebody_name_nobody() =>
        Assert.Empty(IdentifyingValues.OfPhones([Phone with { Value = "12345" }, Phone with { Kind = ContactKind.Email, Value = "karim2026001@example.org" }]));

    [Fact]
    public void A_partners_reference_is_its_letters_and_digits() => Assert.Equal("reference|DRK77B", IdentifyingValues.OfReference("drk 77/b"));

    [Fact]
    public void An_import_is_bound_to_where_it_came_from()
    {
        Assert.Equal("list|hauts-de-france|Hospital|CHU 1", ImportSource.List("hauts-de-france", "Hospital", "chu 1"));
        Assert.Equal("list|hauts-de-france|SafeAndWell|", ImportSource.List("hauts-de-france", "SafeAndWell", null));
        Assert.Equal("interview|hauts-de-france|2026-03-03", ImportSource.Interview("hauts-de-france", new DateOnly(2026, 3, 3)));
        Assert.Equal("partner|DE", ImportSource.Partner("de"));
    }
}
