using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rfl.Domain.Matching.Names;
using Rfl.Domain.Matching.Persons;
using Rfl.Domain.Matching.Phonemes;

namespace Rfl.Domain.Matching;

/// <summary>
/// Everything about matching that is data: costs of sounds, weights of names, log-odds of agreements. Carries a version, since a stored score is
/// only comparable with others of its version.
/// </summary>
public sealed class MatchModel
{
    private static readonly Lazy<MatchModel> current = new(() => Read(
        Assembly.GetExecutingAssembly().GetManifestResourceStream("Rfl.Domain.Matching.match-model.json")!));

    /// <summary>The model built in.</summary>
    public static MatchModel Current => current.Value;

    public required string Version { get; init; }

    public required NameWeights Names { get; init; }

    /// <summary>How telling agreements are in frequent and rare words, when persons are compared.</summary>
    public required NameRarity Rarity { get; init; }

    /// <summary>Log-odds of each agreement per unit of strength.</summary>
    public required IReadOnlyDictionary<Agreement, float> Persons { get; init; }

    /// <summary>Log-odds before any evidence that two persons who share a blocking key are the same.</summary>
    public required float Prior { get; init; }

    /// <exception cref="JsonException">The stream holds no model.</exception>
    public static MatchModel Read(Stream stream)
    {
        var data = JsonSerializer.Deserialize<MatchModelData>(stream, MatchModelData.Options) ?? throw new JsonException("The match model is empty.");
        return data.ToModel();
    }
}

/// <summary>The form in which a model is stored.</summary>
public sealed record MatchModelData
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };

    public required string Version { get; init; }

    /// <summary>Knots of the curve: difference, log-odds, difference, log-odds …</summary>
    public required float[] Curve { get; init; }

    public required float Omission { get; init; }

    public required float OmissionOfGiven { get; init; }

    public required float Join { get; init; }

    public required float[] Kinds { get; init; }

    public required float Prior { get; init; }

    public required SortedDictionary<string, float> Persons { get; init; }

    /// <summary>How telling frequent words are, by the classes of their consonants; see <see cref="NameRarity"/>.</summary>
    public required SortedDictionary<string, float> Rarity { get; init; }

    /// <summary>Costs that differ from what is expected: <c>P~B</c>, <c>A-Full-First</c>.</summary>
    public required SortedDictionary<string, float> Sounds { get; init; }

    public MatchModel ToModel()
    {
        var costs = ExpectedCosts.Create();
        foreach (var (entry, cost) in Sounds)
            costs.Set(entry, cost);
        var curve = new (float, float)[Curve.Length / 2];
        for (var i = 0; i < curve.Length; i++)
            curve[i] = (Curve[2 * i], Curve[2 * i + 1]);
        return new MatchModel
        {
            Version = Version,
            Names = new NameWeights
            {
                Costs = costs,
                Curve = curve,
                Omission = Omission,
                OmissionOfGiven = OmissionOfGiven,
                Join = Join,
                Kinds = Kinds,
            },
            Rarity = new NameRarity(Rarity),
            Persons = Persons.ToDictionary(pair => Enum.Parse<Agreement>(pair.Key), pair => pair.Value),
            Prior = Prior,
        };
    }
}
