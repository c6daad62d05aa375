using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rfl.Api.Tests.Jobs;

/// <summary>A mail server on the loopback address that keeps what it is given, or refuses everything while <see cref="Refuses"/>.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task accepting;

    public SmtpSink()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public bool Refuses { get; set; }

    /// <summary>Recipients and text of every message, in the order of their arrival.</summary>
    public ConcurrentQueue<(string To, string Text)> Messages { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting;
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stopping.Token);
                await TalkAsync(client.GetStream());
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 sink");
        var recipients = new List<string>();
        while (await reader.ReadLineAsync(stopping.Token) is { } line)
        {
            if (line.StartsWith("RCPT", StringComparison.OrdinalIgnoreCase))
                recipients.Add(line[(line.IndexOf('<') + 1)..line.IndexOf('>')]);
            if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase) && !Refuses)
            {
                await writer.WriteLineAsync("354 go on");
                var text = new StringBuilder();
                while (await reader.ReadLineAsync(stopping.Token) is { } data && data != ".")
                    text.AppendLine(data);
                // Long lines arrive folded.
                Messages.Enqueue((string.Join(' ', recipients), text.ToString().Replace("=" + Environment.NewLine, "", StringComparison.Ordinal)));
            }

            var answer = line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase) ? "221 bye"
                : Refuses && line.StartsWith("MAIL", StringComparison.OrdinalIgnoreCase) ? "451 later" : "250 ok";
            await writer.WriteLineAsync(answer);
            if (answer.StartsWith("221", StringComparison.Ordinal))
                return;
        }
    }
}
