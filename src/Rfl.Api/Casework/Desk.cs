using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Npgsql;
using Rfl.Api.DataSubjects;
using Rfl.Api.Pipeline;
using Rfl.Api.Transfers;
using Rfl.Domain.Common;
using Rfl.Domain.DataSubjects;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Idempotency;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.Casework;

/// <summary>
/// Where every command is carried out: load, decide, append. Two round trips to the database, whatever the command: one loads the streams, the policy's
/// version and the first answer of a repeated request; one appends events, views and the answer. A race is decided again on what won it.
/// </summary>
public sealed class Desk(
    EventStore store,
    PolicyReader policies,
    IdempotencyLedger ledger,
    CurrentViewer viewer,
    RequestConditions conditions,
    IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json,
    TimeProvider clock)
{
    /// <summary>After so many lost races somebody else is working on the case, and the caller is told so.</summary>
    private const int Attempts = 25;

    /// <summary>A stream that is there and was not found so often is not one that somebody began meanwhile.</summary>
    private const int Unseen = 2;

    private static readonly Refusal idAlreadyUsed = new("id-already-used", "id");

    private static readonly FrozenSet<string> derived = StreamKinds.All.Where(kind => kind.HasDerivedIds).Select(kind => kind.Name).ToFrozenSet();

    /// <param name="command">Hashed to recognise a repeated request; never stored.</param>
    /// <param name="streams">Every stream that the decision needs.</param>
    /// <param name="decide">
    /// Decides on the loaded states and records what follows. Runs again after a lost race, and when it finds that a stream is missing
    /// (<see cref="ConcurrencyConflict"/>). Only an <see cref="Outcome.Done"/> is saved.
    /// </param>
    /// <param name="related">Further streams whose ids only the database knows.</param>
    /// <param name="along">Further questions, asked in the round trip that loads.</param>
    /// <param name="persons">Persons of other streams about whom the command writes.</param>
    /// <param name="show">What a caller whose command was carried out reads back in place of id and version; also of a repeated request, as it is then.</param>
    public async Task<Outcome> CarryOutAsync(
        ICommand command,
        IReadOnlyList<(Guid Id, string Type)> streams,
        Func<Work, Outcome> decide,
        CancellationToken ct,
        RelatedStreams? related = null,
        IReadOnlyList<IReadAlong>? along = null,
        IReadOnlyList<PersonId>? persons = null,
        Func<Work, object>? show = null)
    {
        if (streams.Any(stream => DerivedId.IsReserved(stream.Id) && !derived.Contains(stream.Type)))
            return new Outcome.Invalid([new FieldProblem("id", "id-reserved")]);
        var lookup = Lookup(command);
        for (var attempt = 1; ; attempt++)
        {
            var version = new PolicyVersionAlong();
            IReadAlong[] own = lookup is null ? [version] : [version, lookup];
            var restricted = streams.Where(stream => stream.Type == StreamKinds.TracingRequest.Name).Select(stream => RestrictedPersons.In(stream.Id)).ToList();
            var loaded = await store.LoadAsync(streams, related, [.. own, .. along ?? [], .. restricted], persons ?? [], ct);
            if (lookup is { IsDifferentRequest: true })
                return new Outcome.DifferentRequest();
            var work = new Work(
                loaded, await policies.CatchUpAsync(version, ct), viewer.Viewer, conditions, Now(), [.. restricted.SelectMany(among => among.Persons)]);
            if (lookup?.Answer is { } first)
                return new Outcome.Done(first.Id, first.Version, show?.Invoke(work), first.Location, first.Created);
            try
            {
                var outcome = decide(work);
                if (outcome is not Outcome.Done done)
                    return outcome;
                // What changes nothing is remembered too: sent again under its key it may meet a state in which it would.
                if (work.HasEvents || lookup is not null)
                    await SaveAsync(work, done, lookup, ct);
                return show is null ? done : done with { Body = show(work) };
            }
            catch (ConcurrencyConflict conflict) when (conflict.IsThereAlready && attempt > Unseen)
            {
                // Loading did not find it even so: it is of another kind.
                return idAlreadyUsed;
            }
            catch (ConcurrencyConflict) when (attempt < Attempts)
            {
            }
            catch (UniqueViolation) when (attempt < Attempts)
            {
                // A repeated request that overtook its first copy, or a reference number drawn twice: the next round sees it.
            }
            catch (PersonErasedException)
            {
                return DataSubjectRefusals.PersonErased;
            }
            catch (ConcurrencyConflict)
            {
                return new Outcome.Stale(loaded[streams[0].Id].Version);
            }
        }
    }

    private async Task SaveAsync(Work work, Outcome.Done done, IdempotencyLookup? lookup, CancellationToken ct)
    {
        var context = new AppendContext(
            work.Viewer.Id,
            [.. work.Viewer.Roles.Select(role => role.ToString())],
            conditions.CorrelationId,
            conditions.CausationId,
            work.OccurredAt);
        var remember = lookup?.Remember(new FirstAnswer(done.Id, done.Version, done.Location, done.Created), work.Now);
        IEnumerable<NpgsqlBatchCommand> beside = work.HasEvents ? [.. work.Also, .. TransferRegister.EntriesOf(work)] : [];
        await store.AppendAsync(work.Appends, context, [.. beside, .. remember is null ? [] : new[] { remember }], ct);
    }

    private IdempotencyLookup? Lookup(ICommand command) => conditions.IdempotencyKey is { } key
        ? ledger.Lookup(viewer.Viewer.Id, key, $"{command.GetType().Name}:{JsonSerializer.Serialize<object>(command, json.Value.SerializerOptions)}")
        : null;

    /// <summary>In whole microseconds, as the database keeps it: a deadline's identity holds the moment it runs from.</summary>
    private DateTimeOffset Now()
    {
        var now = clock.GetUtcNow();
        return new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
    }
}
