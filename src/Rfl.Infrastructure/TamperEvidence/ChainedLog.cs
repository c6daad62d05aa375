namespace Rfl.Infrastructure.TamperEvidence;

/// <summary>
/// An append-only log whose rows are chained, so that a row changed, removed or slipped in afterwards is found and named. Its table has <c>feed_epoch</c>,
/// <c>transaction_id</c> and a growing number, like <c>mt_events</c>, with a unique index over the three; the service never updates or deletes its rows.
/// Every column is hashed by its name and content; a null adds nothing, so a column that comes later must be null in the rows that are there.
/// </summary>
/// <param name="Name">Kebab case, stored in every link: never changes.</param>
/// <param name="Table">With its schema, where that is not the default one.</param>
/// <param name="Sequence">The column that numbers the rows.</param>
public sealed record ChainedLog(string Name, string Table, string Sequence = "seq")
{
    /// <summary>Columns whose content is not hashed, because nothing depends on it.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>All of them. To join, add a line here; the epoch of the table, sealing, checkpoints and verification follow.</summary>
    public static IReadOnlyList<ChainedLog> All { get; } =
    [
        // What only Marten reads: it may write its own idea of the type.
        new("events", "mt_events", "seq_id") { LeftOut = ["mt_dotnet_type", "is_archived"] },
        new("sign-in-audit", "identity.audit"),
        new("read-log", "read_log"),
        new("disclosure-read-log", "disclosure_read_log"),
        new("transfer-register", "transfer_register"),
        new("erasures", "erasure_ledger"),
    ];
}
