// ./rfl torture: on loopback only, with databases of its own; it ends by itself.
using System.Globalization;
using System.Runtime.InteropServices;
using Rfl.Torture;
using Rfl.Torture.Installation;

const string Seed = "--seed";
const string Older = "--older";
const string Short = "--short";

var (names, isShort) = (args.ToList(), args.Contains(Short));
names.RemoveAll(argument => argument == Short);
var (seedText, older) = (Take(Seed), Take(Older));
var seed = Random.Shared.Next();
if (names.Except(Tortures.All.Keys).Any() || (older is not null && !File.Exists(older)) || (seedText is not null && !int.TryParse(seedText, CultureInfo.InvariantCulture, out seed)))
{
    await Console.Error.WriteLineAsync(
        $"Usage: ./rfl torture [{string.Join("] [", Tortures.All.Keys)}] [{Short}] [{Seed} NUMBER] [{Older} FILE]; without names, all of them.{Environment.NewLine}"
        + $"{Older} takes the Rfl.Api.dll of an older build, which then runs beside this one in 'nodes'.");
    return 2;
}

var report = new Report(Console.Out);
report.Say($"seed {seed}; the same again: ./rfl torture {string.Join(' ', names)} {(isShort ? Short : "")} {Seed} {seed}");
var asked = new TaskCompletionSource<PosixSignal>(TaskCreationOptions.RunContinuationsAsynchronously);
// Applications within this process listen to signals too, and only end themselves.
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask);
using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Ask);
try
{
    var run = Tortures.RunAsync(names, isShort, report, seed, older);
    if (await Task.WhenAny(run, asked.Task) == asked.Task)
    {
        report.Say($"{await asked.Task}: stopping; what was not looked at yet is not in the table");
        await Standing.FallAsync();
        return 128 + (await asked.Task switch { PosixSignal.SIGHUP => 1, PosixSignal.SIGINT => 2, _ => 15 });
    }

    await run;
}
catch (Exception fault)
{
    // Whatever it was: what runs is ended in order.
    report.Say(fault.ToString());
    return 1;
}
finally
{
    report.Print();
}

return report.Broken.Count == 0 ? 0 : 1;

void Ask(PosixSignalContext signal)
{
    signal.Cancel = true;
    asked.TrySetResult(signal.Signal);
}

string? Take(string option)
{
    var at = names.IndexOf(option);
    if (at < 0 || at + 1 >= names.Count)
        return null;
    var value = names[at + 1];
    names.RemoveRange(at, 2);
    return value;
}
