using Npgsql;
using NpgsqlTypes;
using Rfl.Domain.Common;
using Rfl.Domain.DataSubjects;
using Rfl.Domain.People;
using Rfl.Domain.RegisteredPersons;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.DataSubjects;

/// <summary>Keeps a repeated import from bringing an erased person back, and tells whoever sent it (handbook §8.6).</summary>
public sealed class Suppression(LookupHash hash)
{
    /// <summary>Whether an import about these people was suppressed; read in the round trip of the import.</summary>
    public SuppressionLookup Look(string source, IEnumerable<string> values) => new(Hashes(source, values));

    /// <summary>By what an enquirer or registered person is known again.</summary>
    public static IEnumerable<string> ValuesOf(PersonDetails person, ValueList<ContactPoint> contacts = default) =>
        [.. IdentifyingValues.OfPerson(person), .. IdentifyingValues.OfPhones(contacts)];

    /// <summary>By what a sought person is known again: together with who seeks them, since several may seek one.</summary>
    public static IEnumerable<string> ValuesOf(PersonDetails sought, PersonDetails seeker) =>
        from enquirer in IdentifyingValues.OfPerson(seeker)
        from person in IdentifyingValues.OfPerson(sought)
        select $"{enquirer}\n{person}";

    /// <summary>By what somebody is known again whom the enquirer's interview names beside the people it is about.</summary>
    public static IEnumerable<string> ValuesOf(IEnumerable<IAboutAnother> others, PersonDetails enquirer) =>
        from person in IdentifyingValues.OfPerson(enquirer)
        from other in others
        select $"{person}\n{IdentifyingValues.OfOther(other)}";

    /// <summary>
    /// Whether somebody without an id on this sheet was erased from it: whoever puts it down again as they have it would bring them back under a new one.
    /// </summary>
    /// <returns>Null where the sheet names nobody without an id.</returns>
    public SuppressionLookup? LookOnSheet(PersonId described, ISheet sheet) =>
        Hashes(ImportSource.Sheet(described), sheet.Others().Where(part => part.Subject is null).Select(IdentifyingValues.OfOther)) is { Length: > 0 } hashes
            ? new SuppressionLookup(hashes)
            : null;

    /// <summary>The hashes that keep a person of a request from coming back with the document it was made of.</summary>
    public IEnumerable<byte[]> Of(PersonId person, CaseFile file, string? theirReference)
    {
        if (file.Society is { } society)
            return [.. OfSheets(person, file), .. theirReference is null ? [] : Hashes(ImportSource.Partner(society), [IdentifyingValues.OfReference(theirReference)])];
        if (file.BegunOn is not { } on)
            return OfSheets(person, file);
        var values = file.Enquirer is { } enquirer && enquirer.Enquirer == person
            ? enquirer.Details.Value is { } details ? ValuesOf(details.Person, details.Contacts) : []
            : file.Enquirer?.Details.Value is not { } seeker ? []
            : file.Find(person)?.Details.Value is { } sought ? ValuesOf(sought, seeker.Person)
            : ValuesOf(file.Sheets().SelectMany(told => told.Sheet.Others()).Where(part => part.Subject == person), seeker.Person);
        return [.. OfSheets(person, file), .. Hashes(ImportSource.Interview(file.Region, on), values)];
    }

    private IEnumerable<byte[]> OfSheets(PersonId person, CaseFile file) => file.Sheets().SelectMany(told => OfSheet(person, told.Described, told.Sheet));

    private byte[][] OfSheet(PersonId person, PersonId described, ISheet sheet) => Hashes(
        ImportSource.Sheet(described), sheet.Others().Where(part => part.Subject == person && !part.IsErased).Select(IdentifyingValues.OfOther));

    /// <summary>The hashes that keep a registered person from coming back with the list they stood on, or somebody whom their sheet names with that sheet.</summary>
    public IEnumerable<byte[]> Of(PersonId erased, RegisteredPerson.Existing person) => person.Registration.Value is not { } registration ? []
        : person.First.Person != erased ? OfSheet(erased, person.First.Person, registration)
        : Hashes(
            ImportSource.List(person.First.Region, person.First.Source.ToString(), person.First.Organisation), ValuesOf(registration.Person, registration.Contacts));

    public static NpgsqlBatchCommand Record(IEnumerable<byte[]> hashes, DateTimeOffset now) => new(
        "insert into suppression_record (hash, recorded_at) select hash, $2 from unnest($1) as s (hash) on conflict (hash) do nothing")
    {
        Parameters =
        {
            new NpgsqlParameter<byte[][]> { TypedValue = [.. hashes], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
            new NpgsqlParameter<DateTimeOffset> { TypedValue = now },
        },
    };

    private byte[][] Hashes(string source, IEnumerable<string> values) => [.. values.Distinct().Select(value => hash.Of("suppression", $"{source}\n{value}"))];
}

/// <summary>One look at the suppressed hashes.</summary>
public sealed class SuppressionLookup(byte[][] hashes) : IReadAlong
{
    public bool IsSuppressed { get; private set; }

    public NpgsqlBatchCommand Command() => new("select exists (select from suppression_record where hash = any($1))")
    {
        Parameters = { new NpgsqlParameter<byte[][]> { TypedValue = hashes, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea } },
    };

    public async Task ReadAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        await reader.ReadAsync(ct);
        IsSuppressed = reader.GetBoolean(0);
    }
}
