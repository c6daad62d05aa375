using Microsoft.Extensions.DependencyInjection.Extensions;
using Rfl.Infrastructure;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.LocalPostgres;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.Operations;

/// <summary>The database and what stands on it: events, personal keys, feed.</summary>
public static class DataSetup
{
    /// <summary>Call after the connection string is known: see <see cref="LocalDatabase.AddLocalDatabaseAsync"/>.</summary>
    public static WebApplicationBuilder AddRflData(this WebApplicationBuilder builder)
    {
        var folder = LocalDatabase.DataFolder(builder.Configuration[LocalDatabase.DataFolderKey], builder.Environment.ContentRootPath);
        builder.Configuration[LocalDatabase.DataFolderKey] = folder;
        builder.Services.AddSingleton(provider => PostgresDataSource.Create(
            provider.GetRequiredService<IConfiguration>().GetConnectionString(LocalDatabase.ConnectionName)
            ?? throw new MisconfigurationException("ConnectionStrings:Rfl is not configured.")));
        builder.Services.AddPersonalData(builder.Configuration, builder.Environment, folder);
        builder.Services.AddEventStore();
        builder.Services.TryAddSingleton<UnreadableRows>();
        return builder;
    }
}
