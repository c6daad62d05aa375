using Rfl.Domain.Deadlines;

namespace Rfl.Domain.Disclosures;

/// <summary>Inside the circle: an attempt to reach a located person within the policy's time (handbook §6).</summary>
public static class DisclosureDeadlines
{
    public static IEnumerable<OpenDeadline> Of(Disclosure state)
    {
        if (state is not Disclosure.Found { Attempts.IsEmpty: true, Informed: null, Finding.Kind: FindingKind.Located } found)
            yield break;
        var key = new DeadlineKey(DeadlineKind.LocatedPersonContact, found.Finding.SoughtPerson.ToString(), found.FoundAt, 1);
        yield return new OpenDeadline(key, new DeadlineScope(found.Finding.ConcernsMinor), found.PassedDeadlines.GetValueOrDefault(key));
    }
}
