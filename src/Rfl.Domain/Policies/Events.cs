using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;

namespace Rfl.Domain.Policies;

/// <summary>Changes of a Society's policy. Each is a new version; open deadlines follow the policy in force.</summary>
public interface IPolicyEvent : IDomainEvent;

[EventType("deadline-rule-set.v1")]
public sealed record DeadlineRuleSet(DeadlineKind Kind, PolicyScope Scope, DeadlineRule Rule) : IPolicyEvent;

[EventType("deadline-rule-removed.v1")]
public sealed record DeadlineRuleRemoved(DeadlineKind Kind, PolicyScope Scope) : IPolicyEvent;

/// <summary>The days on which the Society does not work, weekends apart. Replaces the days declared before for the same year.</summary>
[EventType("public-holidays-declared.v1")]
public sealed record PublicHolidaysDeclared(int Year, ValueList<DateOnly> Days) : IPolicyEvent;

[EventType("country-rule-set.v1")]
public sealed record CountryRuleSet(CountryRule Rule) : IPolicyEvent;

[EventType("age-policy-set.v1")]
public sealed record AgePolicySet(AgePolicy Ages) : IPolicyEvent;

[EventType("watch-policy-set.v1")]
public sealed record WatchPolicySet(WatchPolicy Watch) : IPolicyEvent;

[EventType("retention-rule-set.v1")]
public sealed record RetentionRuleSet(RetentionKind Kind, RetentionRule Rule) : IPolicyEvent;

[EventType("partner-society-registered.v1")]
public sealed record PartnerSocietyRegistered(PartnerSociety Society) : IPolicyEvent;
