using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

public static class InformingEnquirer
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPut("/{id:guid}/news/{newsId:guid}", Put)
            .WithName("InformEnquirer")
            .WithSummary("Records news given to the enquirer")
            .TakesIdempotencyKey()
            .WithExample(new InformEnquirerBody(NewsKind.NoNews, ContactChannel.Phone, new DateOnly(2026, 11, 20)))
            .MayRefuse("news-not-released", "death-told-in-person-only", "channel-forbidden", "date-in-future");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, Guid newsId, InformEnquirerBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new InformEnquirer(new TracingRequestId(id), newsId, body), ct)).ToHttp();
}

public sealed record InformEnquirerBody(
    NewsKind Kind,
    ContactChannel Channel,
    DateOnly InformedOn,
    PersonId? SoughtPerson = null,
    string? Note = null);

[AllowedFor(Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record InformEnquirer(TracingRequestId TracingRequestId, Guid NewsId, InformEnquirerBody Body) : ICommand;

public sealed class InformEnquirerHandler(TracingRequestDesk desk) : ICommandHandler<InformEnquirer>
{
    public Task<Outcome> Handle(InformEnquirer command, CancellationToken ct) =>
        desk.DecideAsync(command, command.TracingRequestId, VersionRule.NotNeeded, (request, work) =>
            {
                work.HappenedOn(command.Body.InformedOn);
                return LifeDecider.InformEnquirer(
                    request,
                    command.NewsId,
                    command.Body.Kind,
                    command.Body.SoughtPerson,
                    command.Body.Channel,
                    command.Body.InformedOn,
                    command.Body.Note,
                    work.Today,
                    work.Policy);
            }, ct);
}
