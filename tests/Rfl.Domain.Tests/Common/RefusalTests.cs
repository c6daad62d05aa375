using System.Reflection;
using System.Text.RegularExpressions;
using Rfl.Domain.Common;

namespace Rfl.Domain.Tests.Common;

/// <summary>A refusal's code is part of the public API: clients and the texts in every language go by it, and a form by the member it blames.</summary>
public sealed partial class RefusalTests
{
    private static readonly List<(string Name, Refusal Refusal)> all =
    [
        .. typeof(Refusal).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(field => field.FieldType == typeof(Refusal))
            .Select(field => ($"{field.DeclaringType!.Name}.{field.Name}", (Refusal)field.GetValue(null)!)),
    ];

    [Fact]
    public void Every_refusal_has_a_code_in_kebab_case() =>
        Assert.Empty(all.Where(one => !Kebab().IsMatch(one.Refusal.Code)).Select(one => one.Name));

    [Fact]
    public void No_two_refusals_say_the_same() => Assert.Empty(
        all.GroupBy(one => one.Refusal).Where(same => same.Count() > 1).Select(same => string.Join(" = ", same.Select(one => one.Name))));

    [Fact]
    public void A_member_to_blame_is_named_in_camel_case() =>
        Assert.Empty(all.Where(one => one.Refusal.Field is { } field && !Camel().IsMatch(field)).Select(one => one.Name));

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Kebab();

    [GeneratedRegex("^[a-z][a-zA-Z]*([.][a-z][a-zA-Z]*)*$")]
    private static partial Regex Camel();
}
