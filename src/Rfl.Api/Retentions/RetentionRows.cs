using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Casework;
using Rfl.Domain.BlindQueries;
using Rfl.Domain.Common;
using Rfl.Domain.Policies;
using Rfl.Domain.RegisteredPersons;
using Rfl.Domain.Retentions;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;
using static Rfl.Api.Casework.RowParameters;

namespace Rfl.Api.Retentions;

/// <summary>Requests whose time runs: those that have ended. Open and dormant ones are kept as long as they are.</summary>
public sealed class RequestRetentionRows : IInlineView
{
    public string StreamType => StreamKinds.TracingRequest.Name;

    public string Name => "retention-of-requests";

    public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer)
    {
        var request = StreamKinds.TracingRequest.Fold(after);
        RetentionKind? kind = request switch
        {
            TracingRequest.Declined => RetentionKind.DeclinedRequest,
            TracingRequest.Closed => RetentionKind.ClosedRequest,
            TracingRequest.Withdrawn => RetentionKind.WithdrawnRequest,
            _ => null,
        };
        return kind is { } runs && request is TracingRequest.Started { File: { EndedAt: { } ended } file }
            ? RunningTime.Runs(after, runs, file.Reference, ended)
            : RunningTime.Stands(after);
    }
}

/// <summary>Registrations that were withdrawn, or whose consent ends by itself.</summary>
public sealed class RegistrationRetentionRows : IInlineView
{
    public string StreamType => StreamKinds.RegisteredPerson.Name;

    public string Name => "retention-of-registered-persons";

    public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer) => StreamKinds.RegisteredPerson.Fold(after) switch
    {
        RegisteredPerson.Withdrawn => RunningTime.Runs(
            after, RetentionKind.LapsedRegistration, null, after.Events.Last(recorded => recorded.Event is RegistrationWithdrawn).Metadata.RecordedAt),
        RegisteredPerson.Registered { Consent.ExpiresOn: { } last } when last < DateOnly.MaxValue =>
            RunningTime.Runs(after, RetentionKind.LapsedRegistration, null, WorkingCalendar.StartOf(last.AddDays(1))),
        _ => RunningTime.Stands(after),
    };
}

/// <summary>Blind queries that were answered: the person asked for is kept no longer than the policy says.</summary>
public sealed class BlindQueryRetentionRows : IInlineView
{
    public string StreamType => StreamKinds.BlindQuery.Name;

    public string Name => "retention-of-blind-queries";

    public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer) =>
        after.Events.FirstOrDefault(recorded => recorded.Event is BlindQueryAnswered) is { } answered
            ? RunningTime.Runs(after, RetentionKind.AnsweredBlindQuery, null, answered.Metadata.RecordedAt)
            : RunningTime.Stands(after);
}

internal static class RunningTime
{
    public static IEnumerable<NpgsqlBatchCommand> Stands(StreamHistory stream)
    {
        yield return new NpgsqlBatchCommand("delete from retention_row where record_id = $1") { Parameters = { new NpgsqlParameter<Guid> { TypedValue = stream.Id } } };
    }

