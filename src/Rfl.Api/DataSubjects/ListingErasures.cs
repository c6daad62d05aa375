using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.DataSubjects;

public static class ListingErasures
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/erasures", Get)
            .WithTags("Data subjects")
            .WithName("ListErasures")
            .WithSummary("The ledger of erasures: who was erased, when and why, and nothing about them. Its lines, kept elsewhere, make a restored backup forget again");

    public static async Task<QueryAnswer<ErasureList>> Get(IMediator mediator, CancellationToken ct) => (await mediator.Send(new ListErasures(), ct)).ToHttp();
}

/// <param name="Erasures">All of them, oldest first.</param>
public sealed record ErasureList(ValueList<ErasedPerson> Erasures);

[AllowedFor(Role.DataProtectionOfficer, Role.SystemAdministrator)]
[ReadsNoPersonalData("ids of people about whom nothing can be read any more")]
public sealed record ListErasures : IQuery<ErasureList>;

public sealed class ListErasuresHandler(ErasureLedger ledger) : IQueryHandler<ListErasures, ErasureList>
{
    public async Task<QueryOutcome<ErasureList>> Handle(ListErasures query, CancellationToken ct) =>
        new ErasureList((await ledger.ReadAsync(0, ct)).Erasures.Select(erasure => erasure.Erased).ToValueList());
}
