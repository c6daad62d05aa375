using Rfl.Domain.Deadlines;

namespace Rfl.Domain.DataSubjectRequests;

/// <summary>
/// The legal deadline of an open request: calendar months from its receipt (handbook §8.3). Extended, another deadline with the same beginning takes its place.
/// </summary>
public static class DataSubjectRequestDeadlines
{
    public static IEnumerable<OpenDeadline> Of(DataSubjectRequest state)
    {
        if (state is not DataSubjectRequest.Open { File: var file })
            yield break;
        var kind = file.Extension is null ? DeadlineKind.DataSubjectRequestAnswer : DeadlineKind.ExtendedDataSubjectRequestAnswer;
        for (var occurrence = 1; ; occurrence++)
        {
            var key = new DeadlineKey(kind, "", file.ReceivedAt, occurrence);
            var passed = file.PassedDeadlines.GetValueOrDefault(key);
            yield return new OpenDeadline(key, new DeadlineScope(), passed);
            if (passed is null)
                yield break;
        }
    }
}
