using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.People.Calendars;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using static Rfl.Domain.Tests.Common.Histories;
using static Rfl.Domain.Tests.Common.TestPeople;

namespace Rfl.Domain.Tests.TracingRequests;

/// <summary>Handbook §3: what is marked there is needed, and nothing else ever is.</summary>
public sealed class SubmissionCheckSpecs
{
    [Fact]
    public void An_empty_interview_lacks_three_things_and_hears_of_all_at_once() =>
        Assert.Equal(
            new Refusal("submission-incomplete", Values: ["enquirer", "sought-person", "security-assessment"]),
            Check(Started));

    [Fact]
    public void A_complete_interview_lacks_nothing() => Assert.Null(Check(Interview));

    [Fact]
    public void No_name_no_exact_date_and_no_address_are_ever_demanded()
    {
        var nameless = Registered with
        {
            Details = Personal.Of(Enquirer, new EnquirerDetails(NamelessDetails, "prs", InterpreterNeeded: false, "asked around")),
        };
        var unknown = Lost(Brother) with { Account = Personal.Of(Brother, new LossOfContact(SomeDay, new Place("at sea"), "storm")) };

        Assert.Null(Check(Started, nameless, Add(Brother, FamilyRelation.Brother, NamelessDetails), unknown, Assessed));
    }

    [Fact]
    public void Contact_was_lost_with_each_sought_person() => Assert.Equal(
        TracingRequestRefusals.SubmissionIncomplete(["loss-of-contact"]), Check([.. Interview, SisterAdded]));

    [Fact]
    public void An_assessment_without_any_means_of_search_allows_no_search() => Assert.Equal(
        TracingRequestRefusals.SubmissionIncomplete(["means-of-search"]),
        Check([.. Interview, new SecurityAssessmentRecorded(AllMeans with { AllowedMeans = [] }, null)]));

    [Fact]
    public void Where_nobody_may_search_no_means_are_asked_for() =>
        Assert.Null(Check([.. Interview, new SecurityAssessmentRecorded(AllMeans with { AllowedMeans = [], DoNotSearch = true }, null)]));

    [Fact]
    public void A_minor_asks_with_a_legal_representative()
    {
        var minor = Registered with { IsMinor = true };
        var represented = minor with { Details = Personal.Of(Enquirer, KarimsDetails with { LegalRepresentative = Guardian }) };

        Assert.Equal(TracingRequestRefusals.SubmissionIncomplete(["legal-representative"]), Check([.. Interview, minor]));
        Assert.Null(Check([.. Interview, represented]));
        Assert.Null(Check([Received, minor, .. Interview.Skip(2)]));
    }

    [Theory]
    [InlineData("2011-03-03", false)]
    [InlineData("2011-03-04", true)]
    [InlineData("2011", true)]
    public void A_society_may_let_those_ask_alone_who_are_certainly_old_enough(string birth, bool representativeNeeded)
    {
        var policy = Policy.Default with { Ages = new AgePolicy(Majority: 18, AskingAlone: 15) };
        var born = new StatedDate(birth, CalendarKind.Gregorian, UncertainDate.Parse(birth), DatePrecision.Day);
        var minor = Registered with
        {
            IsMinor = true,
            Details = Personal.Of(Enquirer, KarimsDetails with { Person = KarimsDetails.Person with { Birth = born } }),
        };

        var refusal = SubmissionCheck.Refusal(FileOf([.. Interview, minor]), policy);

        Assert.Equal(representativeNeeded, refusal == TracingRequestRefusals.SubmissionIncomplete(["legal-representative"]));
    }

    [Fact]
    public void Where_women_may_not_be_sought_the_nearest_male_relative_is()
    {
        ITracingRequestEvent[] sister = [Started, Registered, SisterAdded, Lost(Sister, country: Libya), Assessed];
        ITracingRequestEvent[] brother = [Started, Registered, BrotherAdded, Lost(Brother, country: Libya), Assessed];

        Assert.Equal(TracingRequestRefusals.NearestMaleRelativeIsSought("LY"), SubmissionCheck.Refusal(FileOf(sister), NoWomen));
        Assert.Null(SubmissionCheck.Refusal(FileOf(brother), NoWomen));
        Assert.Null(SubmissionCheck.Refusal(FileOf(sister), Policy.Default));
    }

    [Fact]
    public void The_refusal_names_the_country() => Assert.Equal(
        new Refusal("nearest-male-relative-is-sought", "soughtPersons", ["LY"]), TracingRequestRefusals.NearestMaleRelativeIsSought("LY"));

    [Fact]
    public void The_rule_of_a_country_holds_for_every_sought_person() => Assert.Equal(
        TracingRequestRefusals.NearestMaleRelativeIsSought("LY"),
        SubmissionCheck.Refusal(FileOf([.. Interview, SisterAdded, Lost(Sister, country: Libya)]), NoWomen));

    [Fact]
    public void What_is_missing_is_told_before_what_a_country_forbids() => Assert.Equal(
        TracingRequestRefusals.SubmissionIncomplete(["security-assessment"]),
        SubmissionCheck.Refusal(FileOf([Started, Registered, SisterAdded, Lost(Sister, country: Libya)]), NoWomen));

    private static Policy NoWomen =>
        Policy.Default with { CountryRules = Policy.Default.CountryRules.Add(Libya, new CountryRule(Libya, WomenMayNotBeSought: true)) };

    private static Refusal? Check(params ITracingRequestEvent[] facts) => SubmissionCheck.Refusal(FileOf(facts), Policy.Default);

    private static CaseFile FileOf(ITracingRequestEvent[] facts) => ((TracingRequest.Started)Request(facts)).File;
}
