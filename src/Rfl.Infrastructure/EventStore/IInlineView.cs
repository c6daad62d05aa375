using Npgsql;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Infrastructure.EventStore;

/// <summary>
/// A view that its writer must be able to read back at once: its rows are written in the transaction of the append. The rows of a stream are a pure
/// function of the whole stream, so that a rebuild gives identical rows.
/// </summary>
public interface IInlineView
{
    /// <summary>The type of the streams this view is made of.</summary>
    string StreamType { get; }

    /// <summary>Names the view in rebuilds and logs.</summary>
    string Name { get; }

    /// <summary>
    /// Commands that leave exactly this stream's rows in the view. They touch no other stream's rows, and may leave alone rows that are the same of
    /// <see cref="StreamHistory.Shown"/>; where that is null, they make all rows anew.
    /// </summary>
    IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer);
}
