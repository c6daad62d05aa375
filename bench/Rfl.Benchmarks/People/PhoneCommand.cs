using Rfl.Domain.People;

namespace Rfl.Benchmarks.People;

/// <summary><c>phone FILE</c>: for each line <c>REGION:input</c> the number in E.164, or an empty line.</summary>
internal static class PhoneCommand
{
    public static int Run(string[] arguments) => LineByLine.Answer("phone", arguments, Answer);

    public static string Answer(string line) =>
        line.Split(':', 2) is [var region, var input] && PhoneNumber.TryNormalise(input, region.Trim(), out var number) ? number : "";
}
