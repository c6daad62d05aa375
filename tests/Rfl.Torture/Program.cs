// ./rfl torture: on loopback only, with databases of its own; it ends by itself.
using System.Globalization;
using Rfl.Torture;

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
try
{
    await Tortures.RunAsync(names, isShort, report, seed, older);
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

string? Take(string option)
{
    var at = names.IndexOf(option);
    if (at < 0 || at + 1 >= names.Count)
        return null;
    var value = names[at + 1];
    names.RemoveRange(at, 2);
    return value;
}
