using Rfl.Api.Casework;
using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;
using Rfl.Domain.Policies;
using Rfl.Infrastructure.Jobs;
using Rfl.Infrastructure.Projections;

namespace Rfl.Api.Policies;

/// <summary>
/// Open deadlines follow the policy in force (docs/adr/0060). Woken right after a change and every minute, so that a crash in between heals by itself. It goes
/// twice over the rows: a command that was under way during the change may still write one under the older policy after the first time.
/// </summary>
public sealed class ReapplyingPolicy(PolicyReader policies, DeadlineInstants instants, ViewRebuilder rebuilder, TimeProvider clock)
    : IScheduledJob
{
    public const string JobName = "reapplying-policy";

    /// <summary>Longer than any command takes.</summary>
    private static readonly TimeSpan settling = TimeSpan.FromMinutes(2);

    public string Name => JobName;

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    /// <summary>Counts rewritten deadlines, those of the disclosure circle left out.</summary>
    public async Task RunAsync(JobProgress run, CancellationToken ct)
    {
        var applied = await instants.AppliedAsync(ct);
        var record = await policies.ReadRecordAsync(ct);
        var settles = applied.Version == record.Version;
        if (settles && (applied.Settled || clock.GetUtcNow() < applied.AppliedAt + settling))
            return;

        var from = applied.Settled ? applied.Version : applied.Previous;
        var changes = PolicyChanges.Between(record.At(from), record.At(record.Version));
        foreach (var view in changes.Kinds.Where(changes.NeedsRebuild).Select(ViewOf).Distinct())
            await rebuilder.RebuildAsync(view, progress: null, ct);
        var walked = changes.Kinds.Where(kind => !changes.NeedsRebuild(kind)).ToList();
        await instants.RewriteAsync(walked, changes.After, run, ct);
        await instants.MarkAppliedAsync(new AppliedPolicy(record.Version, from, clock.GetUtcNow(), settles), ct);
    }

    private static string ViewOf(DeadlineKind kind) => kind switch
    {
        DeadlineKind.Transmission or DeadlineKind.PartnerAcknowledgement or DeadlineKind.PartnerAnswer or DeadlineKind.EscalationToCentralTracingAgency =>
            $"{StreamKinds.PartnerSearch.Name}-deadlines",
        DeadlineKind.LocatedPersonContact => $"{StreamKinds.Disclosure.Name}-deadlines",
        DeadlineKind.BreakGlassReview => $"{StreamKinds.BreakGlass.Name}-deadlines",
        DeadlineKind.BreachNotification => $"{StreamKinds.Breach.Name}-deadlines",
        _ => $"{StreamKinds.TracingRequest.Name}-deadlines",
    };
}

/// <summary>What another policy changes about deadlines.</summary>
/// <param name="Kinds">Those whose instants may differ.</param>
internal sealed record PolicyChanges(IReadOnlyList<DeadlineKind> Kinds, Policy Before, Policy After)
{
    public static PolicyChanges Between(Policy before, Policy after)
    {
        var kinds = Enum.GetValues<DeadlineKind>();
        return new PolicyChanges(SameHolidays(before, after) ? [.. kinds.Where(kind => !SameRules(kind, before, after))] : kinds, before, after);
    }

    /// <summary>
    /// Rules of different length make occurrences appear or disappear, and an absent row cannot be rewritten: the stream's rows are made anew. Where all
    /// rules, old and new, have the same length, every row stays and only its instant moves.
    /// </summary>
    public bool NeedsRebuild(DeadlineKind kind) =>
        RulesOf(kind, Before).Concat(RulesOf(kind, After)).Select(rule => (rule.Value.Steps.Count, rule.Value.Repeats)).Distinct().Count() > 1;

    private static bool SameRules(DeadlineKind kind, Policy before, Policy after)
    {
        var old = RulesOf(kind, before).ToDictionary();
        var now = RulesOf(kind, after).ToDictionary();
        return old.Count == now.Count && old.All(rule => now.TryGetValue(rule.Key, out var other) && other == rule.Value);
    }

    private static bool SameHolidays(Policy before, Policy after) =>
        before.Holidays.Values.SelectMany(days => days).ToHashSet().SetEquals(after.Holidays.Values.SelectMany(days => days));

    private static IEnumerable<KeyValuePair<PolicyScope, DeadlineRule>> RulesOf(DeadlineKind kind, Policy policy) =>
        policy.DeadlineRules.Where(rule => rule.Key.Kind == kind).Select(rule => KeyValuePair.Create(rule.Key.Scope, rule.Value));
}
