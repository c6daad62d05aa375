using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Casework;
using Rfl.Domain.Common;
using Rfl.Domain.Consents;
using Rfl.Domain.RegisteredPersons;
using Rfl.Domain.TracingRequests;
using Rfl.Domain.Transfers;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.Consents;

/// <summary>A consent as the ledger keeps it, gathered from the facts of one stream.</summary>
internal sealed record LedgerConsent(
    Guid Id,
    PersonId Person,
    ConsentPurpose Purpose,
    string? Recipient,
    TransferChannel? Channel,
    ConsentForm Form,
    string Language,
    bool? ThroughInterpreter,
    DateOnly GivenOn,
    DateOnly? ExpiresOn,
    Guid RecordedBy,
    DateTimeOffset RecordedAt,
    Personal<string>? Evidence = null,
    Personal<string>? Interpreter = null,
    DateOnly? ReviewedOn = null,
    DateOnly? WithdrawnOn = null,
    Guid? WithdrawnBy = null);

/// <summary>The ledger of consents, as far as requests know them: what a found person decided is not in their streams (docs/adr/0080).</summary>
public sealed class RequestConsentRows : IInlineView
{
    public string StreamType => StreamKinds.TracingRequest.Name;

    public string Name => "consents-of-requests";

    public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer) =>
        ConsentRows.Change(after, history => StreamKinds.TracingRequest.Fold(history) is TracingRequest.Started ? Consents(history) : [], sealer);

    private static List<LedgerConsent> Consents(StreamHistory history)
    {
        var consents = new List<LedgerConsent>();
        foreach (var recorded in history.Events)
        {
            switch (recorded.Event)
            {
                case ConsentGiven { Consent: var given } fact:
                    consents.Add(new LedgerConsent(
                        given.ConsentId,
                        given.Person,
                        given.Purpose,
                        given.Recipient,
                        given.Channel,
                        given.Form,
                        given.Language,
                        given.ThroughInterpreter,
                        given.GivenOn,
                        given.ExpiresOn,
                        recorded.Metadata.ActorId,
                        recorded.Metadata.RecordedAt,
                        fact.Evidence,
                        fact.Interpreter));
                    break;
                case ConsentReviewed reviewed:
                    Change(reviewed.ConsentId, consent => consent with { ReviewedOn = reviewed.ReviewedOn });
                    break;
                case ConsentWithdrawn withdrawn:
                    Change(withdrawn.ConsentId, consent => consent with { WithdrawnOn = withdrawn.WithdrawnOn, WithdrawnBy = recorded.Metadata.ActorId });
                    break;
            }
        }

        return consents;

        void Change(Guid id, Func<LedgerConsent, LedgerConsent> change)
        {
            var at = consents.FindIndex(consent => consent.Id == id);
            consents[at] = change(consents[at]);
        }
    }
}

/// <summary>Registered persons' own consents. Each registration that states another one is a new consent; the one before ends with it.</summary>
public sealed class RegistrationConsentRows : IInlineView
{
    public string StreamType => StreamKinds.RegisteredPerson.Name;

    public string Name => "consents-of-registered-persons";

    public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer) =>
        ConsentRows.Change(after, history => StreamKinds.RegisteredPerson.Fold(history) is RegisteredPerson.Existing ? Consents(history) : [], sealer);

    private static List<LedgerConsent> Consents(StreamHistory history)
    {
        var consents = new List<LedgerConsent>();
        var last = default(RegistrationConsent);
        foreach (var recorded in history.Events)
        {
            switch (recorded.Event)
            {
                case PersonRegistered registered:
                    Give(registered.Consent, registered.Evidence, recorded.Metadata);
                    break;
                case RegisteredPersonCorrected corrected when corrected.Consent != last || consents[^1].WithdrawnOn is not null:
                    if (consents[^1].WithdrawnOn is null)
                        consents[^1] = consents[^1] with { WithdrawnOn = corrected.Consent.GivenOn, WithdrawnBy = recorded.Metadata.ActorId };
                    Give(corrected.Consent, corrected.Evidence, recorded.Metadata);
                    break;
                case RegistrationWithdrawn withdrawn:
                    consents[^1] = consents[^1] with { WithdrawnOn = withdrawn.WithdrawnOn, WithdrawnBy = recorded.Metadata.ActorId };
                    break;
            }
        }

        return consents;

        void Give(RegistrationConsent consent, Personal<string>? evidence, EventMetadata metadata)
        {
            last = consent;
            consents.Add(new LedgerConsent(
                metadata.EventId,
                new PersonId(history.Id),
                ConsentPurpose.Registration,
                null,
                null,
                consent.Form,
                consent.Language,
                consent.ThroughInterpreter,
                consent.GivenOn,
                consent.ExpiresOn,
                metadata.ActorId,
                metadata.RecordedAt,
                evidence));
        }
    }
}

