using System.Threading.Channels;
using MediatR;
using Npgsql;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Projections;

namespace Rfl.Api.Views;

public static class RebuildingViews
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/views", Get)
            .WithTags("Operations")
            .WithName("ListViews")
            .WithSummary("Lists the views and how far their last rebuild has come");
        api.MapPost("/views/{name}/rebuild", Post)
            .WithTags("Operations")
            .WithName("RebuildView")
            .WithSummary("Computes a view anew from its events while the service runs")
            .AnswersNothing();
    }

    public static async Task<QueryAnswer<ValueList<ViewState>>> Get(IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListViews(), ct)).ToHttp();

    public static async Task<CommandAnswer<CarriedOut>> Post(string name, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new RebuildView(name), ct)).ToHttp();
}

/// <param name="StreamsTotal">Absent for a view that was not rebuilt yet, and for the disclosure circle's views, whose numbers are the circle's own.</param>
public sealed record ViewState(
    string Name, DateTimeOffset? StartedAt = null, DateTimeOffset? FinishedAt = null, long? StreamsTotal = null, long? StreamsDone = null, long? StreamsFailed = null);

[AllowedFor(Role.SystemAdministrator)]
[ReadsNoPersonalData("Names and progress of views.")]
public sealed record ListViews : IQuery<ValueList<ViewState>>;

[AllowedFor(Role.SystemAdministrator)]
public sealed record RebuildView(string Name) : ICommand;

public sealed class RebuildingViewsHandler(
    NpgsqlDataSource database, IEnumerable<IInlineView> inlineViews, IEnumerable<IFeedProjection> projections, ViewRebuilds rebuilds)
    : IQueryHandler<ListViews, ValueList<ViewState>>, ICommandHandler<RebuildView>
{
    private IEnumerable<string> Names => inlineViews.Select(view => view.Name).Concat(projections.Select(projection => projection.Name));

    public async Task<QueryOutcome<ValueList<ViewState>>> Handle(ListViews query, CancellationToken ct)
    {
        var states = new Dictionary<string, ViewState>();
        await using var command = database.CreateCommand(
            "select view_name, started_at, finished_at, streams_total, streams_done, streams_failed from view_rebuilds");
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var name = reader.GetString(0);
            states[name] = IsOfCircle(name)
                ? new ViewState(name)
                : new ViewState(
                    name,
                    reader.GetFieldValue<DateTimeOffset>(1),
                    reader.IsDBNull(2) ? null : reader.GetFieldValue<DateTimeOffset>(2),
                    reader.GetInt64(3),
                    reader.GetInt64(4),
                    reader.GetInt64(5));
        }

        return Names.Order(StringComparer.Ordinal).Select(name => states.GetValueOrDefault(name) ?? new ViewState(name)).ToValueList();
    }

    public Task<Outcome> Handle(RebuildView command, CancellationToken ct)
    {
        if (!Names.Contains(command.Name))
            return Task.FromResult<Outcome>(new Outcome.NotFound());
        rebuilds.Ask(command.Name);
        return Task.FromResult<Outcome>(new Outcome.Done());
    }

    private bool IsOfCircle(string name) =>
        inlineViews.Any(view => view.Name == name && view.StreamType == StreamKinds.Disclosure.Name);
}

/// <summary>Rebuilds views one after the other, in the background of the node that was asked. What a stopped node leaves undone is asked again.</summary>
public sealed partial class ViewRebuilds(ViewRebuilder rebuilder, PolicyReader policies, ILogger<ViewRebuilds> log) : BackgroundService
{
    private readonly Channel<string> asked = Channel.CreateUnbounded<string>();

    public void Ask(string view) => asked.Writer.TryWrite(view);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var view in asked.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                // Deadlines follow the policy, and this node may have decided nothing since it changed.
                await policies.ReadAsync(stoppingToken);
                await rebuilder.RebuildAsync(view, null, stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                Failed(log, view, fault.GetType().Name);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The rebuild of {View} failed ({Kind}); its rows are as they were.")]
    private static partial void Failed(ILogger log, string view, string kind);
}
