// ./rfl torture: on loopback only, with databases of its own; it ends by itself.
using System.Globalization;
using Rfl.Torture;

const string Seed = "--seed";
const string Short = "--short";

var at = Array.IndexOf(args, Seed);
var seed = at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : Random.Shared.Next();
var names = args.Where((argument, index) => argument != Short && (at < 0 || (index != at && index != at + 1))).ToList();
if (names.Except(Tortures.All.Keys).Any())
{
    await Console.Error.WriteLineAsync(
        $"Usage: ./rfl torture [{string.Join("] [", Tortures.All.Keys)}] [{Short}] [{Seed} NUMBER]; without names, all of them.");
    return 2;
}

var report = new Report(Console.Out);
report.Say($"seed {seed}; the same again: ./rfl torture {string.Join(' ', args.Where((_, index) => at < 0 || (index != at && index != at + 1)))} {Seed} {seed}");
try
{
    await Tortures.RunAsync(names, args.Contains(Short), report, seed);
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
