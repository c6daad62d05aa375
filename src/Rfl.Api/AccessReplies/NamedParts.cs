using Rfl.Api.DataSubjects;
using Rfl.Domain.Common;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.People;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.AccessReplies;

/// <summary>
/// What others told about whoever asks: a relative, a contact person, a legal representative. Their name, what they are, a note, how they are reached, and to whom it was
/// sent; nothing of the person on whose sheet they stand, not even a reference, by which the sheet could be asked for (docs/adr/0102).
/// </summary>
internal static class NamedParts
{
    public static AccessReplySection? Of(IReadOnlyList<StreamHistory> histories, PersonId person, ReplyWords words)
    {
        var section = new ReplySection(words, "named-by-others");
        foreach (var history in histories.OrderBy(history => history.Id))
        {
            var registered = history.Type == StreamKinds.RegisteredPerson.Name;
            // A corrected sheet repeats what it leaves as it was.
            foreach (var part in NamedOnSheets.PartsAbout(history, person).Distinct())
                Add(section, part, registered, words);
        }

        foreach (var history in histories.Where(history => history.Type == StreamKinds.PartnerSearch.Name).OrderBy(history => history.Id))
            AddSent(section, history, person, words);
        return section.HasLines ? section.Build() : null;
    }

    private static void Add(ReplySection section, IAboutAnother part, bool registered, ReplyWords words)
    {
        section.Add("named-as", words.Of($"named-{KindOf(part)}-{(registered ? "registration" : "request")}"));
        if (part.IsErased || part.IsUnreadable)
        {
            section.Add("details", words.Of(part.IsErased ? "erased" : "unreadable"));
            return;
        }

        switch (part)
        {
            case RelatedPerson relative:
                section.Add("names", ReplySection.Written(relative.Name)).Add("named-relation", words.Value(relative.Relation)).Add("named-note", relative.Note);
                break;
            case LegalRepresentative representative:
                section.Add("names", ReplySection.Written(representative.Name)).Add("named-capacity", representative.Capacity).AddContacts(representative.Contacts);
                break;
            case ContactPoint contact:
                section.Add("names", contact.Of).Add("contact", words.Of("contact-way", words.Value(contact.Kind), contact.Value));
                break;
        }
    }

    /// <summary>Where the sheet was sent with what it says of the person.</summary>
    private static void AddSent(ReplySection section, StreamHistory history, PersonId person, ReplyWords words)
    {
        if (history.Events.Select(recorded => recorded.Event).OfType<TransmissionPrepared>().FirstOrDefault() is not { Society: var society })
            return;
        foreach (var recorded in history.Events)
        {
            if (recorded.Event is TransmittedToPartner sent
                && (sent.SoughtPerson.Value?.Details.Names(person) == true || sent.Enquirer?.Value?.Contacts.Any(contact => contact.OfPerson == person) == true))
                section.Add("sent", words.Of("on-from", words.Day(recorded.Metadata.OccurredAt), society));
        }
    }

    private static string KindOf(IAboutAnother part) => part switch
    {
        RelatedPerson => "relative",
        LegalRepresentative => "representative",
        _ => "contact",
    };
}
