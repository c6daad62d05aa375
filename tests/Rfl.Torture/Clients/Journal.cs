using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace Rfl.Torture.Clients;

/// <summary>Something a client wants done, under ids that it made itself.</summary>
/// <param name="Id">Sent as correlation and as Idempotency-Key with every attempt: what the service recorded of it can be found by it.</param>
/// <param name="Kind">The operation's name.</param>
/// <param name="Who">An account's address, or a partner society's code.</param>
/// <param name="Stream">The stream that it decides on.</param>
/// <param name="DecidesOn">Where the version for <c>If-Match</c> is read; null where none is needed.</param>
/// <param name="Always">Whether carrying it out always leaves an event; otherwise it may find nothing to do.</param>
internal sealed record Command(
    Guid Id, string Kind, string Who, HttpMethod Method, string Path, Guid Stream, object? Body = null, string? DecidesOn = null, bool Always = true);

/// <summary>What a client knows of one command: when it began, what it was told, and when.</summary>
internal sealed class Entry(Command command)
{
    public Command Command { get; } = command;

    /// <summary>Before the first attempt was sent.</summary>
    public long Began { get; } = Stopwatch.GetTimestamp();

    /// <summary>After the last answer came; the greatest value while none has.</summary>
    public long Ended { get; private set; } = long.MaxValue;

    public int Attempts { get; set; }

    /// <summary>The version that the last attempt decided on.</summary>
    public long? Seen { get; set; }

    /// <summary>Null where nobody ever answered.</summary>
    public HttpStatusCode? Status { get; private set; }

    /// <summary>The refusal's code, where it was refused.</summary>
    public string? Code { get; private set; }

    /// <summary>The version in the answer.</summary>
    public long? Version { get; private set; }

    public bool Acknowledged => Status is { } status && (int)status is >= 200 and < 300;

    public void Answered(HttpStatusCode status, string? code, long? version) =>
        (Status, Code, Version, Ended) = (status, code, version, Stopwatch.GetTimestamp());
}

/// <summary>All that clients did and were told, and what they found wrong with it.</summary>
internal sealed class Journal
{
    private readonly ConcurrentQueue<Entry> entries = [];
    private readonly ConcurrentDictionary<string, int> complaints = [];

    public IReadOnlyCollection<Entry> Entries => entries;

    /// <summary>Each with how often it was met.</summary>
    public IReadOnlyDictionary<string, int> Complaints => complaints;

    public Entry Begin(Command command)
    {
        var entry = new Entry(command);
        entries.Enqueue(entry);
        return entry;
    }

    public void Complain(string what) => complaints.AddOrUpdate(what, 1, (_, before) => before + 1);
}
