using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Casework;
using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;
using static Rfl.Api.Casework.RowParameters;

namespace Rfl.Api.TracingRequests;

/// <summary>One row a request and one a person in it: what lists and worklists are made of. Names are sealed with their person's key.</summary>
public sealed class CaseRows : IInlineView
{
    public string StreamType => StreamKinds.TracingRequest.Name;

    public string Name => "case-rows";

    public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer)
    {
        var withoutPeople = new NpgsqlBatchCommand("delete from case_person where case_id = $1") { Parameters = { Uuid(after.Id) } };
        return StreamKinds.TracingRequest.Fold(after) switch
        {
            TracingRequest.Started { File: var file } request when People(file) is var people =>
                IsShown(people, after) ? [Row(after, request, file)] : [Row(after, request, file), withoutPeople, Insert(after.Id, people, sealer)],
            TracingRequest.Anonymised => [new NpgsqlBatchCommand("delete from case_row where id = $1") { Parameters = { Uuid(after.Id) } }, withoutPeople],
            _ => [],
        };
    }

    /// <param name="Search">How the search for a sought person stands.</param>
    private sealed record PersonRow(PersonId Id, string Role, string? Search, Personal<string> Name);

    /// <summary>Whether the rows of the people are there already. A name that cannot be read any more is made anew.</summary>
    private static bool IsShown(List<PersonRow> people, StreamHistory after) =>
        after.Shown is { } before
        && StreamKinds.TracingRequest.Fold(before) is TracingRequest.Started { File: var file }
        && People(file).SequenceEqual(people)
        && people.TrueForAll(person => person.Name.IsReadable);

    private static NpgsqlBatchCommand Row(StreamHistory history, TracingRequest.Started request, CaseFile file) => new(
        """
        insert into case_row (id, version, reference, stage, outcome, priority, region, society, caseworker, taken_by, country, country_of_stay,
            concerns_minor, open_questions, opened_at, submitted_at, accepted_at, last_activity_at, last_news_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
        on conflict (id) do update set version = excluded.version, stage = excluded.stage, outcome = excluded.outcome, priority = excluded.priority,
            caseworker = excluded.caseworker, country = excluded.country, country_of_stay = excluded.country_of_stay,
            concerns_minor = excluded.concerns_minor, open_questions = excluded.open_questions, submitted_at = excluded.submitted_at,
            accepted_at = excluded.accepted_at, last_activity_at = excluded.last_activity_at, last_news_at = excluded.last_news_at
        """)
    {
        Parameters =
        {
            Uuid(history.Id),
            new NpgsqlParameter<long> { TypedValue = history.Version },
            new NpgsqlParameter<string> { TypedValue = file.Reference },
            new NpgsqlParameter<string> { TypedValue = Stages.Of(request).ToString() },
            Nullable((request as TracingRequest.Closed)?.Outcome.ToString(), NpgsqlDbType.Text),
            Nullable((short?)file.Priority?.Priority, NpgsqlDbType.Smallint),
            new NpgsqlParameter<string> { TypedValue = file.Region },
            Nullable(file.Society, NpgsqlDbType.Text),
            Nullable(file.Caseworker, NpgsqlDbType.Uuid),
            Nullable(file.TakenBy, NpgsqlDbType.Uuid),
            Nullable(file.SoughtPersons.Select(person => person.Loss?.Country?.ToString()).FirstOrDefault(country => country is not null), NpgsqlDbType.Text),
            Nullable(file.Enquirer?.CountryOfStay.ToString(), NpgsqlDbType.Text),
            new NpgsqlParameter<bool> { TypedValue = file.ConcernsMinor },
            new NpgsqlParameter<int> { TypedValue = file.InformationRequests.Values.Count(asked => asked.Answer is null) },
            new NpgsqlParameter<DateTimeOffset> { TypedValue = history.Events[0].Metadata.RecordedAt },
            Nullable(file.SubmittedAt, NpgsqlDbType.TimestampTz),
            Nullable(file.AcceptedAt, NpgsqlDbType.TimestampTz),
            new NpgsqlParameter<DateTimeOffset> { TypedValue = history.Events.Count == 0 ? default : file.LastActivityAt },
            Nullable(file.LastNewsAt, NpgsqlDbType.TimestampTz),
        },
    };

    private static List<PersonRow> People(CaseFile file)
    {
        var people = new List<PersonRow>();
        if (file.Enquirer is { } enquirer)
            people.Add(new PersonRow(enquirer.Enquirer, "enquirer", null, NameOf(enquirer.Details, details => details.Person)));
        people.AddRange(file.SoughtPersons.Select(person => new PersonRow(person.Id, "sought", person.Search.ToString(), NameOf(person.Details, details => details))));
        return people;
    }

    private static NpgsqlBatchCommand Insert(Guid caseId, List<PersonRow> people, IPersonalDataSealer sealer) =>
        new(
            """
            insert into case_person (case_id, person_id, ordinal, role, search, name)
            select $1, person_id, ordinal, role, search, name
            from unnest($2, $3, $4, $5, $6) as person (person_id, ordinal, role, search, name)
            """)
        {
            Parameters =
            {
                Uuid(caseId),
                new NpgsqlParameter<Guid[]> { TypedValue = [.. people.Select(person => person.Id.Value)] },
                new NpgsqlParameter<int[]> { TypedValue = [.. Enumerable.Range(0, people.Count)] },
                new NpgsqlParameter<string[]> { TypedValue = [.. people.Select(person => person.Role)] },
                new NpgsqlParameter<string?[]> { TypedValue = [.. people.Select(person => person.Search)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                new NpgsqlParameter<byte[][]> { TypedValue = [.. people.Select(person => sealer.Seal(person.Name))] },
            },
        };

    private static Personal<string> NameOf<T>(Personal<T> personal, Func<T, PersonDetails> details)
        where T : notnull => personal is { IsReadable: true, Value: { } value }
            ? Personal.Of(personal.Subject, Written(details(value).Names))
            : Personal.Unreadable<string>(personal.Subject);

    private static string Written(ValueList<PersonName> names) => names.Count > 0 ? names[0].Written() : "";

    private static NpgsqlParameter<Guid> Uuid(Guid id) => new() { TypedValue = id };
}
