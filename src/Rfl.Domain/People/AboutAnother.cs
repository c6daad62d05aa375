using Rfl.Domain.Common;

namespace Rfl.Domain.People;

/// <summary>
/// A part of somebody's sheet that is about somebody else: a relative, a neighbour's telephone, a legal representative. It is kept with the key of whom it is
/// about, so that each can be erased, restricted and answered without the rest (docs/adr/0102).
/// </summary>
public interface IAboutAnother
{
    /// <summary>False where the part is about whoever the sheet describes, after all: a telephone of their own.</summary>
    bool IsAboutAnother { get; }

    /// <summary>Whom it is about; null while nobody has given them an id.</summary>
    PersonId? Subject { get; }

    /// <summary>The person was erased: this stands where something about them stood.</summary>
    bool IsErased { get; }

    /// <summary>The person was not erased, but their key is damaged or not at hand.</summary>
    bool IsUnreadable { get; }

    /// <summary>Whether both name the same person, as far as words can tell: then a sheet that is sent again without ids means whom it meant.</summary>
    bool IsSamePersonAs(IAboutAnother other);
}

/// <summary>What remains of such a part when it cannot be read.</summary>
public interface IAboutAnother<TSelf> : IAboutAnother
    where TSelf : IAboutAnother<TSelf>
{
    static abstract TSelf Erased(PersonId person);

    static abstract TSelf Unreadable(PersonId person);
}

/// <summary>The id of whom a part is about.</summary>
/// <param name="path">Of the member that holds it, below the sheet: <c>relatives[0].person</c>.</param>
public delegate PersonId? NamingPerson(string path, IAboutAnother part);

/// <summary>What is told about one person, with the parts of it that are about others.</summary>
public interface ISheet
{
    /// <summary>The same sheet, each of its parts about another with the id that <paramref name="naming"/> says.</summary>
    ISheet NameOthers(NamingPerson naming);
}

public static class SheetExtensions
{
    public static T Naming<T>(this T sheet, NamingPerson naming)
        where T : class, ISheet => (T)sheet.NameOthers(naming);

    /// <summary>The parts that are about others.</summary>
    public static IReadOnlyList<IAboutAnother> Others(this ISheet sheet)
    {
        var others = new List<IAboutAnother>();
        sheet.NameOthers((_, part) =>
        {
            others.Add(part);
            return part.Subject;
        });
        return others;
    }

    /// <summary>Whether the sheet tells something of this person, whom it does not describe.</summary>
    public static bool Names(this ISheet? sheet, PersonId person) => sheet is not null && sheet.Others().Any(part => part.Subject == person);

    internal static ValueList<ContactPoint> NameOthers(this ValueList<ContactPoint> contacts, string path, NamingPerson naming) => contacts.Any(IsOfAnother)
        ? contacts.Select((contact, i) => IsOfAnother(contact) ? contact with { OfPerson = naming($"{path}[{i}].ofPerson", contact) } : contact).ToValueList()
        : contacts;

    private static bool IsOfAnother(ContactPoint contact) => ((IAboutAnother)contact).IsAboutAnother;
}
