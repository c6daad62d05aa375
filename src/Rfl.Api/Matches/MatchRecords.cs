using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Casework;
using Rfl.Domain.Common;
using Rfl.Domain.Consents;
using Rfl.Domain.Matches;
using Rfl.Domain.Matching;
using Rfl.Domain.People;
using Rfl.Domain.RegisteredPersons;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.Matches;

/// <summary>The people of submitted requests who may be compared. Written with the request, so that they are found at once.</summary>
public sealed class RequestMatchRecords : IInlineView
{
    public string StreamType => StreamKinds.TracingRequest.Name;

    public const string ViewName = "match-records-of-requests";

    public string Name => ViewName;

    public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer) =>
        MatchRecordRows.Change(after, sealer, history => StreamKinds.TracingRequest.Fold(history) is TracingRequest.Started request ? People(request) : []);

    private static IEnumerable<ComparableRecord> People(TracingRequest.Started request)
    {
        var file = request.File;
        // Do not search, and means of search that leave the own lists out, hold for everybody in the request (rule 17).
        if (request is not (TracingRequest.Submitted or TracingRequest.Open)
            || file.Security?.Assessment is not { DoNotSearch: false } security
            || !security.AllowedMeans.Contains(SearchMeans.OwnLists))
            yield break;
        if (file.Enquirer is { } enquirer && !security.RiskToEnquirer && Agrees(file, enquirer.Enquirer) && enquirer.Details.Value is { } details)
        {
            yield return new ComparableRecord(
                enquirer.Enquirer, MatchRole.Enquirer, file.Region, details.Person, MatchPhones.Of(details.Contacts), enquirer.IsMinor, null, ValidUntil(file, enquirer.Enquirer));
        }

        foreach (var person in file.SoughtPersons)
        {
            if (Agrees(file, person.Id) && person.Details.Value is { } sought)
            {
                var phones = MatchPhones.Of(person.Loss?.Account.Value?.LastContacts ?? []);
                yield return new ComparableRecord(person.Id, MatchRole.Sought, file.Region, sought, phones, person.Circumstances.IsMinor, null, ValidUntil(file, person.Id));
            }
        }
    }

    /// <summary>Whoever took back the consent to be registered is compared with nobody. The work itself rests on vital interest and needs none (§8.1).</summary>
    private static bool Agrees(CaseFile file, PersonId person)
    {
        var given = file.Consents.FindAll(consent => consent.Consent.Person == person && consent.Consent.Purpose == ConsentPurpose.Registration);
        return given.IsEmpty || given.Exists(consent => consent.WithdrawnOn is null);
    }

    private static DateOnly? ValidUntil(CaseFile file, PersonId person)
    {
        var given = file.Consents.FindAll(consent =>
            consent.Consent.Person == person && consent.Consent.Purpose == ConsentPurpose.Registration && consent.WithdrawnOn is null);
        return given.Exists(consent => consent.Consent.ExpiresOn is null) ? null : given.Max(consent => consent.Consent.ExpiresOn);
    }
}

/// <summary>Registered persons who may be compared.</summary>
public sealed class RegisteredMatchRecords : IInlineView
{
    public string StreamType => StreamKinds.RegisteredPerson.Name;

    public const string ViewName = "match-records-of-registered-persons";

    public string Name => ViewName;

    public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer) =>
        MatchRecordRows.Change(after, sealer, history => StreamKinds.RegisteredPerson.Fold(history) is RegisteredPerson.Existing person ? People(person) : []);

    private static IEnumerable<ComparableRecord> People(RegisteredPerson.Existing person)
    {
        if (person is RegisteredPerson.Registered { Consent.MayBeCompared: true, Registration.Value: { } registration })
        {
            yield return new ComparableRecord(
                person.First.Person, MatchRole.Registered, person.First.Region, registration.Person, MatchPhones.Of(registration.Contacts), person.IsMinor, person.First.RegisteredBy, person.Consent.ExpiresOn);
        }
    }
}

/// <summary>One person of a record, as they are put into the index.</summary>
/// <param name="Phones">Numbers by which the person was or is reached, in one spelling each.</param>
public sealed record ComparableRecord(
    PersonId Person, MatchRole Role, string Region, PersonDetails Details, ValueList<string> Phones, bool IsMinor, Guid? RegisteredBy, DateOnly? ValidUntil)
{
    public override string ToString() => "personal";
}

internal static class MatchRecordRows
{
    /// <summary>Writes whoever is new or changed, and takes out whoever is there no more: filing a person costs more than most commands do beside it.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Change(
        StreamHistory history, IPersonalDataSealer sealer, Func<StreamHistory, IEnumerable<ComparableRecord>> people)
    {
        var records = people(history).DistinctBy(record => record.Person).ToList();
        var shown = history.Shown is { } before ? people(before).DistinctBy(record => record.Person).ToHashSet() : null;
        if (shown is null || shown.Any(record => !records.Exists(kept => kept.Person == record.Person)))
        {
            yield return new NpgsqlBatchCommand("delete from match_record where record_id = $1 and person_id <> all($2)")
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid> { TypedValue = history.Id },
                    new NpgsqlParameter<Guid[]> { TypedValue = [.. records.Select(record => record.Person.Value)] },
                },
            };
        }

        foreach (var record in records.Where(record => shown?.Contains(record) != true))
            yield return Upsert(history, sealer, record);
    }

    private static NpgsqlBatchCommand Upsert(StreamHistory history, IPersonalDataSealer sealer, ComparableRecord record)
    {
        var kept = new MatchForm(ComparedPerson.Comparable(record.Details), record.Phones);
        return new NpgsqlBatchCommand(
            """
            insert into match_record (record_id, person_id, role, region, concerns_minor, registered_by, valid_until, keys, details)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (record_id, person_id) do update set role = excluded.role, region = excluded.region, concerns_minor = excluded.concerns_minor,
                valid_until = excluded.valid_until, keys = excluded.keys, details = excluded.details,
                compared_by = case when match_record.details = excluded.details and match_record.role = excluded.role then match_record.compared_by end
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = history.Id },
                new NpgsqlParameter<Guid> { TypedValue = record.Person.Value },
                new NpgsqlParameter<string> { TypedValue = record.Role.ToString() },
                new NpgsqlParameter<string> { TypedValue = record.Region },
                new NpgsqlParameter<bool> { TypedValue = record.IsMinor },
                new NpgsqlParameter { Value = (object?)record.RegisteredBy ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
                new NpgsqlParameter { Value = (object?)record.ValidUntil ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Date },
                new NpgsqlParameter<int[]> { TypedValue = MatchKeys.Filed(ComparedPerson.Of(kept.Person), kept.Phones, sealer.LookupHash) },
                new NpgsqlParameter<byte[]> { TypedValue = sealer.Seal(Personal.Of(record.Person, kept)) },
            },
        };
    }
}
