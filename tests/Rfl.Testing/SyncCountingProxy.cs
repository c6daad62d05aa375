using System.Buffers.Binary;
using System.Net.Sockets;
using Npgsql;

namespace Rfl.Testing;

/// <summary>Stands between client and server on Unix sockets and counts the client's Sync and Query messages: each is a round trip.</summary>
public sealed class SyncCountingProxy : IAsyncDisposable
{
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string folder = Directory.CreateTempSubdirectory("rfl").FullName;
    private readonly NpgsqlConnectionStringBuilder target;
    private int syncs;

    private SyncCountingProxy(string connectionString)
    {
        target = new NpgsqlConnectionStringBuilder(connectionString);
        listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(folder, ".s.PGSQL.5432")));
        listener.Listen();
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString) { Host = folder, Port = 5432 }.ConnectionString;
        _ = AcceptAsync();
    }

    public string ConnectionString { get; }

    public int Syncs => Volatile.Read(ref syncs);

    public static SyncCountingProxy Start(string connectionString) => new(connectionString);

    public ValueTask DisposeAsync()
    {
        listener.Dispose();
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await listener.AcceptAsync();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }

            var server = await ConnectAsync();
            _ = RelayAsync(client, server, count: true);
            _ = RelayAsync(server, client, count: false);
        }
    }

    private async Task<Socket> ConnectAsync()
    {
        if (target.Host!.StartsWith('/'))
        {
            var local = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await local.ConnectAsync(new UnixDomainSocketEndPoint($"{target.Host}/.s.PGSQL.{target.Port}"));
            return local;
        }

        var remote = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await remote.ConnectAsync(target.Host, target.Port);
        return remote;
    }

    private async Task RelayAsync(Socket from, Socket to, bool count)
    {
        await using var source = new NetworkStream(from, ownsSocket: true);
        await using var sink = new NetworkStream(to, ownsSocket: false);
        var started = !count;
        var header = new byte[5];
        try
        {
            if (!count)
            {
                await source.CopyToAsync(sink);
                return;
            }

            while (true)
            {
                // Requests for encryption and the start-up message have no type; every later message is a type and a length.
                var size = started ? 5 : 4;
                await source.ReadExactlyAsync(header.AsMemory(0, size));
                var body = new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(size - 4)) - 4];
                await source.ReadExactlyAsync(body);
                if (started && (header[0] == 'S' || header[0] == 'Q'))
                    Interlocked.Increment(ref syncs);
                started = started || BinaryPrimitives.ReadInt16BigEndian(body) == 3;
                await sink.WriteAsync((byte[])[.. header.AsSpan(0, size), .. body]);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            to.Dispose();
        }
    }
}
