using Rfl.Domain.People;

namespace Rfl.Benchmarks.People;

/// <summary><c>edtf FILE</c>: for each line the first and last day of the date as stated, or <c>invalid</c>.</summary>
internal static class EdtfCommand
{
    public static int Run(string[] arguments) => LineByLine.Answer("edtf", arguments, Answer);

    public static string Answer(string line) =>
        UncertainDate.TryParse(line, out var date, out _)
            ? $"{date.Lower?.ToString() ?? "-inf"}\t{date.Upper?.ToString() ?? "inf"}"
            : "invalid";
}
