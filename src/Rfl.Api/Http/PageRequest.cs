using Rfl.Api.Pipeline;

namespace Rfl.Api.Http;

/// <summary>Where a page of a list begins and how long it is.</summary>
/// <param name="After">The last key of the page before; null on the first page.</param>
/// <param name="Limit">How many items.</param>
internal sealed record PageRequest<TKey>(TKey? After, int Limit)
    where TKey : struct
{
    /// <summary>The request, or what has to change in it.</summary>
    public static (PageRequest<TKey>? Request, FieldProblem? Problem) Read(Cursors cursors, string list, string? cursor, int? limit)
    {
        if (limit is < 1 or > Page<TKey>.MaxLimit)
            return (null, new FieldProblem("limit", "limit-out-of-range"));
        var after = default(TKey);
        if (cursor is not null && !cursors.TryOpen(list, cursor, out after))
            return (null, new FieldProblem("cursor", Cursors.Invalid));
        return (new PageRequest<TKey>(cursor is null ? null : after, limit ?? Page<TKey>.DefaultLimit), null);
    }

    /// <summary>The page of <paramref name="found"/>, which holds one item more than asked for where the list goes on.</summary>
    public Page<TItem> Page<TRow, TItem>(Cursors cursors, string list, IReadOnlyList<TRow> found, Func<TRow, TKey> key, Func<TRow, TItem> show) => new(
        [.. found.Take(Limit).Select(show)],
        found.Count > Limit ? cursors.Seal(list, key(found[Limit - 1])) : null);
}
