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

    private readonly record struct Place(long Number);

    public async Task<QueryOutcome<Page<ExportedCheckpoint>>> Handle(ListLogCheckpoints query, CancellationToken ct)
    {
        var (page, problem) = PageRequest<Place>.Read(cursors, List, query.Cursor, query.Limit);
        if (page is null)
            return new QueryOutcome<Page<ExportedCheckpoint>>.Invalid([problem!]);
        var found = await checkpoints.ListAsync(page.After?.Number, page.Limit + 1, ct);
        return page.Page(cursors, List, found, row => new Place(row.Number), row => row);
    }
}
