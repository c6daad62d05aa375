using MediatR;
using Npgsql;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.TracingRequests;

public static class FindingByReference
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapGet("/by-reference/{reference}", Get)
            .WithName("FindByReference")
            .WithSummary("Finds a request by its number, as people read it out; tells at once where the check digits do not fit");

    public static async Task<QueryAnswer<StageView>> Get(string reference, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new FindByReference(reference), ct)).ToHttp();
}

/// <param name="Stage">Absent where it cannot be read.</param>
public sealed record StageView(TracingRequestId Id, string Reference, Stage? Stage, bool IsUnreadable);

[AllowedFor(Role.FieldVolunteer, Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
[ReadsPersonalData("case-by-reference")]
public sealed record FindByReference(string Reference) : IQuery<StageView>;

public sealed class FindByReferenceHandler(NpgsqlDataSource database, CurrentViewer viewer, ReadLog reads, LookupHash hash, UnreadableRows unreadable) : IQueryHandler<FindByReference, StageView>
{
    private const string Query =
        $"""
        with subject as materialized (
            select c.id as record, c.version, c.reference, c.stage, {CaseReachSql.Persons} as persons, null::uuid as break_glass,
                case when {CaseReachSql.Condition} then coalesce({CaseReachSql.Ground}, 'OwnInterview') end as ground
            from case_row c where c.reference = @reference),
        {ReadLogSql.SubjectLogged}
        select record, reference, stage from subject where ground is not null
        """;

    public async Task<QueryOutcome<StageView>> Handle(FindByReference query, CancellationToken ct)
    {
        if (ReferenceNumber.Parse(query.Reference) is not { } reference)
            return new QueryOutcome<StageView>.Invalid("reference", "reference-number-invalid");
        await using var command = database.CreateCommand(Query);
        command.AddReach(viewer.Viewer, asVolunteer: true);
        reads.AddSearchTo(command.Parameters, query, hash.Of("reference-search", reference));
        command.Parameters.AddWithValue("reference", reference);
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
            return new QueryOutcome<StageView>.NotFound();
        var stage = unreadable.Row(reader, "case_row", reader.GetGuid(0)).Word<Stage>("stage", 2);
        return new StageView(new TracingRequestId(reader.GetGuid(0)), reader.GetString(1), stage, stage is null);
    }
}
