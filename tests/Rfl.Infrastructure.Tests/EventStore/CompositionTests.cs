using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NSubstitute;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.Projections;
using Rfl.Infrastructure.Tests.Projections;
using Rfl.Testing;
using Store = Rfl.Infrastructure.EventStore.EventStore;

namespace Rfl.Infrastructure.Tests.EventStore;

public sealed class CompositionTests
{
    [Fact]
    public async Task The_registrations_make_a_store_that_works_on_an_empty_database()
    {
        await using var database = await TestDatabase.CreateAsync();
        var environment = Substitute.For<IHostEnvironment>();
        environment.EnvironmentName.Returns(Environments.Production);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("PersonalData:Key", Convert.ToBase64String(TestStore.Key))])
            .Build();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(PostgresDataSource.Create(database.ConnectionString))
            .AddEventStore()
            .AddSingleton(EventCatalogue.Of([typeof(SampleRegistered)]))
            .AddPersonalData(configuration, environment, Path.GetTempPath())
            .AddInlineView<SampleView>()
            .AddFeedProjection<Journal>()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        await services.StartDatabaseAsync();
        await using (var tables = database.DataSource.CreateCommand($"{SampleView.Table}; {Journal.Table}"))
            await tables.ExecuteNonQueryAsync();
        var store = services.GetRequiredService<Store>();
        var loaded = await store.LoadAsync(Samples.Stream, Samples.Type, default);
        await store.AppendAsync([new(loaded, [Samples.Registered(Samples.Rahima, "Rahima")])], Samples.Context, [], default);
        await services.GetRequiredService<FeedRunner>().CatchUpAsync();

        Assert.True(services.GetRequiredService<KeyEncryptionStatus>().IsReady);
        Assert.Single(services.GetServices<IHostedService>().OfType<FeedRunner>());
        await using var journal = database.DataSource.CreateCommand("select count(*) from journal j join mt_events e on e.id = j.event_id");
        Assert.Equal(1L, await journal.ExecuteScalarAsync());
    }
}
