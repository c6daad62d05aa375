using Npgsql;
using Rfl.Api.Casework;
using Rfl.Api.DataSubjects;
using Rfl.Api.PartnerSearches;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Api.Transfers;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Disclosures;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.Partners;

/// <summary>A search as the partner that was asked sees it, with its own answers; nothing else of the case is within its reach.</summary>
/// <param name="Request">The request that it belongs to, only to ask what may be read of it now.</param>
/// <param name="Noted">What of it the register of transfers has already.</param>
public sealed record PartnerItem(
    StreamHistory History,
    PartnerSearch.Existing Search,
    IReadOnlyList<OwnFinding> OwnFindings,
    TracingRequest Request,
    Policy Policy,
    ReadingsNoted Noted);

/// <param name="Answer">Null where it cannot be read.</param>
public sealed record OwnFinding(Guid Id, PartnerAnswer? Answer, DateTimeOffset AnsweredAt);

public sealed class PartnerInbox(
    EventStore store, PolicyReader policies, PersonalDataReader personalData, LookupHash hash, CurrentViewer viewer, ReadLog reads, UnreadableRows unreadable)
{
    /// <returns>Null where the search was not sent to this partner: nobody can tell whether it exists.</returns>
    public async Task<PartnerItem?> ReadAsync(object message, PartnerSearchId id, CancellationToken ct)
    {
        var society = viewer.Viewer.Society ?? "";
        var (findings, version, noted) =
            (new FindingsAlong(hash.Cover.Alias(id.Value), society, personalData.NewRing(), unreadable), new PolicyVersionAlong(), new ReadingsNoted(id.Value, society));
        var log = reads.Along(message, ReadSubjects.OfReceivedSearch(viewer.Viewer, id), id.Value);
        var restricted = RestrictedPersons.InRequestOf(id.Value);
        var request = new RelatedStreams(StreamKinds.TracingRequest.Name, "select p.case_id from partner_search_row p where p.id = $1", id.Value);
        var loaded = await store.LoadAsync([(id.Value, StreamKinds.PartnerSearch.Name)], request, [findings, version, noted, restricted, log], [], ct);
        var history = loaded[id.Value];
        var search = StreamKinds.PartnerSearch.Fold(history) as PartnerSearch.Existing;
        var isTheirs = search is not null && IsFor(search, viewer.Viewer.Society);
        if (search is not null)
            ReadLog.Agree(log, search.File.Preparation.TracingRequestId.Value, history.Version, isTheirs ? ReadGround.PartnerScope : null);
        return isTheirs
            ? new PartnerItem(
                history,
                search!,
                findings.Findings,
                StreamKinds.TracingRequest.Fold(loaded[search!.File.Preparation.TracingRequestId.Value]).Restricting(restricted.Persons),
                await policies.CatchUpAsync(version, ct),
                noted)
            : null;
    }

    /// <summary>What was only prepared has not left the house, also when it was recalled before it was sent.</summary>
    public static bool IsFor(PartnerSearch.Existing search, string? society) =>
        society is not null
        && search.File.Preparation.Society == society
        && search is PartnerSearch.Transmitted or PartnerSearch.Recalled { WasTransmitted: true };

    private sealed class FindingsAlong(Guid search, string society, IPersonalDataSealer keys, UnreadableRows unreadable) : IReadAlong
    {
        public List<OwnFinding> Findings { get; } = [];

        public NpgsqlBatchCommand Command() => new(
            "select finding_id, covered, answered_at from partner_finding where search_alias = $1 order by answered_at, finding_id")
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = search } },
        };

        private static PartnerAnswer AnswerOf(FindingKind kind) => kind == FindingKind.Deceased ? PartnerAnswer.Deceased : PartnerAnswer.Located;

        public async Task ReadAsync(NpgsqlDataReader reader, CancellationToken ct)
        {
            while (await reader.ReadAsync(ct))
            {
                // Whose a damaged one is cannot be told, so that it is shown to nobody.
                if (keys.Uncover<PartnerFindingContent>(reader.GetFieldValue<byte[]>(1)) is not { } finding)
                    unreadable.Report("partner_finding", "covered", null);
                else if (finding.Society == society)
                    Findings.Add(new OwnFinding(reader.GetGuid(0), AnswerOf(finding.Kind), reader.GetFieldValue<DateTimeOffset>(2)));
            }
        }
    }
}