    public static IEnumerable<NpgsqlBatchCommand> Runs(StreamHistory stream, RetentionKind kind, string? reference, DateTimeOffset endedAt)
    {
        yield return new NpgsqlBatchCommand(
            """
            insert into retention_row (record_id, stream_type, kind, reference, ended_at) values ($1, $2, $3, $4, $5)
            on conflict (record_id) do update set kind = excluded.kind, reference = excluded.reference, ended_at = excluded.ended_at
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = stream.Id },
                new NpgsqlParameter<string> { TypedValue = stream.Type },
                new NpgsqlParameter<string> { TypedValue = kind.ToString() },
                Nullable(reference, NpgsqlDbType.Text),
                new NpgsqlParameter<DateTimeOffset> { TypedValue = endedAt },
            },
        };
    }
}

/// <summary>Where a proposal stands, as its list shows it.</summary>
public enum RetentionStatus
{
    Proposed,
    Approved,
    Postponed,
    Dropped,
    CarriedOut,
}

/// <summary>One row a record whose end was proposed.</summary>
public sealed class RetentionProposalRows : IInlineView
{
    public string StreamType => StreamKinds.Retention.Name;

    public string Name => "retention-proposals";

    public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer)
    {
        if (StreamKinds.Retention.Fold(after) is not Retention.Existing existing)
            yield break;
        var proposal = existing.Proposal;
        var proposedAt = after.Events.Last(recorded => recorded.Event is RetentionProposed).Metadata.RecordedAt;
        DateTimeOffset? carriedOutAt = existing is Retention.CarriedOut ? after.Events[^1].Metadata.RecordedAt : null;
        var (postponed, result) = ((existing as Retention.Postponed)?.Postponement, (existing as Retention.CarriedOut)?.Result);
        yield return new NpgsqlBatchCommand(
            """
            insert into retention_proposal_row (record_id, kind, reference, ended_at, proposed_at, status, decided_by, postponed_until, reason, carried_out_at,
                persons_erased, persons_kept)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            on conflict (record_id) do update set kind = excluded.kind, reference = excluded.reference, ended_at = excluded.ended_at,
                proposed_at = excluded.proposed_at, status = excluded.status, decided_by = excluded.decided_by, postponed_until = excluded.postponed_until,
                reason = excluded.reason, carried_out_at = excluded.carried_out_at, persons_erased = excluded.persons_erased, persons_kept = excluded.persons_kept
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = proposal.Record },
                new NpgsqlParameter<string> { TypedValue = proposal.Kind.ToString() },
                // What was carried out is nobody's any more, and has no reference.
                Nullable(existing is Retention.CarriedOut ? null : proposal.Reference, NpgsqlDbType.Text),
                new NpgsqlParameter<DateTimeOffset> { TypedValue = proposal.EndedAt },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = proposedAt },
                new NpgsqlParameter<string> { TypedValue = StatusOf(existing).ToString() },
                Nullable(DecidedBy(existing), NpgsqlDbType.Uuid),
                Nullable(postponed?.Until, NpgsqlDbType.Date),
                Nullable(postponed?.Reason.ToString(), NpgsqlDbType.Text),
                Nullable(carriedOutAt, NpgsqlDbType.TimestampTz),
                Nullable(result?.PersonsErased, NpgsqlDbType.Integer),
                Nullable(result?.PersonsKept, NpgsqlDbType.Integer),
            },
        };
    }

    private static Guid? DecidedBy(Retention.Existing existing) => existing switch
    {
        Retention.Proposed proposed => proposed.ApprovedBy,
        Retention.Postponed { Postponement: var postponed } => postponed.PostponedBy,
        Retention.CarriedOut gone => gone.ApprovedBy,
        _ => null,
    };

    private static RetentionStatus StatusOf(Retention.Existing existing) => existing switch
    {
        Retention.Proposed { ApprovedBy: null } => RetentionStatus.Proposed,
        Retention.Proposed => RetentionStatus.Approved,
        Retention.Postponed => RetentionStatus.Postponed,
        Retention.Dropped => RetentionStatus.Dropped,
        _ => RetentionStatus.CarriedOut,
    };
}

/// <summary>What stays of requests whose people are forgotten.</summary>
public sealed class ArchivedRequestRows : IInlineView
{
    public string StreamType => StreamKinds.TracingRequest.Name;

    public string Name => "archived-requests";

    public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer)
    {
        if (StreamKinds.TracingRequest.Fold(after) is not TracingRequest.Anonymised { Statistics: var request })
            yield break;
        yield return new NpgsqlBatchCommand(
            """
            insert into archived_request (key, opened_in, ended_in, ended, outcome, country, country_of_stay, cause, priority, concerned_minor, from_partner, sexes,
                age_bands, searches)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            on conflict (key) do nothing
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<byte[]> { TypedValue = sealer.LookupHash("archived-request", after.Id.ToString()) },
                new NpgsqlParameter<int> { TypedValue = request.OpenedIn },
                new NpgsqlParameter<int> { TypedValue = request.EndedIn },
                new NpgsqlParameter<string> { TypedValue = request.Ended.ToString() },
                Nullable(request.Outcome?.ToString(), NpgsqlDbType.Text),
                Nullable(request.Country?.ToString(), NpgsqlDbType.Text),
                Nullable(request.CountryOfStay?.ToString(), NpgsqlDbType.Text),
                Nullable(request.Cause?.ToString(), NpgsqlDbType.Text),
                Nullable(request.Priority?.ToString(), NpgsqlDbType.Text),
                new NpgsqlParameter<bool> { TypedValue = request.ConcernedMinor },
                new NpgsqlParameter<bool> { TypedValue = request.FromPartner },
                new NpgsqlParameter<string[]> { TypedValue = [.. request.SoughtPersons.Select(person => person.Sex.ToString())] },
                new NpgsqlParameter<string[]> { TypedValue = [.. request.SoughtPersons.Select(person => person.AgeBand.ToString())] },
                new NpgsqlParameter<string[]> { TypedValue = [.. request.SoughtPersons.Select(person => person.Search.ToString())] },
            },
        };
    }
}
