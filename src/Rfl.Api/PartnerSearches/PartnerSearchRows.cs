using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Casework;
using Rfl.Domain.Common;
using Rfl.Domain.Disclosures;
using Rfl.Domain.PartnerSearches;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.PartnerSearches;

/// <summary>One row a search asked of a partner: our outbox, and the partner's inbox.</summary>
public sealed class PartnerSearchRows : IInlineView
{
    public string StreamType => StreamKinds.PartnerSearch.Name;

    public string Name => "partner-search-rows";

    public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer)
    {
        if (StreamKinds.PartnerSearch.Fold(after) is not PartnerSearch.Existing { File: var file } search)
            yield break;
        var sentAt = after.Events.FirstOrDefault(recorded => recorded.Event is TransmittedToPartner)?.Metadata.RecordedAt;
        yield return new NpgsqlBatchCommand(
            """
            insert into partner_search_row (id, version, case_id, society, sought_person, our_reference, status, urgent, prepared_at, transmitted_at,
                acknowledged, escalated, reminders)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            on conflict (id) do update set version = excluded.version, our_reference = excluded.our_reference, status = excluded.status,
                transmitted_at = excluded.transmitted_at, acknowledged = excluded.acknowledged, escalated = excluded.escalated, reminders = excluded.reminders
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = after.Id },
                new NpgsqlParameter<long> { TypedValue = after.Version },
                new NpgsqlParameter<Guid> { TypedValue = file.Preparation.TracingRequestId.Value },
                new NpgsqlParameter<string> { TypedValue = file.Preparation.Society },
                new NpgsqlParameter<Guid> { TypedValue = file.Preparation.SoughtPerson.Value },
                new NpgsqlParameter { Value = (object?)file.Sent?.OurReference ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new NpgsqlParameter<string> { TypedValue = PartnerSearchViews.StatusOf(search).ToString() },
                new NpgsqlParameter<bool> { TypedValue = file.Preparation.Urgent },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = after.Events[0].Metadata.RecordedAt },
                new NpgsqlParameter { Value = (object?)sentAt ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                new NpgsqlParameter<bool> { TypedValue = search is PartnerSearch.Transmitted { Acknowledged: true } },
                new NpgsqlParameter<bool> { TypedValue = search is PartnerSearch.Transmitted { Escalated: true } },
                new NpgsqlParameter<int> { TypedValue = after.Events.Count(recorded => recorded.Event is ReminderSent) },
            },
        };
    }
}

/// <summary>What a partner reads back of its own finding.</summary>
internal sealed record PartnerFindingContent(string Society, FindingKind Kind);

/// <summary>
/// What a partner itself answered as a finding. Only that partner reads these rows, and only about its own answers: it knows them anyway. The rows lead to the
/// search only by the installation's secret, since the search leads to the case.
/// </summary>
public sealed class PartnerFindingRows : IInlineView
{
    public string StreamType => StreamKinds.Disclosure.Name;

    public string Name => "partner-finding-rows";

    public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer)
    {
        yield return new NpgsqlBatchCommand("delete from partner_finding where disclosure_id = $1")
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = after.Id } },
        };
        foreach (var recorded in after.Events)
        {
            if (recorded.Event is not FindingRecorded { SourceSociety: { } society, SourceId: { } search } finding)
                continue;
            yield return new NpgsqlBatchCommand(
                "insert into partner_finding (disclosure_id, finding_id, search_alias, answered_at, covered) values ($1, $2, $3, $4, $5)")
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid> { TypedValue = after.Id },
                    new NpgsqlParameter<Guid> { TypedValue = finding.FindingId },
                    new NpgsqlParameter<Guid> { TypedValue = sealer.Alias(search) },
                    new NpgsqlParameter<DateTimeOffset> { TypedValue = recorded.Metadata.RecordedAt },
                    new NpgsqlParameter<byte[]> { TypedValue = sealer.Cover(new PartnerFindingContent(society, finding.Kind)) },
                },
            };
        }
    }
}
