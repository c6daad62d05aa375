using Rfl.Domain.Common;
using Rfl.Domain.People;

namespace Rfl.Api.AccessReplies;

/// <summary>One section in the making: what is not known is not a line.</summary>
internal sealed class ReplySection(ReplyWords words, string kind, params string[] titleValues)
{
    private readonly List<AccessReplyLine> lines = [];

    public bool HasLines => lines.Count > 0;

    public ReplySection Add(string field, string? text)
    {
        if (!string.IsNullOrWhiteSpace(text))
            lines.Add(new AccessReplyLine(field, words.Of(field), text));
        return this;
    }

    public ReplySection AddAll(string field, IEnumerable<string> texts)
    {
        foreach (var text in texts)
            Add(field, text);
        return this;
    }

    /// <summary>What a record holds of the person themself. Of their relatives it says how many there are: who they are is theirs.</summary>
    public ReplySection AddPerson(PersonDetails person)
    {
        AddAll("names", person.Names.Select(Written));
        Add("father-name", person.FatherName is { } father ? Written(father) : null);
        Add("mother-name", person.MotherName is { } mother ? Written(mother) : null);
        if (person.Sex != Sex.Unknown)
            Add("sex", words.Value(person.Sex));
        if (person.Birth is { } birth)
            Add("birth", $"{birth.Words} ({words.Of("calendar-" + birth.Calendar)}; {birth.Interval})");
        if (person.Birthplace is { } place)
            Add("birthplace", place.Country is { } country ? $"{place.Text} ({country})" : place.Text);
        Add("nationalities", string.Join(", ", person.Nationalities));
        Add("profession", person.Profession);
        Add("marks", person.DistinguishingMarks);
        Add("health", person.HealthOrVulnerability);
        Add("ethnicity", person.Ethnicity is { } ethnicity ? words.Of("with-reason", ethnicity.Value, ethnicity.Reason) : null);
        Add("religion", person.Religion is { } religion ? words.Of("with-reason", religion.Value, religion.Reason) : null);
        var relatives = person.Relatives.Count(relative => !relative.IsErased);
        if (relatives > 0)
            Add("relatives", words.Of("how-many-kept-apart", Number(relatives)));
        return this;
    }

    /// <summary>Ways to reach the person. Those that are somebody else's are counted.</summary>
    public ReplySection AddContacts(ValueList<ContactPoint> contacts)
    {
        AddAll("contact", contacts.Where(contact => contact.Of is null && contact.Kind != ContactKind.ThirdParty)
            .Select(contact => words.Of("contact-way", words.Value(contact.Kind), contact.Value)));
        var ofOthers = contacts.Count(contact => !contact.IsErased && (contact.Of is not null || contact.Kind == ContactKind.ThirdParty));
        if (ofOthers > 0)
            Add("contacts-of-others", words.Of("how-many-kept-apart", Number(ofOthers)));
        return this;
    }

    /// <summary>On paper nobody can tell an empty section from a forgotten one.</summary>
    public AccessReplySection Build()
    {
        if (lines.Count == 0)
            Add("recorded", words.Of("nothing"));
        return new AccessReplySection(kind, words.Of("section:" + kind, titleValues), lines.ToValueList());
    }

    public static string Number(int count) => count.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static string Written(PersonName name)
    {
        var transliterated = string.Join(' ', name.Components.Select(component => component.Transliteration ?? component.Text));
        return transliterated == name.Written() ? name.Written() : $"{name.Written()} ({transliterated})";
    }
}
