using System.Security.Cryptography;
using System.Text;
using Rfl.Domain.Matching.Names;

namespace Rfl.Benchmarks.Matching;

/// <summary>Two names and whether they are the same person's.</summary>
internal sealed record LabelledPair(string Id, string WrittenA, string WrittenB, NameForm A, NameForm B, bool Same, string Set, string Scripts)
{
    /// <summary>Which part of a division by first name the pair belongs to, so that no name is in two parts.</summary>
    public int Fold(int folds) => SHA256.HashData(Encoding.UTF8.GetBytes(WrittenA))[0] % folds;
}

/// <summary>Reads pairs from tab separated values with a header: pair_id, name_a, name_b, label, set, scripts.</summary>
internal static class LabelledPairs
{
    public static List<LabelledPair> Read(string path) =>
    [
        .. File.ReadLines(path).Skip(1).Select(line => line.Split('\t')).Where(fields => fields.Length >= 6).Select(fields =>
            new LabelledPair(fields[0], fields[1], fields[2], NameForm.Read(fields[1]), NameForm.Read(fields[2]), fields[3] == "1", fields[4], fields[5])),
    ];
}
