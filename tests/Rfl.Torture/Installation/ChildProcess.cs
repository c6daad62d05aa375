using System.Diagnostics;
using System.Globalization;
using Rfl.Infrastructure.LocalPostgres;

namespace Rfl.Torture.Installation;

/// <summary>
/// A program that can be sent any signal and that never outlives this process: a small shell holds it and waits for the end of a pipe, which the kernel
/// closes for us however we end. A signal to the whole group leaves that shell, so that its child is ended by it and not left behind.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const string Script =
        """
        exec 2>/dev/null
        trap : TERM INT HUP
        "$@" >>"$CHILD_LOG" 2>&1 </dev/null &
        child=$!
        echo $child
        exec 3<&0
        ( trap '' TERM INT HUP; read -r end <&3; kill -s "$CHILD_END" $child ) &
        while kill -0 $child; do wait $child; ended=$?; done
        kill $!
        exit $ended
        """;

    private readonly Process shell;
    private readonly string? account;
    private readonly Lazy<Task> ending;

    private ChildProcess(Process shell, int id, string? account)
    {
        this.shell = shell;
        this.account = account;
        Id = id;
        ending = new Lazy<Task>(LetGoAsync);
    }

    public int Id { get; }

    public bool HasEnded => shell.HasExited;

    /// <param name="log">Receives what it writes; appended to.</param>
    /// <param name="end">The signal that ends it together with us.</param>
    public static async Task<ChildProcess> StartAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string log, string end, string? account = null)
    {
        Standing.ThrowIfFalling();
        var variables = new Dictionary<string, string>(environment) { ["CHILD_LOG"] = log, ["CHILD_END"] = end };
        var start = ExternalProgram.Describe("sh", ["-c", Script, "sh", program, .. arguments], account, "/", variables);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        var shell = Process.Start(start)!;
        var id = int.Parse((await shell.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        var child = new ChildProcess(shell, id, account);
        await Standing.AddAsync(child);
        return child;
    }

    /// <summary>Sends a signal by name, such as <c>KILL</c>; a process that is gone already is no fault.</summary>
    public Task SignalAsync(string signal) =>
        ExternalProgram.RunAsync("sh", ["-c", $"kill -s {signal} {Id.ToString(CultureInfo.InvariantCulture)}"], account);

    public Task WaitForEndAsync() => shell.WaitForExitAsync();

    /// <summary>Sends a signal and waits for the end.</summary>
    public async Task EndAsync(string signal)
    {
        await SignalAsync(signal);
        await WaitForEndAsync();
    }

    /// <summary>Ends it, where it has not ended. The process object stays: whoever still waits for the end learns of it.</summary>
    public ValueTask DisposeAsync() => new(ending.Value);

    private async Task LetGoAsync()
    {
        shell.StandardInput.Close();
        await shell.WaitForExitAsync();
    }
}
