using Rfl.Domain.Deadlines;

namespace Rfl.Domain.PartnerSearches;

/// <summary>What we wait for from a partner (handbook §6): sending in time, acknowledgement, answer, and the escalation when none comes.</summary>
public static class PartnerSearchDeadlines
{
    public static IEnumerable<OpenDeadline> Of(PartnerSearch state) => state switch
    {
        PartnerSearch.Prepared prepared => Occurrences(prepared.File, DeadlineKind.Transmission, prepared.PreparedAt),
        PartnerSearch.Transmitted { IsWaiting: true } sent =>
        [
            .. sent.Acknowledged ? [] : Occurrences(sent.File, DeadlineKind.PartnerAcknowledgement, sent.TransmittedAt),
            .. Occurrences(sent.File, DeadlineKind.PartnerAnswer, sent.TransmittedAt),
            .. Occurrences(sent.File, DeadlineKind.EscalationToCentralTracingAgency, sent.TransmittedAt),
        ],
        _ => [],
    };

    /// <summary>The occurrences that have passed, and the next one; whether there is a next one is the policy's to say.</summary>
    private static IEnumerable<OpenDeadline> Occurrences(PartnerSearchFile file, DeadlineKind kind, DateTimeOffset since)
    {
        var scope = new DeadlineScope(file.Preparation.Urgent, Partner: file.Preparation.Society);
        for (var occurrence = 1; ; occurrence++)
        {
            var key = new DeadlineKey(kind, file.Preparation.Society, since, occurrence);
            var passed = file.PassedDeadlines.GetValueOrDefault(key);
            yield return new OpenDeadline(key, scope, passed);
            if (passed is null)
                yield break;
        }
    }
}
