using System.Reflection;
using System.Text.RegularExpressions;

namespace Rfl.Architecture.Tests;

/// <summary>The rules of the house as functions of a compiled assembly: each answers the violations, readable as they are.</summary>
internal static partial class Rules
{
    /// <summary>Besides the base class library: a library made for dates, and one for phone numbers.</summary>
    private static readonly string[] domainLibraries = ["NodaTime", "PhoneNumbers"];

    /// <summary>The clock, made-up identifiers, chance, files, network, the process, the console.</summary>
    private static readonly string[] impureMembers =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today", "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
        "System.TimeProvider.get_System", "System.Guid.NewGuid", "System.Guid.CreateVersion7", "System.Random.get_Shared",
    ];

    private static readonly string[] impureTypes =
    [
        "System.Random", "System.Environment", "System.Console", "System.IO.File", "System.IO.FileInfo", "System.IO.FileStream", "System.IO.Directory",
        "System.IO.DirectoryInfo", "System.Net.", "System.Data.", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch", "System.Threading.Thread",
        "System.Threading.Timer", "System.Security.Cryptography.RandomNumberGenerator",
    ];

    /// <summary>Written by the compiler into every iterator.</summary>
    private const string IteratorsOwn = "System.Environment.get_CurrentManagedThreadId";

    public static IEnumerable<string> ReferencesBeyondTheDomain(CompiledAssembly assembly) =>
        assembly.References.Where(name => !name.StartsWith("System.", StringComparison.Ordinal) && !domainLibraries.Contains(name));

    public static IEnumerable<string> ReferencesTo(CompiledAssembly assembly, string forbidden) => assembly.References.Where(name => name == forbidden);

    public static IEnumerable<string> ImpureMembers(CompiledAssembly assembly) => assembly.ForeignMembers
        .Where(member => member != IteratorsOwn)
        .Where(member => impureMembers.Contains(member) || impureTypes.Any(type =>
            type.EndsWith('.') ? member.StartsWith(type, StringComparison.Ordinal) : member.StartsWith(type + ".", StringComparison.Ordinal)));

    public static IEnumerable<string> SleepingThreads(CompiledAssembly assembly) => assembly.ForeignMembers.Where(member => member == "System.Threading.Thread.Sleep");

    public static IEnumerable<string> NamesThatSayNothing(CompiledAssembly assembly) => assembly.TypeNames.Where(name => EmptyName().IsMatch(name));

    /// <summary>Types that read rows and take their words for sure: one damaged row would end the list or the job in which it stands (ADR 71).</summary>
    public static IEnumerable<string> RowReadersThatTrust(Assembly assembly) => CalledMembers.Of(assembly)
        .GroupBy(call => call.WrittenIn, call => $"{call.Called.DeclaringType?.FullName}.{call.Called.Name}")
        .Where(calls => calls.Contains("System.Enum.Parse") && calls.Any(call =>
            call.StartsWith("Npgsql.NpgsqlDataReader.", StringComparison.Ordinal) || call.StartsWith("System.Data.Common.DbDataReader.", StringComparison.Ordinal)))
        .Select(calls => calls.Key.Name);

    [GeneratedRegex("(Managers?|Helpers?|Util|Utils|Utilities|Dtos?|DTO|Impl)(`[0-9]+)?$")]
    private static partial Regex EmptyName();
}
