using Rfl.Domain.Deadlines;

namespace Rfl.Domain.Disclosures;

/// <summary>Inside the circle: an attempt to reach a located person within the policy's time (handbook §6).</summary>
public static class DisclosureDeadlines
{
    /// <summary>Of the key. The stream says which person; the person's id would lead from the deadline's row to the request.</summary>
    private const string Subject = "found-person";

    public static IEnumerable<OpenDeadline> Of(Disclosure state)
    {
        if (state is not Disclosure.Found { Attempts.IsEmpty: true, Informed: null, Finding.Kind: FindingKind.Located } found)
            yield break;
        var key = new DeadlineKey(DeadlineKind.LocatedPersonContact, Subject, found.FoundAt, 1);
        yield return new OpenDeadline(key, new DeadlineScope(found.Finding.ConcernsMinor), found.PassedDeadlines.GetValueOrDefault(key));
    }
}
