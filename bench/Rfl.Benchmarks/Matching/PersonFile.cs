using CsvHelper;
using Rfl.Domain.Matching.Names;
using Rfl.Domain.Matching.Persons;

namespace Rfl.Benchmarks.Matching;

/// <summary>A person of a register, with the identifier that the file gives.</summary>
internal sealed record RegisteredRecord(string Id, PersonForm Person);

/// <summary>Reads registers of persons from CSV, whichever of the known columns they have.</summary>
internal static class PersonFile
{
    // Registers come from other hands: columns unknown here, rows too long or too short and a byte order mark are all in order.
    private static readonly CsvReaderOptions options = CsvReaderOptions.Default with
    {
        HasHeader = true,
        TrimWhitespace = true,
        NormalizeHeaderName = header => header.Trim().Trim('\ufeff').ToLowerInvariant(),
        MalformedData = CsvMalformedDataHandling.Recover,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
        MissingField = CsvMissingFieldHandling.ReturnEmpty,
    };

    /// <summary>All records with an identifier, in the order of the file.</summary>
    public static List<RegisteredRecord> Read(string path)
    {
        using var csv = CsvReader.Create(new StreamReader(path), options, leaveOpen: false);
        var records = new List<RegisteredRecord>();
        while (csv.Read())
        {
            if (First("id", "rec_id") is { Length: > 0 } id)
                records.Add(new RegisteredRecord(id, ReadPerson(First)));
        }
        return records;

        string First(params string[] columns)
        {
            foreach (var column in columns)
            {
                if (csv.TryGetFieldIndex(column, out var index) && index < csv.FieldCount && csv.GetString(index) is { Length: > 0 } value)
                    return value;
            }
            return "";
        }
    }

    private static PersonForm ReadPerson(Func<string[], string> field)
    {
        var name = field(["name"]) is { Length: > 0 } whole ? whole : $"{field(["given_name"])} {field(["surname"])}";
        var edtf = field(["birth_edtf"]);
        var digits = field(["date_of_birth"]);
        if (digits.Length == 0 && edtf.Length == 10)
            digits = edtf.Replace("-", "", StringComparison.Ordinal);
        return new PersonForm
        {
            Name = NameForm.Read(name),
            Father = NameForm.Read(field(["father_name"])),
            Mother = NameForm.Read(field(["mother_name"])),
            Relatives = [.. field(["relatives"]).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(NameForm.Read)],
            Sex = field(["sex"]) is { Length: > 0 } sex ? char.ToUpperInvariant(sex[0]) : null,
            Birth = BirthText.Read(edtf.Length > 0 ? edtf : digits),
            BirthDigits = digits.Length == 8 && digits.All(char.IsAsciiDigit) ? digits : "",
            Birthplace = NameForm.Read(field(["birthplace", "suburb"])),
            KnownBirthplace = PlaceNames.Find(field(["birthplace", "suburb"])),
            Origin = NameForm.Read(field(["origin", "state"])),
            Address = NameForm.Read(field(["address_1"])),
            AddressDetail = NameForm.Read(field(["address_2"])),
            StreetNumber = field(["street_number"]),
            Postcode = field(["postcode"]),
        };
    }
}
