using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rfl.Domain.Common;
using Rfl.Infrastructure.Migrations;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.Projections;

namespace Rfl.Infrastructure.EventStore;

public static partial class EventStoreServices
{
    private static readonly TimeSpan betweenAttempts = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The event store on the registered <see cref="Npgsql.NpgsqlDataSource"/> (see <see cref="PostgresDataSource"/>). Personal data needs its keys:
    /// <see cref="PersonalDataServices.AddPersonalData"/>. Before the first use, <see cref="StartDatabaseAsync"/>.
    /// </summary>
    /// <param name="eventAssemblies">Where the events are; the domain by default.</param>
    public static IServiceCollection AddEventStore(this IServiceCollection services, params Assembly[] eventAssemblies)
    {
        Assembly[] assemblies = eventAssemblies is [] ? [typeof(IDomainEvent).Assembly] : eventAssemblies;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new EventCatalogue(assemblies, provider.GetServices<IUpcaster>(), StreamKinds.All));
        services.AddSingleton<EventStore>();
        services.AddSingleton<EventCopies>();
        services.AddSingleton<BulkImport>();
        services.AddSingleton<DatabaseMigrator>();
        services.AddSingleton<EventFeed>();
        services.AddSingleton<FeedRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<FeedRunner>());
        services.AddSingleton<FeedLag>();
        services.AddSingleton<ViewRebuilder>();
        return services;
    }

    public static IServiceCollection AddInlineView<TView>(this IServiceCollection services)
        where TView : class, IInlineView => services.AddSingleton<IInlineView, TView>();

    public static IServiceCollection AddFeedProjection<TProjection>(this IServiceCollection services)
        where TProjection : class, IFeedProjection => services.AddSingleton<IFeedProjection, TProjection>();

    public static IServiceCollection AddUpcaster<TUpcaster>(this IServiceCollection services)
        where TUpcaster : class, IUpcaster => services.AddSingleton<IUpcaster, TUpcaster>();

    /// <summary>
    /// Migrates the database and checks the key-encryption keys against it: before the host runs. A database that cannot be reached yet is waited for, so that
    /// machines may come back in any order after a power cut.
    /// </summary>
    /// <exception cref="DatabaseMigrationException">The database cannot be brought to this build's schema.</exception>
    public static async Task StartDatabaseAsync(this IServiceProvider services, CancellationToken ct = default)
    {
        while (true)
        {
            try
            {
                await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(ct);
                await services.GetRequiredService<PersonalDataStart>().RunAsync(ct);
                return;
            }
            catch (Exception fault) when (PassingFaults.IsPassing(fault) && !ct.IsCancellationRequested)
            {
                LogWaiting(services.GetRequiredService<ILogger<DatabaseMigrator>>(), (fault as PostgresException)?.SqlState ?? fault.GetType().Name);
                await Task.Delay(betweenAttempts, ct);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The database cannot be used yet ({Error}); it is tried again until it can. Check ConnectionStrings:Rfl if it should be there.")]
    private static partial void LogWaiting(ILogger log, string error);
}
