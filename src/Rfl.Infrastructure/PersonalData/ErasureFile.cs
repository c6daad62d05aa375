using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Rfl.Domain.Common;
using Rfl.Infrastructure.Files;

namespace Rfl.Infrastructure.PersonalData;

/// <summary>
/// The ledger of erasures as a file outside the database: one JSON object a line, added and never changed. <c>PersonalData:ErasureLedger</c> says where; by default
/// <c>erasures.ledger</c> in the data folder. It is to be kept apart from the backups of the database, and longer than any of them.
/// </summary>
public sealed class ErasureFile(string path)
{
    public const string SettingKey = "PersonalData:ErasureLedger";

    private static readonly JsonSerializerOptions form = new(JsonSerializerDefaults.Web);
    private HashSet<PersonId>? known;

    public string Path => path;

    public static ErasureFile Of(IConfiguration configuration, string dataFolder) =>
        new(configuration[SettingKey] is { Length: > 0 } configured ? configured : System.IO.Path.Combine(dataFolder, "erasures.ledger"));

    /// <summary>Every line. A line cut off by a crash, which has no end, is left out; it is written again.</summary>
    /// <exception cref="InvalidDataException">The file is no ledger of erasures.</exception>
    public IReadOnlyList<ErasedPerson> Read()
    {
        if (!File.Exists(path))
            return [];
        // A line without an end is the last of these; after one with an end comes an empty one.
        var lines = File.ReadAllText(path).Split('\n');
        var erased = new List<ErasedPerson>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]))
                continue;
            try
            {
                if (JsonSerializer.Deserialize<ErasedPerson>(lines[i], form) is { Person.Value: var person, Ground.Length: > 0 } one && person != Guid.Empty)
                    erased.Add(one);
                else
                    throw new InvalidDataException($"Line {i + 1} of {path} is no line of a ledger of erasures.");
            }
            catch (JsonException) when (i == lines.Length - 1 && lines[i][0] == '{')
            {
                break;
            }
            catch (JsonException)
            {
                throw new InvalidDataException($"Line {i + 1} of {path} is no line of a ledger of erasures.");
            }
        }

        return erased;
    }

    /// <summary>Makes an empty ledger.</summary>
    /// <returns>False where there is one.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public bool TryMake() => !File.Exists(path) && WholeFile.TryCreate(path, []);

    /// <summary>Adds what is not there yet, and has it on the disk when it returns.</summary>
    public void Add(IEnumerable<ErasedPerson> erasures)
    {
        var missing = erasures.Where(erased => !Known().Contains(erased.Person)).DistinctBy(erased => erased.Person).ToList();
        if (missing.Count == 0)
            return;
        // Nobody else writes meanwhile: two nodes may share the folder.
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        file.SetLength(EndOfLastLine(file));
        file.Seek(0, SeekOrigin.End);
        var text = new StringBuilder();
        foreach (var erased in missing)
            text.Append(JsonSerializer.Serialize(erased, form)).Append('\n');
        file.Write(Encoding.UTF8.GetBytes(text.ToString()));
        file.Flush(flushToDisk: true);
        known!.UnionWith(missing.Select(erased => erased.Person));
    }

    /// <summary>A crash may have cut the last line off.</summary>
    private static long EndOfLastLine(FileStream file)
    {
        for (var end = file.Length; end > 0; end--)
        {
            file.Seek(end - 1, SeekOrigin.Begin);
            if (file.ReadByte() == '\n')
                return end;
        }

        return 0;
    }

    private HashSet<PersonId> Known() => known ??= [.. Read().Select(erased => erased.Person)];
}
