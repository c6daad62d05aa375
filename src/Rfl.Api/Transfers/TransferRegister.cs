using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Casework;
using Rfl.Api.Pipeline;
using Rfl.Domain.BlindQueries;
using Rfl.Domain.Common;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.TracingRequests;
using Rfl.Domain.Transfers;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.Transfers;

/// <summary>
/// Writes the register of transfers. What a command lets out is entered by the desk, in the command's transaction, from the facts themselves, so that no handler can
/// forget it; what a partner reads is entered before it is answered, once for every version of what it shows.
/// </summary>
public sealed class TransferRegister(NpgsqlDataSource database, CurrentViewer viewer, TimeProvider clock)
{
    private const string Insert =
        """
        insert into transfer_register (entry_id, transferred_at, transferred_by, case_id, stream_id, stream_version, reading, recipient_kind, recipient, purpose,
            channel, fields, grounds, persons, recipient_hash, recipient_sealed)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        """;

    /// <summary>The entries that follow from the facts of a command.</summary>
    internal static IEnumerable<NpgsqlBatchCommand> EntriesOf(Work work)
    {
        foreach (var (loaded, events, state) in work.Changes)
        {
            for (var i = 0; i < events.Count; i++)
            {
                if (events[i] is IDeparture departure && TransferOf(departure, state, work) is { } transfer)
                    yield return Entry(transfer, CaseOf(loaded, state), loaded.Id, loaded.Version + i + 1, reading: false, work.Viewer.Id, work.Now, Insert, loaded.Sealer);
            }
        }
    }

    /// <summary>Enters what a partner is about to read. The same content read again is the same transfer.</summary>
    public async Task NoteReadingAsync(
        ReadingsNoted noted, Guid? caseId, StreamHistory history, IReadOnlyList<Transfer> transfers, CancellationToken ct)
    {
        if (transfers.Count == 0)
            return;
        var all = new Transfer(
            transfers[0].Route,
            transfers.SelectMany(transfer => transfer.Fields).Distinct().Order().ToValueList(),
            transfers.SelectMany(transfer => transfer.Grounds).Distinct().ToValueList(),
            transfers.SelectMany(transfer => transfer.Persons).Distinct().ToValueList());
        var shown = history.Events.LastOrDefault(recorded => recorded.Event is IDeparture or InformationRequested)?.Version ?? history.Version;
        var entry = Entry(
            all, caseId, history.Id, shown, reading: true, viewer.Viewer.Id, clock.GetUtcNow(), Insert + " on conflict (entry_id) do nothing", history.Sealer);
        if (noted.Entries.Contains((Guid)entry.Parameters[0].Value!))
            return;
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { entry } };
        await batch.ExecuteNonQueryAsync(ct);
    }

    private static Transfer? TransferOf(IDeparture departure, object state, Work work) => (departure, state) switch
    {
        (IPartnerSearchEvent happened, PartnerSearch search) => Departures.Of(search, happened, EnquirerOf(search, work)),
        (ITracingRequestEvent happened, TracingRequest request) => Departures.Of(happened, EnquirerOf(request)),
        (IBlindQueryEvent happened, BlindQuery query) => Departures.Of(query, happened),
        _ => throw new InvalidOperationException($"The register of transfers does not know the fact {departure.GetType().Name}."),
    };

    /// <summary>Whoever lets something out of a search has loaded its request: the permission is asked there.</summary>
    private static PersonId? EnquirerOf(PartnerSearch search, Work work) =>
        search is PartnerSearch.Existing { File.Preparation.TracingRequestId.Value: var request } && work.Has(request)
            ? EnquirerOf(work.State(StreamKinds.TracingRequest, request))
            : null;

    private static PersonId? EnquirerOf(TracingRequest request) => (request as TracingRequest.Started)?.File.Enquirer?.Enquirer;

    private static Guid? CaseOf(StreamHistory stream, object state) => state switch
    {
        TracingRequest => stream.Id,
        PartnerSearch.Existing search => search.File.Preparation.TracingRequestId.Value,
        _ => null,
    };

    private static NpgsqlBatchCommand Entry(
        Transfer transfer, Guid? caseId, Guid stream, long version, bool reading, Guid by, DateTimeOffset at, string insert, IPersonalDataSealer sealer)
    {
        var route = transfer.Route;
        // What somebody wrote as an authority may name a person and where they live. It goes with the key of whom the inquiry is about.
        var authority = route.Recipient.Kind == RecipientKind.Authority ? Personal.Of(transfer.Persons[0], route.Recipient.Code) : null;
        return new NpgsqlBatchCommand(insert)
        {
            Parameters =
            {
                new NpgsqlParameter { Value = IdOf(transfer, stream, version, reading) },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = at },
                Nullable(by == Guid.Empty ? null : by),
                Nullable(caseId),
                new NpgsqlParameter<Guid> { TypedValue = stream },
                new NpgsqlParameter<long> { TypedValue = version },
                new NpgsqlParameter<bool> { TypedValue = reading },
                new NpgsqlParameter<string> { TypedValue = route.Recipient.Kind.ToString() },
                new NpgsqlParameter<string> { TypedValue = authority is null ? route.Recipient.Code : "" },
                new NpgsqlParameter<string> { TypedValue = route.Purpose.ToString() },
                new NpgsqlParameter<string> { TypedValue = route.Channel.ToString() },
                new NpgsqlParameter<string[]> { TypedValue = [.. transfer.Fields.Select(field => field.ToString())] },
                new NpgsqlParameter<string[]> { TypedValue = [.. transfer.Grounds.Select(Written)] },
                new NpgsqlParameter<Guid[]> { TypedValue = [.. transfer.Persons.Select(person => person.Value)] },
                Bytes(authority is null ? null : HashOf(sealer, route.Recipient.Code)),
                Bytes(authority is null ? null : sealer.Seal(authority)),
            },
        };

        static string Written(Ground ground) => ground.Id is { } id ? $"{ground.Kind}:{id}" : ground.Kind.ToString();
    }

    private static Guid IdOf(Transfer transfer, Guid stream, long version, bool reading)
    {
        var about = string.Create(
            CultureInfo.InvariantCulture,
            $"{stream} {version} {(reading ? "read" : "left")} {(transfer.Route.Recipient is { Kind: not RecipientKind.Authority } known ? known.Code : "")} {string.Join(',', transfer.Fields)}");
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(about)).AsSpan(0, 16));
    }

    /// <summary>Finds an authority by its name, in any capitals.</summary>
    internal static byte[] HashOf(IPersonalDataSealer sealer, string authority) => sealer.LookupHash("transfer-recipient", authority.ToLowerInvariant());

    private static NpgsqlParameter Bytes(byte[]? bytes) => new() { Value = (object?)bytes ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea };

    private static NpgsqlParameter Nullable(Guid? id) => new() { Value = (object?)id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid };
}

/// <summary>What of a stream a partner has read before, as far as the register knows; read along with the stream.</summary>
public sealed class ReadingsNoted(Guid stream, string recipient) : IReadAlong
{
    internal HashSet<Guid> Entries { get; } = [];

    public NpgsqlBatchCommand Command() => new("select entry_id from transfer_register where stream_id = $1 and reading and recipient = $2")
    {
        Parameters = { new NpgsqlParameter<Guid> { TypedValue = stream }, new NpgsqlParameter<string> { TypedValue = recipient } },
    };

    public async Task ReadAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        while (await reader.ReadAsync(ct))
            Entries.Add(reader.GetGuid(0));
    }
}
