using System.Text.Json.Serialization;
using Rfl.Domain.Common;

namespace Rfl.Domain.People;

/// <summary>A way to reach somebody (handbook §3).</summary>
/// <param name="Value">Number (E.164 where its country is known), address, account or meeting place.</param>
/// <param name="Of">Whose it is, where it is a third person's.</param>
/// <param name="IsSafe">Whether it may be used without danger to anybody; null where nobody asked, which is not a yes.</param>
/// <param name="OfPerson">The third person: there exactly where <paramref name="Of"/> is.</param>
public sealed record ContactPoint(ContactKind Kind, string Value, string? Of = null, bool? IsSafe = null, PersonId? OfPerson = null) : IAboutAnother<ContactPoint>
{
    /// <summary>Whether the third person was erased.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsErased { get; init; }

    /// <summary>Whether what is known of the third person is damaged, or its key not at hand.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsUnreadable { get; init; }

    bool IAboutAnother.IsAboutAnother => Of is not null || OfPerson is not null;

    PersonId? IAboutAnother.Subject => OfPerson;

    public static ContactPoint Erased(PersonId person) => new(ContactKind.ThirdParty, "", OfPerson: person) { IsErased = true };

    public static ContactPoint Unreadable(PersonId person) => new(ContactKind.ThirdParty, "", OfPerson: person) { IsUnreadable = true };

    /// <summary>Two ways to reach the same person are often noted, so the way does not count.</summary>
    bool IAboutAnother.IsSamePersonAs(IAboutAnother other) => other is ContactPoint { Of: { } of } && of == Of;

    public override string ToString() => "personal";
}

public enum ContactKind
{
    Phone,
    Email,
    Post,
    Social,
    InPerson,

    /// <summary>Through somebody who passes messages on.</summary>
    ThirdParty,
}
