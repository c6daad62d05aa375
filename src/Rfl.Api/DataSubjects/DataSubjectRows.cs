using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Casework;
using Rfl.Domain.Common;
using Rfl.Domain.DataSubjects;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.DataSubjects;

/// <summary>What holds for a person, for queries that must leave out who is restricted.</summary>
public sealed class DataSubjectRows : IInlineView
{
    public string StreamType => StreamKinds.DataSubject.Name;

    public string Name => "data-subject-rows";

    public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer)
    {
        if (after.Events.Select(recorded => PersonOf((IDataSubjectEvent)recorded.Event)).FirstOrDefault(person => person is not null) is not { } person)
            yield break;
        var subject = StreamKinds.DataSubject.Fold(after);
        DateTimeOffset? erasedAt = after.Events.FirstOrDefault(recorded => recorded.Event is PersonErased)?.Metadata.RecordedAt;
        yield return new NpgsqlBatchCommand(
            """
            insert into data_subject_row (person_id, restricted, on_hold, erased_at) values ($1, $2, $3, $4)
            on conflict (person_id) do update set restricted = excluded.restricted, on_hold = excluded.on_hold, erased_at = excluded.erased_at
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = person.Value },
                new NpgsqlParameter<bool> { TypedValue = subject.Restriction is not null },
                new NpgsqlParameter<bool> { TypedValue = subject.Holds.Count > 0 },
                new NpgsqlParameter { Value = (object?)erasedAt ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
            },
        };
    }

    private static PersonId? PersonOf(IDataSubjectEvent happened) => happened switch
    {
        ProcessingRestricted restricted => restricted.Person,
        LegalHoldPlaced placed => placed.Person,
        PersonErased erased => erased.Person,
        _ => null,
    };
}
