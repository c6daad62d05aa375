using Npgsql;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.Reads;

/// <summary>
/// Who looked, within one request (handbook §8.4; docs/adr/0075). A handler hands one of its statements to the log, so that the row is written by whatever
/// loads: <see cref="Along"/> for streams, <see cref="AddTo"/> for lists, <see cref="Given"/> where the program alone knows what it will show.
/// </summary>
public sealed class ReadLog(CurrentViewer viewer, RequestConditions conditions, TimeProvider clock, NpgsqlDataSource database, LookupHash hash)
{
    /// <summary>Whether the message at hand has given the log its row.</summary>
    public bool IsWritten { get; private set; }

    /// <summary>The log's row as part of a load: the database finds the grounds of what is read there and then.</summary>
    /// <param name="message">Says what is shown: <see cref="ReadsPersonalDataAttribute"/>.</param>
    /// <param name="asked">The records that the message asks for.</param>
    public LoggedRead Along(object message, ReadSubject subject, params Guid[] asked)
    {
        IsWritten = true;
        return new LoggedRead(Of(message, asked), subject);
    }

    /// <summary>The log's row as part of a list's statement: see <see cref="ReadLogSql.PageLogged"/>.</summary>
    /// <param name="shown">How many rows of the list are shown at most.</param>
    public void AddTo(NpgsqlParameterCollection parameters, object message, int shown)
    {
        IsWritten = true;
        Of(message, []).AddTo(parameters);
        parameters.AddWithValue("log_shown", shown);
    }

    /// <summary>The log's row as part of a statement that finds its records itself: see <see cref="ReadLogSql.SubjectLogged"/>.</summary>
    /// <param name="searched">Keyed hash of what was searched for.</param>
    public void AddSearchTo(NpgsqlParameterCollection parameters, object message, byte[] searched)
    {
        IsWritten = true;
        Of(message, [], searched).AddTo(parameters);
    }

    /// <summary>The log's row as a statement, once it is known what will be shown.</summary>
    /// <param name="searched">Keyed hash of what was searched for.</param>
    public NpgsqlBatchCommand Given(object message, IReadOnlyList<Shown> shown, byte[]? searched = null)
    {
        IsWritten = true;
        var reading = Of(message, [], searched);
        return ReadLogging.Given(reading, Named(reading, shown));
    }

    /// <summary>The parameters of <see cref="ReadLogSql.GivenLogged"/>, which stands in the statement that reads.</summary>
    public void AddGivenTo(NpgsqlParameterCollection parameters, object message, IReadOnlyList<Shown> shown)
    {
        IsWritten = true;
        var reading = Of(message, []);
        reading.AddTo(parameters);
        ReadLogging.AddShown(parameters, Named(reading, shown));
    }

    /// <summary>The same, in a round trip of its own: for the few reads that have no statement to stand in.</summary>
    public Task WriteAsync(object message, IReadOnlyList<Shown> shown, CancellationToken ct)
    {
        IsWritten = true;
        var reading = Of(message, []);
        return ReadLogging.WriteAsync(database, reading, Named(reading, shown), ct);
    }

    /// <summary>Writes that the viewer was shown nothing, in a statement of its own: only where nothing was loaded.</summary>
    /// <param name="message">A read, or a command that names records.</param>
    /// <param name="asked">The records that the message names.</param>
    public Task WriteRefusedAsync(Type message, Guid[] asked, CancellationToken ct)
    {
        IsWritten = true;
        return ReadLogging.WriteRefusedAsync(database, OfRefused(message, asked), ct);
    }

    private Reading OfRefused(Type message, Guid[] asked)
    {
        if (ReadDeclarationAttribute.Of(message) is ReadsPersonalDataAttribute)
            return Of(message, asked);
        var view = RefusedCommand.ViewOf(message);
        // Of a discreet command the log keeps that it was refused, and to whom; what it was about would tell what it wanted to tell.
        return Of(view, RefusedCommand.IsInCircle(message), view == RefusedCommand.Discreet ? [] : asked, searched: null);
    }

    /// <summary>
    /// Holds what the log says against what the program decided, so that no read is shown on a ground that the log does not have. They are two writings of one
    /// rule; where they differ on the same version, one of them is wrong.
    /// </summary>
    /// <param name="version">The version of the record on which the program decided.</param>
    /// <param name="ground">The program's ground; null where it shows nothing of the record.</param>
    /// <exception cref="ReadRaced">The record moved between the statements of one load: to be read again.</exception>
    /// <exception cref="InvalidOperationException">The two rules differ.</exception>
    public static void Agree(LoggedRead read, Guid record, long version, ReadGround? ground)
    {
        var logged = read.Subjects.FirstOrDefault(subject => subject.Record == record);
        if (logged?.Ground == ground?.ToString())
            return;
        throw logged is null || logged.Version != version
            ? new ReadRaced()
            : new InvalidOperationException($"The read log found the ground {logged.Ground ?? "none"}, the program {ground?.ToString() ?? "none"}.");
    }

    /// <summary>Whether the database found a break-glass in force, and nothing closer: it alone knows of those.</summary>
    public static bool BrokeGlass(LoggedRead? read) => read?.Subjects.Any(subject => subject.BreakGlass is not null) == true;

    internal void Begin() => IsWritten = false;

    /// <summary>The circle's log calls everything by its other name: that an officer looked at a case would tell that there is something to look at (rule 12).</summary>
    private IReadOnlyList<Shown> Named(Reading reading, IReadOnlyList<Shown> shown) =>
        reading.InCircle ? [.. shown.Select(one => new Shown(hash.Cover.Alias(one.Record), one.Ground, Aliases([.. one.Persons])))] : shown;

    /// <summary>None where the key-encryption key is missing: nothing is shown then, and what was asked for in vain stays unnamed.</summary>
    private Guid[] Aliases(Guid[] ids) => hash.IsAtHand ? [.. ids.Select(hash.Cover.Alias)] : [];

    private Reading Of(object message, Guid[] asked, byte[]? searched = null) => Of(message.GetType(), asked, searched);

    private Reading Of(Type message, Guid[] asked, byte[]? searched = null)
    {
        var declared = ReadDeclarationAttribute.Of(message) as ReadsPersonalDataAttribute
            ?? throw new InvalidOperationException($"{message.Name} writes the read log and does not say what it reads.");
        return Of(declared.View, declared.InCircle, asked, searched);
    }

    private Reading Of(string view, bool inCircle, Guid[] asked, byte[]? searched)
    {
        var who = viewer.Viewer;
        return new Reading(
            who.Id,
            [.. who.Roles.Select(role => role.ToString())],
            who.Society,
            view,
            clock.GetUtcNow(),
            conditions.CorrelationId,
            inCircle,
            inCircle ? Aliases(asked) : asked,
            searched);
    }
}

/// <summary>What was read moved while it was read.</summary>
public sealed class ReadRaced() : Exception("What was read moved while it was read.");
