using Rfl.Domain.Common;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.Tests.TracingRequests;

/// <summary>Histories made by hand, one event an hour.</summary>
internal static class Histories
{
    private static readonly DateTimeOffset start = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    public static StreamHistory Of(params IDomainEvent[] happened) => new(
        Guid.Empty,
        StreamKinds.TracingRequest.Name,
        happened.Length,
        [.. happened.Select((one, index) => new RecordedEvent(
            Guid.Empty,
            index + 1,
            one,
            new EventMetadata(Guid.Empty, Guid.Empty, [], Guid.Empty, null, start.AddHours(index), start.AddHours(index))))]);
}
