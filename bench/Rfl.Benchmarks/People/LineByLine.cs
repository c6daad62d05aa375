using System.Text;

namespace Rfl.Benchmarks.People;

/// <summary>Answers every line of a file with one line, in order.</summary>
internal static class LineByLine
{
    public static int Answer(string command, string[] arguments, Func<string, string> answer)
    {
        if (arguments is not [var file])
        {
            Console.Error.WriteLine($"Usage: rfl {command} FILE");
            return 2;
        }

        if (!File.Exists(file))
        {
            Console.Error.WriteLine("The file does not exist.");
            return 2;
        }

        using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { NewLine = "\n" };
        foreach (var line in File.ReadLines(file))
            output.WriteLine(answer(line));
        return 0;
    }
}
