using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rfl.Domain.Common;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Infrastructure.Reads;

/// <summary>
/// Reads the words of rows. A damaged row must break neither the list in which it stands nor the run of a job (ADR 71): a value that is not of its vocabulary comes as
/// null, its row says that it is unreadable, and each is reported once: a line in the log that names place and row, never the value, which may be anything, and one in
/// the metric.
/// </summary>
public sealed partial class UnreadableRows(ILogger<UnreadableRows> log)
{
    /// <summary>So many are remembered as reported; then they are reported again, so that memory stays bounded.</summary>
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<(string Table, string Column, Guid? Record), bool> reported = [];

    /// <summary>The row at which the reader stands.</summary>
    /// <param name="record">Names the row in the report. Null for rows of the disclosure circle, whom no log may name (handbook rule 12), and for counts.</param>
    public RowWords Row(NpgsqlDataReader reader, string table, Guid? record) => new(this, reader, table, record);

    /// <summary>For rows that somebody else reads.</summary>
    /// <inheritdoc cref="Row"/>
    public void Report(string table, string column, Guid? record)
    {
        if (reported.Count >= MostRemembered)
            reported.Clear();
        if (!reported.TryAdd((table, column, record), true))
            return;
        Telemetry.UnreadableRows.Add(1);
        if (record is { } id)
            LogUnreadable(column, table, id);
        else
            LogUnreadable(column, table);
    }

    [LoggerMessage(LogLevel.Error, "{Column} of row {Record} in {Table} cannot be read. The row is shown as unreadable; rebuilding the view, or a backup, mends it.")]
    private partial void LogUnreadable(string column, string table, Guid record);

    [LoggerMessage(LogLevel.Error, "{Column} of a row in {Table} cannot be read. The row is shown as unreadable; rebuilding the view, or a backup, mends it.")]
    private partial void LogUnreadable(string column, string table);
}

/// <summary>One row's words, each by the name and the place of its column.</summary>
public sealed class RowWords
{
    private readonly UnreadableRows rows;
    private readonly NpgsqlDataReader reader;
    private readonly string table;
    private readonly Guid? record;

    internal RowWords(UnreadableRows rows, NpgsqlDataReader reader, string table, Guid? record) =>
        (this.rows, this.reader, this.table, this.record) = (rows, reader, table, record);

    /// <summary>Whether a value that was read so far is not of its vocabulary.</summary>
    public bool IsUnreadable { get; private set; }

    /// <returns>Null where the column is empty, or holds what is no name of <typeparamref name="T"/>.</returns>
    public T? Word<T>(string column, int ordinal)
        where T : struct, Enum => reader.IsDBNull(ordinal) ? null : Of<T>(column, reader.GetString(ordinal));

    /// <summary>For vocabularies that are kept by number.</summary>
    /// <returns>Null where the column is empty, or holds what is no value of <typeparamref name="T"/>.</returns>
    public T? Number<T>(string column, int ordinal)
        where T : struct, Enum
    {
        if (reader.IsDBNull(ordinal))
            return null;
        var value = (T)Enum.ToObject(typeof(T), reader.GetInt16(ordinal));
        return Enum.IsDefined(value) ? value : Unread<T>(column);
    }

    /// <returns>Those that can be read.</returns>
    public ValueList<T> Words<T>(string column, int ordinal)
        where T : struct, Enum
    {
        var words = reader.GetFieldValue<string[]>(ordinal).Select(text => Of<T>(column, text)).ToList();
        return words.OfType<T>().ToValueList();
    }

    /// <summary>An array whose items are written in a form of their own.</summary>
    /// <param name="read">Null for what cannot be read.</param>
    /// <returns>Those that can be read.</returns>
    public ValueList<T> Each<T>(string column, int ordinal, Func<string, T?> read)
        where T : class
    {
        var items = reader.GetFieldValue<string[]>(ordinal).Select(read).ToList();
        if (items.Contains(null))
            Report(column);
        return items.OfType<T>().ToValueList();
    }

    /// <summary>A word that was taken out of its column already.</summary>
    public T? Of<T>(string column, string text)
        where T : struct, Enum => Vocabulary.Find<T>(text) ?? Unread<T>(column);

    private T? Unread<T>(string column)
        where T : struct
    {
        Report(column);
        return null;
    }

    private void Report(string column)
    {
        IsUnreadable = true;
        rows.Report(table, column, record);
    }
}

/// <summary>The names of an enumeration, letter by letter: no numbers, and nothing put together with commas.</summary>
public static class Vocabulary
{
    /// <returns>Null where it is no name of <typeparamref name="T"/>.</returns>
    public static T? Find<T>(string word)
        where T : struct, Enum => Words<T>.ByName.TryGetValue(word, out var value) ? value : null;

    private static class Words<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<string, T> ByName = Enum.GetNames<T>().ToDictionary(name => name, Enum.Parse<T>, StringComparer.Ordinal);
    }
}
