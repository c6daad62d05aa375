namespace Rfl.Infrastructure.TamperEvidence;

/// <summary>What a verification can find wrong.</summary>
public enum LogBreakKind
{
    /// <summary>The row's content, or its place in the feed, is not what was sealed.</summary>
    RowAltered,

    /// <summary>A sealed row is gone.</summary>
    RowMissing,

    /// <summary>A row stands where everything was sealed already, and no link covers it.</summary>
    RowInserted,

    /// <summary>The link does not have the hash that it says, or that its successor or a checkpoint says.</summary>
    LinkAltered,

    /// <summary>A link between others, or one that a checkpoint covers, is gone.</summary>
    LinkMissing,

    /// <summary>The checkpoint is not what was signed.</summary>
    CheckpointAltered,

    /// <summary>A checkpoint between others, or one that was exported, is gone.</summary>
    CheckpointMissing,

    /// <summary>The checkpoint was signed with a key that is not this installation's.</summary>
    CheckpointOfOtherKey,
}

/// <summary>One thing that is not as it was written.</summary>
/// <param name="Log">The log; <see cref="Checkpoints"/> for checkpoints.</param>
/// <param name="Number">Of the row, the link or the checkpoint.</param>
public sealed record LogBreak(string Log, LogBreakKind Kind, long Number)
{
    public const string Checkpoints = "checkpoints";

    /// <summary>For whoever reads a terminal.</summary>
    public override string ToString() => Kind switch
    {
        LogBreakKind.RowAltered => $"{Log}: row {Number} was altered",
        LogBreakKind.RowMissing => $"{Log}: row {Number} is missing",
        LogBreakKind.RowInserted => $"{Log}: row {Number} was inserted afterwards",
        LogBreakKind.LinkAltered => $"{Log}: link {Number} was altered",
        LogBreakKind.LinkMissing => $"{Log}: link {Number} is missing",
        LogBreakKind.CheckpointAltered => $"checkpoint {Number} was altered",
        LogBreakKind.CheckpointMissing => $"checkpoint {Number} is missing",
        LogBreakKind.CheckpointOfOtherKey => $"checkpoint {Number} was signed with another key than this installation's",
        _ => throw new InvalidOperationException($"{Kind} has no words."),
    };
}
