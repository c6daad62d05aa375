using System.Collections.Immutable;
using Rfl.Domain.Deadlines;
using static Rfl.Domain.Deadlines.DeadlineKind;

namespace Rfl.Domain.Policies;

/// <summary>The deadlines of handbook §6 and §8.3, in force until a supervisor sets others.</summary>
internal static class PolicyDefaults
{
    private static readonly PolicyScope Urgent = new(Urgent: true);

    public static ImmutableDictionary<(DeadlineKind, PolicyScope), DeadlineRule> DeadlineRules { get; } =
        new Dictionary<(DeadlineKind, PolicyScope), DeadlineRule>
        {
            [(AcceptanceDecision, PolicyScope.Everywhere)] = Once(WorkingDays(5)),
            [(AcceptanceDecision, Urgent)] = Once(WorkingDays(1)),
            [(Transmission, PolicyScope.Everywhere)] = Once(WorkingDays(10)),
            [(Transmission, Urgent)] = Once(WorkingDays(2)),
            [(PartnerAcknowledgement, PolicyScope.Everywhere)] = Once(Days(15)),
            [(PartnerAnswer, PolicyScope.Everywhere)] = Once(Months(3), Months(6), Months(9)),
            [(EscalationToCentralTracingAgency, PolicyScope.Everywhere)] = Once(Months(12)),
            [(AuthorityInquiryUnanswered, PolicyScope.Everywhere)] = Once(Days(30), Days(60)),
            [(NewsToEnquirer, PolicyScope.Everywhere)] = Repeating(Months(6)),
            [(NewsToEnquirer, Urgent)] = Repeating(Months(3)),
            [(NewsAfterSignificantEvent, PolicyScope.Everywhere)] = Once(WorkingDays(5)),
            [(LocatedPersonContact, PolicyScope.Everywhere)] = Once(WorkingDays(10)),
            [(InformationRequestUnanswered, PolicyScope.Everywhere)] = Once(Days(60)),
            [(EnquirerUnreachable, PolicyScope.Everywhere)] = Once(Days(90)),
            [(StaleCase, PolicyScope.Everywhere)] = Repeating(Days(90)),
            [(NoLeads, PolicyScope.Everywhere)] = Once(Months(24)),
            [(DormantReview, PolicyScope.Everywhere)] = Repeating(Months(12)),
            [(ConsentReview, PolicyScope.Everywhere)] = Repeating(Months(12)),
            [(ConsentExpiry, PolicyScope.Everywhere)] = Once(Days(1)),
            [(ChildTurningEighteen, PolicyScope.Everywhere)] = Once(Days(-60)),
            [(DataSubjectRequestAnswer, PolicyScope.Everywhere)] = Once(Months(1)),
            [(ExtendedDataSubjectRequestAnswer, PolicyScope.Everywhere)] = Once(Months(3)),
            [(BreakGlassReview, PolicyScope.Everywhere)] = Repeating(WorkingDays(2)),
            // The authority is told within 72 hours of knowing (handbook §8.7); a day before it is time to say so.
            [(BreachNotification, PolicyScope.Everywhere)] = Once(Hours(48), Hours(72)),
        }.ToImmutableDictionary();

    /// <summary>Handbook §8.6. What holds persons goes when the officer has looked; what holds none goes by itself.</summary>
    public static ImmutableDictionary<RetentionKind, RetentionRule> Retention { get; } = new Dictionary<RetentionKind, RetentionRule>
    {
        [RetentionKind.DeclinedRequest] = new(Months(12)),
        [RetentionKind.ClosedRequest] = new(Months(24)),
        [RetentionKind.WithdrawnRequest] = new(Months(12)),
        [RetentionKind.LapsedRegistration] = new(Months(3)),
        [RetentionKind.AnsweredBlindQuery] = new(Months(12)),
        [RetentionKind.IdempotencyRecord] = new(Days(30), Automatic: true),
        [RetentionKind.JobRecord] = new(Days(90), Automatic: true),
    }.ToImmutableDictionary();

    private static DeadlineRule Once(params ReadOnlySpan<Period> steps) => new([.. steps]);

    private static DeadlineRule Repeating(Period step) => new([step], Repeats: true);

    private static Period WorkingDays(int count) => new(count, PeriodUnit.WorkingDays);

    private static Period Days(int count) => new(count, PeriodUnit.Days);

    private static Period Hours(int count) => new(count, PeriodUnit.Hours);

    private static Period Months(int count) => new(count, PeriodUnit.Months);
}
