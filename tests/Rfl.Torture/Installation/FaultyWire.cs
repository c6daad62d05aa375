using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Rfl.Torture.Installation;

/// <summary>What lies between the service and its database, and what can go wrong with it: cut in the middle of a statement, slow, gone.</summary>
internal sealed class FaultyWire : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int target;
    private readonly ConcurrentDictionary<Link, bool> links = [];
    private int cutsWanted;
    private int cutsMade;
    private volatile bool gone;

    private FaultyWire(int target)
    {
        this.target = target;
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>How long every message of the client waits before it goes on.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>How many connections were cut so far.</summary>
    public int Cuts => Volatile.Read(ref cutsMade);

    /// <summary>The database cannot be reached: open connections break, new ones are refused at once.</summary>
    public bool Gone
    {
        get => gone;
        set
        {
            gone = value;
            if (!value)
                return;
            foreach (var link in links.Keys)
                link.Break();
        }
    }

    public static FaultyWire To(int port) => new(port);

    /// <summary>The next statement that any client completes reaches the server, or half of it does; its answer never comes back.</summary>
    public void CutNext() => Interlocked.Increment(ref cutsWanted);

    public ValueTask DisposeAsync()
    {
        listener.Dispose();
        foreach (var link in links.Keys)
            link.Break();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }

            _ = RelayAsync(client);
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var link = new Link(client, new TcpClient());
        if (gone)
            return;
        try
        {
            await link.Server.ConnectAsync(IPAddress.Loopback, target);
            link.Client.NoDelay = link.Server.NoDelay = true;
            links[link] = true;
            if (gone)
                return;
            await Task.WhenAny(ForthAsync(link), link.Server.GetStream().CopyToAsync(link.Client.GetStream()));
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Broken, by us or by one of the ends.
        }
        finally
        {
            links.TryRemove(link, out _);
        }
    }

    /// <summary>From client to server, message by message, so that a cut falls where it hurts.</summary>
    private async Task ForthAsync(Link link)
    {
        var (source, sink) = (link.Client.GetStream(), link.Server.GetStream());
        var started = false;
        var header = new byte[5];
        while (true)
        {
            // Requests for encryption and the start-up message have no type; every later message is a type and a length.
            var size = started ? 5 : 4;
            await source.ReadExactlyAsync(header.AsMemory(0, size));
            var body = new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(size - 4)) - 4];
            await source.ReadExactlyAsync(body);
            if (Delay > TimeSpan.Zero && started && header[0] is (byte)'S' or (byte)'Q')
                await Task.Delay(Delay);
            byte[] message = [.. header.AsSpan(0, size), .. body];
            if (started && IsToBeCut(header[0]))
            {
                // Every other time the server gets all of it and carries it out; otherwise it never sees the end.
                if (Interlocked.Increment(ref cutsMade) % 2 == 0)
                    await sink.WriteAsync(message);
                link.Break();
                return;
            }

            started = started || BinaryPrimitives.ReadInt16BigEndian(body) == 3;
            await sink.WriteAsync(message);
        }
    }

    private bool IsToBeCut(byte type)
    {
        if (type is not ((byte)'S' or (byte)'Q') || Volatile.Read(ref cutsWanted) == 0)
            return false;
        if (Interlocked.Decrement(ref cutsWanted) >= 0)
            return true;
        Interlocked.Increment(ref cutsWanted);
        return false;
    }

    private sealed record Link(TcpClient Client, TcpClient Server) : IDisposable
    {
        public void Break()
        {
            Client.Close();
            Server.Close();
        }

        public void Dispose() => Break();
    }
}
