using System.Collections.Concurrent;

namespace Rfl.Torture.Installation;

/// <summary>What stands on this machine because of us, and is to go however a run ends: processes first, then what they stood on.</summary>
internal static class Standing
{
    private static readonly ConcurrentStack<ChildProcess> processes = [];
    private static readonly ConcurrentDictionary<object, Lazy<Task>> places = [];
    private static volatile bool falling;

    /// <summary>Folders and mounts, with what takes them away.</summary>
    public static void Add(object place, Func<Task> takeAway) => places[place] = new Lazy<Task>(takeAway);

    /// <summary>Once, whoever asks for it; all wait until it is gone.</summary>
    public static Task TakeAwayAsync(object place) => places.TryGetValue(place, out var going) ? going.Value : Task.CompletedTask;

    /// <exception cref="OperationCanceledException">It was started too late, and has been ended.</exception>
    public static async Task AddAsync(ChildProcess process)
    {
        processes.Push(process);
        if (!falling)
            return;
        await process.DisposeAsync();
        ThrowIfFalling();
    }

    /// <exception cref="OperationCanceledException">Everything is being taken away: nothing is built any more.</exception>
    public static void ThrowIfFalling()
    {
        if (falling)
            throw new OperationCanceledException("The run was asked to stop.");
    }

    /// <summary>Ends every process, the latest first, so that nodes go before their database; then takes away the rest. What the run does meanwhile fails.</summary>
    public static async Task FallAsync()
    {
        falling = true;
        while (processes.TryPop(out var process))
            await process.DisposeAsync();
        foreach (var place in places.Values)
            await place.Value;
    }
}
