using Npgsql;
using Rfl.Api.Casework;
using Rfl.Domain.Common;
using Rfl.Domain.Disclosures;
using Rfl.Domain.TracingRequests;
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

/// <summary>What the circle's list shows of a disclosure. The status tells what the person chose and goes with their key.</summary>
internal sealed record DisclosureContent(
    TracingRequestId TracingRequestId,
    PersonId SoughtPerson,
    string Reference,
    FindingKind Kind,
    bool ConcernsMinor,
    Personal<DisclosureStatus> Status);

/// <summary>
/// One row a disclosure. No query outside the circle touches the table, and whoever reads it all the same learns that somebody was found: not whom, in which case,
/// or what came of it.
/// </summary>
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
            insert into disclosure_row (id, version, case_alias, person_alias, concerns_minor, is_death, found_at, covered)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = after.Id },
                new NpgsqlParameter<long> { TypedValue = after.Version },
                new NpgsqlParameter<Guid> { TypedValue = sealer.Alias(finding.TracingRequestId.Value) },
                new NpgsqlParameter<Guid> { TypedValue = sealer.Alias(finding.SoughtPerson.Value) },
                new NpgsqlParameter<bool> { TypedValue = finding.ConcernsMinor },
                new NpgsqlParameter<bool> { TypedValue = finding.Kind == FindingKind.Deceased },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = found.FoundAt },
                new NpgsqlParameter<byte[]>
                {
                    TypedValue = sealer.Cover(new DisclosureContent(
                        finding.TracingRequestId, finding.SoughtPerson, finding.Reference, finding.Kind, finding.ConcernsMinor, SealedStatusOf(found))),
                },
            },
        };
    }

    private static Personal<DisclosureStatus> SealedStatusOf(Disclosure.Found found) => found switch
    {
        { IsReadable: true } => Personal.Of(found.Finding.SoughtPerson, StatusOf(found)),
        { IsErased: true } => Personal.Erased<DisclosureStatus>(found.Finding.SoughtPerson),
        _ => Personal.Unreadable<DisclosureStatus>(found.Finding.SoughtPerson),
    };

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
