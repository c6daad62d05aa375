using Npgsql;

namespace Rfl.Infrastructure.EventStore;

/// <summary>
/// Opens the database the way the store needs it: statements prepared by themselves after their second use, and no reset when a connection returns to the
/// pool. So nothing may leave settings, temporary tables or session locks behind on a pooled connection.
/// </summary>
public static class PostgresDataSource
{
    /// <param name="connectionString">Settings named in it win over the store's own.</param>
    /// <param name="configure">Further settings, such as tracing.</param>
    public static NpgsqlDataSource Create(string connectionString, Action<NpgsqlDataSourceBuilder>? configure = null)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        var settings = builder.ConnectionStringBuilder;
        if (!settings.ShouldSerialize("No Reset On Close"))
            settings.NoResetOnClose = true;
        if (!settings.ShouldSerialize("Max Auto Prepare"))
            settings.MaxAutoPrepare = 200;
        if (!settings.ShouldSerialize("Auto Prepare Min Usages"))
            settings.AutoPrepareMinUsages = 2;
        settings.ApplicationName ??= "rfl";
        configure?.Invoke(builder);
        return builder.Build();
    }
}
