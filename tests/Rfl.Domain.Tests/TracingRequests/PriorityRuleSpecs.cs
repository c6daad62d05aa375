using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.Tests.Common;
using Rfl.Domain.TracingRequests;
using static Rfl.Domain.Tests.Common.Histories;
using static Rfl.Domain.Tests.Common.TestPeople;

namespace Rfl.Domain.Tests.TracingRequests;

/// <summary>Rule 6: child alone, then risk, then dependence, then recent loss at sea or on the route, then standard.</summary>
public sealed class PriorityRuleSpecs
{
    private static readonly SoughtPersonCircumstances Everything = new(
        IsMinor: true, IsAlone: true, InDetention: true, MedicalRisk: true, TraffickingRisk: true, ElderlyOrDependent: true);

    public static TheoryData<SoughtPersonCircumstances, Priority, PriorityReason> Circumstances => new()
    {
        { Everything, Priority.ChildAlone, PriorityReason.ChildAlone },
        { Everything with { IsMinor = false }, Priority.AtRisk, PriorityReason.Detention },
        { Everything with { IsAlone = false }, Priority.AtRisk, PriorityReason.Detention },
        { Everything with { IsAlone = false, InDetention = false }, Priority.AtRisk, PriorityReason.MedicalRisk },
        { Everything with { IsAlone = false, InDetention = false, MedicalRisk = false }, Priority.AtRisk, PriorityReason.TraffickingRisk },
        { new(IsMinor: true, ElderlyOrDependent: true), Priority.Dependent, PriorityReason.ElderlyOrDependent },
        { new(IsMinor: true), Priority.RecentLoss, PriorityReason.RecentLossAtSeaOrOnTheRoute },
        { new(IsAlone: true), Priority.RecentLoss, PriorityReason.RecentLossAtSeaOrOnTheRoute },
    };

    [Theory]
    [MemberData(nameof(Circumstances))]
    public void The_most_urgent_circumstance_decides(SoughtPersonCircumstances circumstances, Priority priority, PriorityReason reason) =>
        Assert.Equal((priority, reason), Propose(Add(Brother, FamilyRelation.Brother, BrotherDetails, circumstances), LostOn(Days.Today)));

    [Fact]
    public void The_most_urgent_of_several_sought_persons_decides()
    {
        var dependent = Add(Sister, FamilyRelation.Sister, SisterDetails, new SoughtPersonCircumstances(ElderlyOrDependent: true));

        Assert.Equal((Priority.Dependent, PriorityReason.ElderlyOrDependent), Propose(BrotherAdded, LostOn(Days.Today), dependent));
    }

    [Theory]
    [MemberData(nameof(Circumstances))]
    public void It_is_enough_that_one_of_several_is_in_need(SoughtPersonCircumstances circumstances, Priority priority, PriorityReason reason) => Assert.Equal(
        (priority, reason), Propose(Add(Brother, FamilyRelation.Brother, BrotherDetails, circumstances), LostOn(Days.Today), SisterAdded, Lost(Sister)));

    /// <summary>Submitted on 3 March: ninety days before is 3 December.</summary>
    [Theory]
    [InlineData("2025-12-04", Priority.RecentLoss)]
    [InlineData("2025-12-03", Priority.RecentLoss)]
    [InlineData("2025-12-02", Priority.Standard)]
    public void A_loss_on_the_route_is_recent_for_ninety_days(string lastSeen, Priority expected) =>
        Assert.Equal(expected, Propose(BrotherAdded, LostOn(DateOnly.Parse(lastSeen, null))).Priority);

    [Fact]
    public void A_recent_loss_elsewhere_is_standard() => Assert.Equal(
        (Priority.Standard, PriorityReason.Standard), Propose(BrotherAdded, LostOn(Days.Today) with { Cause = BreakOfContact.Conflict }));

    [Theory]
    [InlineData("XXXX", Priority.Standard)]
    [InlineData("202X", Priority.Standard)]
    [InlineData("2024-12-30/2026-01-01", Priority.Standard)]
    [InlineData("2024-12-31/2026-01-01", Priority.RecentLoss)]
    [InlineData("2025", Priority.RecentLoss)]
    [InlineData("2026", Priority.RecentLoss)]
    [InlineData("2026-01", Priority.RecentLoss)]
    [InlineData("2025-11", Priority.Standard)]
    [InlineData("2026-01/..", Priority.Standard)]
    [InlineData("../2026-01", Priority.Standard)]
    public void A_loss_of_uncertain_date_is_recent_where_the_date_may_be_and_is_no_vaguer_than_a_year(string when, Priority expected)
    {
        var account = Personal.Of(Brother, Loss(Days.Today) with { When = UncertainDate.Parse(when) });

        Assert.Equal(expected, Propose(BrotherAdded, LostOn(Days.Today) with { Account = account }).Priority);
    }

    [Fact]
    public void Without_a_known_loss_or_before_submission_the_case_is_standard()
    {
        Assert.Equal(Priority.Standard, Propose(BrotherAdded).Priority);
        Assert.Equal(
            Priority.Standard,
            PriorityRule.Propose(((TracingRequest.Started)Request(Started, BrotherAdded, LostOn(Days.Today))).File).Priority);
    }

    private static LossOfContactRecorded LostOn(DateOnly day) =>
        new(Brother, BreakOfContact.Migration, null, Personal.Of(Brother, Loss(day)));

    private static (Priority Priority, PriorityReason Reason) Propose(params ITracingRequestEvent[] people) =>
        PriorityRule.Propose(((TracingRequest.Started)Request([Started, Registered, .. people, Assessed, new TracingRequestSubmitted()])).File);
}
