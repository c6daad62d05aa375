using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;

namespace Rfl.Api.Policies;

public static class GettingPolicy
{
    public static void Map(IEndpointRouteBuilder policy) =>
        policy.MapGet("/", Get)
            .MayFindNothing()
            .WithName("GetPolicy")
            .WithSummary("Shows the policy in force, or as it was at an earlier version");

    /// <param name="version">0 for the handbook's defaults; the answer to a version has no ETag, since nothing can be decided on the past.</param>
    public static async Task<QueryAnswer<PolicyView>> Get(long? version, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetPolicy(version), ct)).ToHttp();
}

[AllowedFor(
    Role.FieldVolunteer, Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.DisclosureOfficer, Role.Supervisor, Role.Publisher,
    Role.DataProtectionOfficer, Role.SystemAdministrator)]
[ReadsNoPersonalData("The Society's rules.")]
public sealed record GetPolicy(long? Version) : IQuery<PolicyView>;

public sealed class GetPolicyHandler(PolicyReader policies) : IQueryHandler<GetPolicy, PolicyView>
{
    public async Task<QueryOutcome<PolicyView>> Handle(GetPolicy query, CancellationToken ct)
    {
        var record = await policies.ReadRecordAsync(ct);
        if (query.Version is not { } version)
            return new QueryOutcome<PolicyView>.Found(PolicyView.Of(record, record.Version), record.Version);
        return version < 0 || version > record.Version
            ? new QueryOutcome<PolicyView>.NotFound()
            : PolicyView.Of(record, version);
    }
}