internal static class ConsentRows
{
    /// <summary>Makes the rows anew where a consent is new or changed, or what is written about one cannot be read any more.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Change(StreamHistory history, Func<StreamHistory, List<LedgerConsent>> consentsOf, IPersonalDataSealer sealer)
    {
        var consents = consentsOf(history);
        if (history.Shown is { } before && consentsOf(before).SequenceEqual(consents)
            && consents.TrueForAll(consent => consent is { Evidence: null or { IsReadable: true }, Interpreter: null or { IsReadable: true } }))
            yield break;
        yield return new NpgsqlBatchCommand("delete from consent_row where stream_id = $1") { Parameters = { new NpgsqlParameter<Guid> { TypedValue = history.Id } } };
        if (consents.Count == 0)
            yield break;
        yield return new NpgsqlBatchCommand(
            """
            insert into consent_row (stream_id, stream_type, consent_id, person_id, purpose, recipient, channel, form, language, through_interpreter, given_on,
                expires_on, recorded_by, recorded_at, reviewed_on, withdrawn_on, withdrawn_by, evidence, interpreter)
            select $1, $2, * from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::boolean[], $11::date[],
                $12::date[], $13::uuid[], $14::timestamptz[], $15::date[], $16::date[], $17::uuid[], $18::bytea[], $19::bytea[])
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = history.Id },
                new NpgsqlParameter<string> { TypedValue = history.Type },
                Of(NpgsqlDbType.Uuid, consent => (Guid?)consent.Id),
                Of(NpgsqlDbType.Uuid, consent => (Guid?)consent.Person.Value),
                Of(NpgsqlDbType.Text, consent => consent.Purpose.ToString()),
                Of(NpgsqlDbType.Text, consent => consent.Recipient),
                Of(NpgsqlDbType.Text, consent => consent.Channel?.ToString()),
                Of(NpgsqlDbType.Text, consent => consent.Form.ToString()),
                Of(NpgsqlDbType.Text, consent => consent.Language),
                Of(NpgsqlDbType.Boolean, consent => consent.ThroughInterpreter),
                Of(NpgsqlDbType.Date, consent => (DateOnly?)consent.GivenOn),
                Of(NpgsqlDbType.Date, consent => consent.ExpiresOn),
                Of(NpgsqlDbType.Uuid, consent => Account(consent.RecordedBy)),
                Of(NpgsqlDbType.TimestampTz, consent => (DateTimeOffset?)consent.RecordedAt),
                Of(NpgsqlDbType.Date, consent => consent.ReviewedOn),
                Of(NpgsqlDbType.Date, consent => consent.WithdrawnOn),
                Of(NpgsqlDbType.Uuid, consent => Account(consent.WithdrawnBy)),
                Of(NpgsqlDbType.Bytea, consent => Sealed(consent.Evidence)),
                Of(NpgsqlDbType.Bytea, consent => Sealed(consent.Interpreter)),
            },
        };

        NpgsqlParameter Of<T>(NpgsqlDbType type, Func<LedgerConsent, T> value) =>
            new() { Value = consents.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type };

        static Guid? Account(Guid? id) => id == Guid.Empty ? null : id;

        byte[]? Sealed(Personal<string>? text) => text is null ? null : sealer.Seal(text);
    }
}
