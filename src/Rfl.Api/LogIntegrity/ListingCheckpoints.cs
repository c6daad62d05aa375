using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Infrastructure.TamperEvidence;

namespace Rfl.Api.LogIntegrity;

public static class ListingCheckpoints
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/log-checkpoints", Get)
            .WithTags("Log integrity")
            .WithName("ListLogCheckpoints")
            .WithSummary("Signed checkpoints of the logs, newest first; one kept elsewhere proves later that nothing older was removed or changed");

    public static async Task<QueryAnswer<Page<ExportedCheckpoint>>> Get(string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListLogCheckpoints(cursor, limit ?? Page<ExportedCheckpoint>.DefaultLimit), ct)).ToHttp();
}

[AllowedFor(Role.DataProtectionOfficer)]
[ReadsNoPersonalData("Signatures over hashes.")]
public sealed record ListLogCheckpoints(string? Cursor, int Limit) : IQuery<Page<ExportedCheckpoint>>;

public sealed class ListLogCheckpointsHandler(LogCheckpoints checkpoints, Cursors cursors) : IQueryHandler<ListLogCheckpoints, Page<ExportedCheckpoint>>
{
    private const string List = "log-checkpoints";

    private sealed record Place(long Number);

    public async Task<QueryOutcome<Page<ExportedCheckpoint>>> Handle(ListLogCheckpoints query, CancellationToken ct)
    {
        if (query.Limit is < 1 or > Page<ExportedCheckpoint>.MaxLimit)
            return new QueryOutcome<Page<ExportedCheckpoint>>.Invalid("limit", "limit-out-of-range");
        Place? before = null;
        if (query.Cursor is { } cursor && !cursors.TryOpen(List, cursor, out before))
            return new QueryOutcome<Page<ExportedCheckpoint>>.Invalid("cursor", Cursors.Invalid);
        var found = await checkpoints.ListAsync(before?.Number, query.Limit + 1, ct);
        var page = found.Take(query.Limit).ToList();
        return new Page<ExportedCheckpoint>(page, found.Count > query.Limit ? cursors.Seal(List, new Place(page[^1].Number)) : null);
    }
}
