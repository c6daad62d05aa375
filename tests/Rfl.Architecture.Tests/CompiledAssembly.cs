using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Rfl.Architecture.Tests;

/// <summary>What a compiled assembly says of itself: what it references, which foreign members its code names, which types it defines.</summary>
internal sealed class CompiledAssembly
{
    private CompiledAssembly(string name, MetadataReader metadata)
    {
        Name = name;
        References = [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
        ForeignTypes = [.. metadata.TypeReferences.Select(handle => FullName(metadata, metadata.GetTypeReference(handle)))];
        ForeignMembers = [.. metadata.MemberReferences.Select(handle => metadata.GetMemberReference(handle))
            .Where(member => member.Parent.Kind == HandleKind.TypeReference)
            .Select(member =>
                $"{FullName(metadata, metadata.GetTypeReference((TypeReferenceHandle)member.Parent))}.{metadata.GetString(member.Name)}")];
        TypeNames = [.. metadata.TypeDefinitions.Select(handle => metadata.GetString(metadata.GetTypeDefinition(handle).Name)).Where(type => !type.Contains('<'))];
    }

    public string Name { get; }

    public IReadOnlyList<string> References { get; }

    /// <summary>Full names of types of other assemblies that are named anywhere.</summary>
    public IReadOnlyList<string> ForeignTypes { get; }

    /// <summary>Full names of members of other assemblies' types that the code calls, such as <c>System.DateTime.get_Now</c>.</summary>
    public IReadOnlyList<string> ForeignMembers { get; }

    /// <summary>Names of the types written by hand.</summary>
    public IReadOnlyList<string> TypeNames { get; }

    public static CompiledAssembly Of(Assembly assembly)
    {
        using var stream = File.OpenRead(assembly.Location);
        using var file = new PEReader(stream);
        return new(assembly.GetName().Name!, file.GetMetadataReader());
    }

    public override string ToString() => Name;

    private static string FullName(MetadataReader metadata, TypeReference type)
    {
        var name = metadata.GetString(type.Name);
        if (type.ResolutionScope.Kind == HandleKind.TypeReference)
            return $"{FullName(metadata, metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope))}.{name}";
        var space = metadata.GetString(type.Namespace);
        return space.Length == 0 ? name : $"{space}.{name}";
    }
}
