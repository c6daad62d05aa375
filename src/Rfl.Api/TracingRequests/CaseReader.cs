using Npgsql;
using Rfl.Api.Casework;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Common;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.TracingRequests;

/// <summary>A request within the viewer's reach, read from its events in one round trip, in which the read log is written too.</summary>
/// <param name="Unreadable">Versions of records that are damaged, or cannot be understood without a damaged one.</param>
public sealed record ReadCase(StreamHistory History, TracingRequest.Started Request, ValueList<long> Unreadable, Policy Policy, DateOnly Today);

public sealed partial class CaseReader(
    EventStore store, PolicyReader policies, CurrentViewer viewer, ReadLog reads, NpgsqlDataSource database, TimeProvider clock, ILogger<CaseReader> logger)
{
    /// <returns>Null where the request is not there or out of the viewer's reach: nobody can tell which.</returns>
    /// <exception cref="UnreadableEventException">So much is damaged that there is nothing to show.</exception>
    public async Task<ReadCase?> ReadAsync(object message, TracingRequestId id, CancellationToken ct)
    {
        var version = new PolicyVersionAlong();
        var log = ReadDeclarationAttribute.Of(message.GetType()) is ReadsPersonalDataAttribute
            ? reads.Along(message, ReadSubjects.OfCase(message, viewer.Viewer, clock.GetUtcNow(), id), id.Value)
            : null;
        IReadAlong[] along = log is null ? [version] : [version, log];
        var history = (await store.LoadAsync([(id.Value, StreamKinds.TracingRequest.Name)], null, along, [], ct, withDamaged: true))[id.Value];
        var (state, unreadable) = StreamKinds.TracingRequest.FoldReadable(history.Events);
        if (history.IsDamaged())
        {
            LogDamaged(id.Value, unreadable[0]);
            if (!await IsInReachByRowAsync(id, ct))
                return null;
            if (state is not TracingRequest.Started)
                throw new UnreadableEventException(id.Value, unreadable[0], "", isKnown: true);
        }

        var ground = Reach.Ground(message, viewer.Viewer, state, ReadLog.BrokeGlass(log));
        // What is damaged may be who the case belongs to: then the row, made when all could be read, says more than the fold.
        if (log is not null && !history.IsDamaged())
            ReadLog.Agree(log, id.Value, history.Version, ground);
        return ground is not null && state is TracingRequest.Started request
            ? new ReadCase(history, request, unreadable, await policies.CatchUpAsync(version, ct), WorkingCalendar.DayOf(clock.GetUtcNow()))
            : null;
    }

    /// <summary>What is damaged may be who the case belongs to. Its row was made when all could still be read, and must agree.</summary>
    private async Task<bool> IsInReachByRowAsync(TracingRequestId id, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select exists (select from case_row c where c.id = @id and {CaseReachSql.Condition})");
        command.Parameters.AddWithValue("id", id.Value);
        command.AddReach(viewer.Viewer);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    [LoggerMessage(LogLevel.Error, "Request {Request} was shown without record {Version}, which is damaged. `./rfl verify` tells whether it was altered; a backup holds it as it was.")]
    private partial void LogDamaged(Guid request, long version);
}
