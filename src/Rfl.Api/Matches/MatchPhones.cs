using Rfl.Domain.Common;
using Rfl.Domain.People;

namespace Rfl.Api.Matches;

/// <summary>Telephone numbers as they are compared: one spelling each, so that two lists meet which write them differently.</summary>
internal static class MatchPhones
{
    /// <summary>Beyond so many numbers of one person others say nothing new.</summary>
    private const int Most = 10;

    /// <summary>Numbers are given in E.164 where their country is known; others are compared by their digits.</summary>
    public static ValueList<string> Of(IEnumerable<ContactPoint> contacts) =>
        contacts.Where(contact => contact.Kind == ContactKind.Phone).Select(contact => Of(contact.Value)).OfType<string>().Distinct(StringComparer.Ordinal).Take(Most).ToValueList();

    public static string? Of(string number)
    {
        if (PhoneNumber.TryNormalise(number, null, out var e164))
            return e164;
        var digits = string.Concat(number.Where(char.IsAsciiDigit));
        // A few digits are an extension, or were noted down in part.
        return digits.Length >= 6 ? digits : null;
    }
}
