using System.Reflection;
using System.Runtime.CompilerServices;
using FluentValidation;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Common;

namespace Rfl.Api.Tests.Http;

/// <summary>Whatever the service refuses, it says so in English and in French.</summary>
public sealed class TextsTests
{
    private static readonly Assembly domain = typeof(Refusal).Assembly;

    /// <summary>Refusals are gathered in static classes named <c>…Refusals</c>, as members or as methods with parameters, so that they can be counted.</summary>
    private static readonly IReadOnlyList<Type> gathered =
        [.. domain.GetTypes().Where(type => type is { IsAbstract: true, IsSealed: true } && type.Name.EndsWith("Refusals", StringComparison.Ordinal))];

    [Fact]
    public void Both_languages_have_the_same_codes()
    {
        Assert.Equal(Texts.Own.Codes(Language.English).Order(StringComparer.Ordinal), Texts.Own.Codes(Language.French).Order(StringComparer.Ordinal));
        Assert.NotEmpty(Texts.Own.Codes(Language.English));
    }

    [Fact]
    public void Both_languages_fill_the_same_places()
    {
        foreach (var code in Texts.Own.Codes(Language.English))
        {
            Assert.True(
                Places(Language.English, code).SetEquals(Places(Language.French, code)),
                $"{code} fills other places in French than in English.");
        }
    }

    [Fact]
    public void Every_refusal_of_the_domain_has_a_title_and_a_text_in_both_languages()
    {
        var refusals = gathered.SelectMany(Refusals).ToArray();
        Assert.NotEmpty(refusals);
        string[] silent = [.. from refusal in refusals from language in Language.All where !IsSpoken(language, refusal.Code) select $"{language} {refusal.Code}"];
        Assert.Empty(silent);
    }

    [Fact]
    public void Every_problem_of_the_door_has_a_title_and_a_text_in_both_languages()
    {
        string[] silent = [.. from code in Problems.Codes from language in Language.All where !IsSpoken(language, code) select $"{language} {code}"];
        Assert.Empty(silent);
    }

    [Fact]
    public void Every_rule_of_every_validator_has_a_text_in_both_languages()
    {
        var validators = typeof(Texts).Assembly.GetTypes().Concat(typeof(TextsTests).Assembly.GetTypes())
            .Where(type => typeof(IValidator).IsAssignableFrom(type) && type is { IsAbstract: false, ContainsGenericParameters: false })
            .Select(type => (IValidator)Activator.CreateInstance(type, [.. type.GetConstructors()[0].GetParameters().Select(Anything)])!);
        string[] silent = [.. from validator in validators
            from rule in validator.CreateDescriptor().Rules
            from component in rule.Components
            let code = component.ErrorCode ?? RuleCodes.Of(component.Validator)
            where component.Validator is not FluentValidation.Validators.IChildValidatorAdaptor
            from language in Language.All
            where !Texts.Own.Knows(language, code)
            select $"{validator.GetType().Name}: {language} {code}"];
        Assert.Empty(silent);
    }

    /// <summary>A refusal made elsewhere could go without words. Where the class of refusals is bypassed, this test names the place.</summary>
    [Fact]
    public void Refusals_are_made_where_they_are_gathered()
    {
        var constructor = typeof(Refusal).GetConstructors().Single(candidate => candidate.GetParameters().Length == 3);
        string[] elsewhere = [.. from type in domain.GetTypes()
            where type != typeof(Refusal) && !type.Name.EndsWith("Refusals", StringComparison.Ordinal)
                && type.DeclaringType?.Name.EndsWith("Refusals", StringComparison.Ordinal) is not true
            from method in type.GetMethods(Everything).Cast<MethodBase>().Concat(type.GetConstructors(Everything))
            where Makes(method, constructor)
            select $"{type.Name}.{method.Name}"];
        // An account's roles refuse in one place, told as faults of a field; their codes are written out here.
        Assert.Equal(["RoleAssignment.Check"], elsewhere.Distinct());
        string[] ofRoles =
        [
            "role-missing", "role-repeated", "role-not-combinable", "region-missing", "region-not-used", "society-missing", "society-not-used",
            "tracing-request-missing", "tracing-request-not-used",
        ];
        Assert.All(ofRoles, code => Assert.True(Texts.Own.Knows(Language.English, code) && Texts.Own.Knows(Language.French, code), code));
    }

    [Fact]
    public void Values_stand_in_their_places_and_known_ones_in_words()
    {
        Assert.Equal(
            "Il manque encore : le demandeur, une personne recherchée.",
            Texts.Own.Of(Language.French, "submission-incomplete", ["enquirer", "sought-person"]).Detail);
        Assert.Equal("The body may have 256 KiB at most.", Texts.Own.Of(Language.English, "body-too-large", ["256"]).Detail);
    }

    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static bool IsSpoken(string language, string code) =>
        Texts.Own.Knows(language, code) && Texts.Own.Of(language, code) is { Title.Length: > 0, Detail.Length: > 0 };

    private static HashSet<string> Places(string language, string code) =>
        [.. System.Text.RegularExpressions.Regex.Matches(Texts.Own.Of(language, code).Detail, @"\{[0-9*]\}").Select(place => place.Value)];

    private static IEnumerable<Refusal> Refusals(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.FieldType == typeof(Refusal)).Select(field => (Refusal)field.GetValue(null)!)
            .Concat(type.GetProperties(BindingFlags.Public | BindingFlags.Static).Where(property => property.PropertyType == typeof(Refusal))
                .Select(property => (Refusal)property.GetValue(null)!))
            .Concat(type.GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.ReturnType == typeof(Refusal) && !method.IsSpecialName)
                .Select(method => (Refusal)method.Invoke(null, [.. method.GetParameters().Select(Anything)])!));

    private static object? Anything(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (type == typeof(string))
            return "x";
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            return Array.CreateInstance(type.GetGenericArguments()[0], 0);
        if (type == typeof(TimeProvider))
            return TimeProvider.System;
        return type is { IsValueType: false, IsInterface: false, IsAbstract: false } ? RuntimeHelpers.GetUninitializedObject(type)
            : type.IsValueType ? Activator.CreateInstance(type) : null;
    }

    /// <summary>Whether the method's code holds a <c>newobj</c> of the constructor.</summary>
    private static bool Makes(MethodBase method, ConstructorInfo constructor)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
            return false;
        byte[] wanted = [0x73, .. BitConverter.GetBytes(constructor.MetadataToken)];
        return code.AsSpan().IndexOf(wanted) >= 0;
    }

    [Fact]
    public void A_value_that_looks_like_a_place_is_not_filled()
    {
        var code = Texts.Own.Codes(Language.English).Order(StringComparer.Ordinal)
            .First(code => Texts.Own.Of(Language.English, code).Detail is var detail && detail.Contains("{0}", StringComparison.Ordinal) && detail.Contains("{1}", StringComparison.Ordinal));
        var filled = Texts.Own.Of(Language.English, code, ["{1}", "the second"]).Detail;
        Assert.Contains("{1}", filled, StringComparison.Ordinal);
        Assert.Equal(filled.IndexOf("the second", StringComparison.Ordinal), filled.LastIndexOf("the second", StringComparison.Ordinal));
    }
}
