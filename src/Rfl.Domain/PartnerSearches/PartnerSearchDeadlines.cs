using Rfl.Domain.Deadlines;

namespace Rfl.Domain.PartnerSearches;

/// <summary>What we wait for from a partner (handbook §6): sending in time, acknowledgement, answer, and the escalation when none comes.</summary>
public static class PartnerSearchDeadlines
{
    private const int AnswerReminders = 3;

    public static IEnumerable<OpenDeadline> Of(PartnerSearch state) => state switch
    {
        PartnerSearch.Prepared prepared => Steps(prepared.File, DeadlineKind.Transmission, prepared.PreparedAt, 1),
        PartnerSearch.Transmitted { IsWaiting: true } sent =>
        [
            .. sent.Acknowledged ? [] : Steps(sent.File, DeadlineKind.PartnerAcknowledgement, sent.TransmittedAt, 1),
            .. Steps(sent.File, DeadlineKind.PartnerAnswer, sent.TransmittedAt, AnswerReminders),
            .. Steps(sent.File, DeadlineKind.EscalationToCentralTracingAgency, sent.TransmittedAt, 1),
        ],
        _ => [],
    };

    private static IEnumerable<OpenDeadline> Steps(PartnerSearchFile file, DeadlineKind kind, DateTimeOffset since, int steps)
    {
        var scope = new DeadlineScope(file.Preparation.Urgent, Partner: file.Preparation.Society);
        for (var occurrence = 1; occurrence <= steps; occurrence++)
        {
            var key = new DeadlineKey(kind, file.Preparation.Society, since, occurrence);
            DateTimeOffset? passed = file.PassedDeadlines.TryGetValue(key, out var at) ? at : null;
            yield return new OpenDeadline(key, scope, passed);
            if (passed is null)
                yield break;
        }
    }
}
