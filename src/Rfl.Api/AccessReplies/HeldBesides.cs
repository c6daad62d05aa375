using Npgsql;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.AccessReplies;

/// <summary>What is held about a person beside the streams, read along with them: their account, and on which grounds staff looked at their own records.</summary>
/// <remarks>
/// Of the log of reads neither days nor numbers are told: how often a case is opened changes when somebody is found (rule 12). Nor is whoever searched the lists of
/// registered people: they were looking for somebody.
/// </remarks>
public sealed class HeldBesides(PersonId person, AccountTexts texts) : IReadAlong
{
    private static readonly ReadGround[] told =
    [
        ReadGround.Assignment, ReadGround.OwnInterview, ReadGround.Region, ReadGround.ChildProtection, ReadGround.Unassigned, ReadGround.Supervision,
        ReadGround.PartnerScope, ReadGround.DataProtection, ReadGround.BreakGlass, ReadGround.Administration,
    ];

    public IReadOnlyList<EnquirersAccount> Accounts { get; private set; } = [];

    /// <summary>Requests in which the person is the enquirer, and their registration: by their rows, made when all could be read.</summary>
    public IReadOnlySet<Guid> OwnRecords { get; private set; } = new HashSet<Guid>();

    /// <summary>In the order of their declaration.</summary>
    public IReadOnlyList<ReadGround> Grounds { get; private set; } = [];

    public NpgsqlBatchCommand Command() => new(
        """
        with own as (
            select c.case_id as id from case_person c where c.person_id = $1 and c.role = 'enquirer'
            union select s.id from mt_streams s where s.id = $1 and s.type = 'registered-person')
        select a.email, a.display_name, a.language, a.created_at, null, null::uuid from identity.accounts a where a.tracing_request_id in (select id from own)
        union all
        select null, null, null, null, null, id from own
        union all
        select null, null, null, null, g.ground, null
        from (
            select distinct pair.ground from read_log r cross join unnest(r.records, r.grounds) as pair (record, ground)
            where r.records && array(select id from own) and not r.refused and pair.record in (select id from own)) g
        where g.ground = any($2)
        """)
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = person.Value },
            new NpgsqlParameter<string[]> { TypedValue = [.. told.Select(ground => ground.ToString())] },
        },
    };

    public async Task ReadAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        var (accounts, grounds, own) = (new List<EnquirersAccount>(), new List<ReadGround>(), new HashSet<Guid>());
        while (await reader.ReadAsync(ct))
        {
            if (!reader.IsDBNull(5))
                own.Add(reader.GetGuid(5));
            else if (reader.IsDBNull(4))
                accounts.Add(new EnquirersAccount(texts.Open(reader.GetString(0)), texts.Open(reader.GetString(1)), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3)));
            else
                grounds.Add(Array.Find(told, ground => ground.ToString() == reader.GetString(4)));
        }

        OwnRecords = own;
        (Accounts, Grounds) = ([.. accounts.OrderBy(account => account.Since)], [.. grounds.Order()]);
    }
}

/// <summary>With which an enquirer follows their own request.</summary>
public sealed record EnquirersAccount(string Email, string Name, string Language, DateTimeOffset Since)
{
    public override string ToString() => "personal";
}
