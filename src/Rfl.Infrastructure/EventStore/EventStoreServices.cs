using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Rfl.Domain.Common;
using Rfl.Infrastructure.Migrations;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.Projections;

namespace Rfl.Infrastructure.EventStore;

public static class EventStoreServices
{
    /// <summary>
    /// The event store on the registered <see cref="Npgsql.NpgsqlDataSource"/> (see <see cref="PostgresDataSource"/>). Personal data needs its keys:
    /// <see cref="PersonalDataServices.AddPersonalData"/>. Before the first use, <see cref="StartDatabaseAsync"/>.
    /// </summary>
    /// <param name="eventAssemblies">Where the events are; the domain by default.</param>
    public static IServiceCollection AddEventStore(this IServiceCollection services, params Assembly[] eventAssemblies)
    {
        Assembly[] assemblies = eventAssemblies is [] ? [typeof(IDomainEvent).Assembly] : eventAssemblies;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new EventCatalogue(assemblies, provider.GetServices<IUpcaster>()));
        services.AddSingleton<EventStore>();
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

    /// <summary>Migrates the database and checks the key-encryption keys against it: before the host runs.</summary>
    /// <exception cref="DatabaseMigrationException">The database cannot be brought to this build's schema.</exception>
    public static async Task StartDatabaseAsync(this IServiceProvider services, CancellationToken ct = default)
    {
        await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(ct);
        await services.GetRequiredService<PersonalDataStart>().RunAsync(ct);
    }
}
