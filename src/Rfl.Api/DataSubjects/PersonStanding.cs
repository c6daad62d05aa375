using Npgsql;
using Rfl.Domain.Common;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.DataSubjects;

/// <summary>
/// Whether anything is held about a person, and whether an open request seeks them. It follows from requests alone, never from what the disclosure circle knows
/// (rule 12).
/// </summary>
public sealed class PersonStanding(PersonId person) : IReadAlong
{
    public bool IsKnown { get; private set; }

    public bool IsSought { get; private set; }

    public NpgsqlBatchCommand Command() => new(
        """
        select exists (select from person_keys where person_id = $1),
            exists (select from case_person p join case_row c on c.id = p.case_id
                where p.person_id = $1 and p.role = 'sought' and c.stage not in ('Declined', 'Closed', 'Withdrawn'))
        """)
    {
        Parameters = { new NpgsqlParameter<Guid> { TypedValue = person.Value } },
    };

    public async Task ReadAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        await reader.ReadAsync(ct);
        (IsKnown, IsSought) = (reader.GetBoolean(0), reader.GetBoolean(1));
    }
}
