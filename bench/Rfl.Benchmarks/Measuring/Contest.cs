using System.Diagnostics;

namespace Rfl.Benchmarks.Measuring;

/// <summary>Something that is measured beside others.</summary>
/// <param name="Operation">Gets the number of the writer, from 0; one writer never runs it twice at once.</param>
internal sealed record Contender(string Name, Func<int, Task> Operation);

/// <summary>What a contender did.</summary>
/// <param name="PerSecond">Operations a second: the median of the rounds.</param>
/// <param name="Ratio">To the first contender: the median over the rounds of the ratio within a round.</param>
/// <param name="Bytes">Allocated in this process, an operation.</param>
/// <param name="Processor">Microseconds of processor time of this process, an operation; the server's are not in it.</param>
internal sealed record Measured(string Name, double PerSecond, double Ratio, double Bytes, double Processor);

/// <summary>
/// Lets contenders take turns in short rounds. A busy minute of the machine hits all of them, and the ratio is taken within each round, so that what is left of
/// it falls out with the median.
/// </summary>
internal static class Contest
{
    private static readonly TimeSpan round = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan warmUp = TimeSpan.FromMilliseconds(400);

    private readonly record struct Turn(double PerSecond, double Bytes, double Processor);

    /// <param name="duration">For all of them together.</param>
    public static async Task<IReadOnlyList<Measured>> RunAsync(int writers, TimeSpan duration, params Contender[] contenders)
    {
        foreach (var contender in contenders)
            await TurnAsync(contender, writers, warmUp);
        var rounds = Math.Max(3, (int)(duration / round / contenders.Length));
        var turns = contenders.Select(_ => new List<Turn>()).ToArray();
        for (var n = 0; n < rounds; n++)
        {
            // Every other round backwards: whoever comes first after a checkpoint is not always the same.
            foreach (var i in n % 2 == 0 ? Enumerable.Range(0, contenders.Length) : Enumerable.Range(0, contenders.Length).Reverse())
                turns[i].Add(await TurnAsync(contenders[i], writers, round));
        }

        return [.. contenders.Select((contender, i) => new Measured(
            contender.Name,
            Median(turns[i].Select(turn => turn.PerSecond)),
            Median(turns[i].Zip(turns[0]).Select(pair => pair.First.PerSecond / pair.Second.PerSecond)),
            Median(turns[i].Select(turn => turn.Bytes)),
            Median(turns[i].Select(turn => turn.Processor))))];
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static async Task<Turn> TurnAsync(Contender contender, int writers, TimeSpan duration)
    {
        using var process = Process.GetCurrentProcess();
        var allocated = GC.GetTotalAllocatedBytes();
        var processor = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            var count = 0L;
            for (; clock.Elapsed < duration; count++)
                await contender.Operation(writer);
            return count;
        })));
        var (total, elapsed) = ((double)counts.Sum(), clock.Elapsed);
        process.Refresh();
        return new Turn(
            total / elapsed.TotalSeconds,
            (GC.GetTotalAllocatedBytes() - allocated) / total,
            (process.TotalProcessorTime - processor).TotalMicroseconds / total);
    }
}
