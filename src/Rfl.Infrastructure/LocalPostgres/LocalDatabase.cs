using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Rfl.Infrastructure.LocalPostgres;

/// <summary>Gives the application its database.</summary>
public static class LocalDatabase
{
    public const string ConnectionName = "Rfl";

    /// <summary>Names the data folder; a relative path starts at the repository, or at the content root where there is none.</summary>
    public const string DataFolderKey = "Rfl:DataFolder";

    /// <summary>
    /// Makes sure that <c>ConnectionStrings:Rfl</c> is set: as given, or else to a private PostgreSQL that is started here. Dispose the answer after
    /// the application has ended; a signal that ends the process earlier stops the private server too.
    /// </summary>
    /// <param name="builder">Its configuration receives the connection string.</param>
    /// <param name="tell">Receives lines for whoever waits at the terminal; standard error when null.</param>
    /// <returns>The started server; null when a connection string was given.</returns>
    /// <exception cref="LocalPostgresException">The message is for the user: print it and end.</exception>
    public static async Task<IAsyncDisposable?> AddLocalDatabaseAsync(this IHostApplicationBuilder builder, Action<string>? tell = null)
    {
        if (!string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString(ConnectionName)))
            return null;
        var host = new LocalPostgresHost(
            DataFolder(builder.Configuration[DataFolderKey], builder.Environment.ContentRootPath),
            tell ?? Console.Error.WriteLine);
        var running = new StoppedWithProcess(host);
        builder.Configuration[$"ConnectionStrings:{ConnectionName}"] = await host.StartAsync();
        return running;
    }

    /// <summary>The data folder as configured, or <c>.data</c>.</summary>
    public static string DataFolder(string? configured, string contentRoot)
    {
        var root = new DirectoryInfo(contentRoot);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "RFL.sln")))
            root = root.Parent;
        return Path.GetFullPath(string.IsNullOrWhiteSpace(configured) ? ".data" : configured, root?.FullName ?? contentRoot);
    }

    /// <summary>
    /// Stops the server also when the process ends before the application's own life cycle has begun or after it has ended: then nobody else
    /// answers the signals.
    /// </summary>
    private sealed class StoppedWithProcess : IAsyncDisposable
    {
        private readonly LocalPostgresHost host;
        private readonly List<PosixSignalRegistration> signals;

        public StoppedWithProcess(LocalPostgresHost host)
        {
            this.host = host;
            AppDomain.CurrentDomain.ProcessExit += StopAtExit;
            signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
                .Select(signal => PosixSignalRegistration.Create(signal, EndUnlessHandled))];
        }

        public async ValueTask DisposeAsync()
        {
            await host.DisposeAsync();
            AppDomain.CurrentDomain.ProcessExit -= StopAtExit;
            signals.ForEach(signal => signal.Dispose());
        }

        private static void EndUnlessHandled(PosixSignalContext context)
        {
            // The application's own handler, called before this one, has set Cancel and ends the process in its own order.
            if (!context.Cancel)
                Environment.Exit(128 + (context.Signal == PosixSignal.SIGINT ? 2 : context.Signal == PosixSignal.SIGTERM ? 15 : 1));
        }

        private void StopAtExit(object? sender, EventArgs arguments) => host.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
