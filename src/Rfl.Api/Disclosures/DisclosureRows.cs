using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Casework;
using Rfl.Domain.Common;
using Rfl.Domain.Disclosures;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.Disclosures;

/// <summary>Where a disclosure stands, as the circle's list shows it.</summary>
public enum DisclosureStatus
{
    Found,
    IdentityVerified,
    Informed,
    AwaitingSignature,
    CoordinatesReleased,
    AliveReleased,
    Sealed,
    ContactExchanged,
    AwaitingSignOff,
    DeathReleased,
}

/// <summary>One row a disclosure. No query outside the circle touches the table.</summary>
public sealed class DisclosureRows : IInlineView
{
    public string StreamType => StreamKinds.Disclosure.Name;

    public string Name => "disclosure-rows";

    public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer)
    {
        yield return new NpgsqlBatchCommand("delete from disclosure_row where id = $1") { Parameters = { new NpgsqlParameter<Guid> { TypedValue = after.Id } } };
        if (StreamKinds.Disclosure.Fold(after) is not Disclosure.Found { Finding: var finding } found)
            yield break;
        yield return new NpgsqlBatchCommand(
            """
            insert into disclosure_row (id, version, case_id, sought_person, reference, status, kind, concerns_minor, found_at, source_society, source_id)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = after.Id },
                new NpgsqlParameter<long> { TypedValue = after.Version },
                new NpgsqlParameter<Guid> { TypedValue = finding.TracingRequestId.Value },
                new NpgsqlParameter<Guid> { TypedValue = finding.SoughtPerson.Value },
                new NpgsqlParameter<string> { TypedValue = finding.Reference },
                new NpgsqlParameter<string> { TypedValue = StatusOf(found).ToString() },
                new NpgsqlParameter<string> { TypedValue = finding.Kind.ToString() },
                new NpgsqlParameter<bool> { TypedValue = finding.ConcernsMinor },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = found.FoundAt },
                new NpgsqlParameter { Value = (object?)finding.SourceSociety ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new NpgsqlParameter { Value = (object?)finding.SourceId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            },
        };
    }

    public static DisclosureStatus StatusOf(Disclosure.Found found) => found switch
    {
        { Finding.Kind: FindingKind.Deceased } => found.DeathSignedOffBy is null ? DisclosureStatus.AwaitingSignOff : DisclosureStatus.DeathReleased,
        { Exchanged: not null, InForce: DisclosureChoice.Coordinates } => DisclosureStatus.ContactExchanged,
        { Choice.CountersignedBy: null, Choice: not null } => DisclosureStatus.AwaitingSignature,
        { InForce: DisclosureChoice.Coordinates } => DisclosureStatus.CoordinatesReleased,
        { InForce: DisclosureChoice.AliveOnly } => DisclosureStatus.AliveReleased,
        { InForce: DisclosureChoice.Nothing } => DisclosureStatus.Sealed,
        { Informed: not null } => DisclosureStatus.Informed,
        { Identity: not null } => DisclosureStatus.IdentityVerified,
        _ => DisclosureStatus.Found,
    };
}
