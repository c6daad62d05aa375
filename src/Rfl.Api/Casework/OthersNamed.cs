using FluentValidation;
using FluentValidation.Results;
using Rfl.Api.DataSubjects;
using Rfl.Domain.Common;
using Rfl.Domain.DataSubjects;
using Rfl.Domain.People;

namespace Rfl.Api.Casework;

/// <summary>
/// Relatives, contact persons and legal representatives have ids of their own (docs/adr/0102). Callers may choose them, as they choose those of the people whom a sheet
/// describes; whoever has none keeps the one that the sheet had for them, or gets a new one.
/// </summary>
internal static class OthersNamed
{
    /// <summary>As <see cref="On{T}(T, T)"/>, for a sheet on which somebody may have been erased.</summary>
    /// <param name="erased">Whether somebody without an id here was erased from the sheet.</param>
    public static Refusal? On<T>(T sheet, T? before, SuppressionLookup? erased, out T named)
        where T : class, ISheet
    {
        named = sheet;
        var known = before?.Others() ?? [];
        // Then the caller's sheet is another one than ours.
        if (sheet.Others().Any(part => part.IsErased && !known.Any(other => other.IsErased && other.Subject == part.Subject)))
            return DataSubjectRefusals.NobodyErasedHere;
        if (erased?.IsSuppressed == true)
            return DataSubjectRefusals.PersonErased;
        named = On(sheet, before);
        return null;
    }

    /// <summary>The sheet with an id for each part that is about another.</summary>
    /// <param name="before">The sheet that it replaces.</param>
    public static T On<T>(T sheet, T? before)
        where T : class, ISheet
    {
        var (parts, known) = (sheet.Others(), before?.Others() ?? []);
        // A person chosen here is not meant a second time, but for one of whom several telephones are known.
        var chosen = parts.Select(part => part.Subject).OfType<PersonId>().ToHashSet();
        var free = known.Where(part => part.Subject is { } person && (part is ContactPoint || !chosen.Contains(person))).ToList();
        var contacts = parts.Where(part => part is ContactPoint && part.Subject is not null).Select(part => (Part: part, Person: part.Subject!.Value)).ToList();
        return sheet.Naming((_, part) =>
        {
            if (part.Subject is { } person)
                return person;
            if (part is ContactPoint && contacts.Find(other => part.IsSamePersonAs(other.Part)) is { Part: not null } same)
                return same.Person;
            var kept = free.Find(part.IsSamePersonAs);
            if (kept is not null)
                free.Remove(kept);
            person = kept?.Subject ?? new PersonId(Guid.NewGuid());
            if (part is ContactPoint)
                contacts.Add((part, person));
            return person;
        });
    }

    /// <summary>What is wrong with the ids of a sheet in itself, whatever is recorded.</summary>
    /// <param name="path">Of the sheet in the message.</param>
    /// <param name="described">The people whom the message describes.</param>
    /// <param name="isNew">Whether nobody on the sheet can have been erased.</param>
    public static void CheckOthers<T>(this ValidationContext<T> context, string path, ISheet? sheet, IReadOnlyCollection<PersonId> described, bool isNew = false)
    {
        var relatives = new HashSet<PersonId>();
        sheet?.NameOthers((below, part) =>
        {
            if (part.IsUnreadable)
                Fail(below, "isUnreadable", "null");
            if (part.IsErased && (isNew || part.Subject is null))
                Fail(below, "isErased", "null");
            if (part is ContactPoint { Of: null, IsErased: false })
                Fail(below, null, "null");
            if (part.Subject is { } person)
            {
                if (person.Value == Guid.Empty)
                    Fail(below, null, "not-empty");
                else if (DerivedId.IsReserved(person.Value))
                    Fail(below, null, "id-reserved");
                else if (described.Contains(person) || (part is RelatedPerson && !relatives.Add(person)))
                    Fail(below, null, "person-named-twice");
            }

            return part.Subject;
        });

        void Fail(string below, string? member, string code)
        {
            var at = member is null ? below : string.Concat(below.AsSpan(0, below.LastIndexOf('.') + 1), member);
            context.AddFailure(new ValidationFailure($"{path}.{at}", "") { ErrorCode = code });
        }
    }
}
