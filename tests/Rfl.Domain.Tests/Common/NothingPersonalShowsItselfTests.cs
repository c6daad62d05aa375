using System.Reflection;
using System.Runtime.CompilerServices;
using Rfl.Domain.Common;

namespace Rfl.Domain.Tests.Common;

/// <summary>Handbook §8.2: no log, trace or exception may carry what is told of a person. Records print all their members unless they are kept from it.</summary>
public sealed class NothingPersonalShowsItselfTests
{
    /// <summary>Values whose form in words is wanted: they are written so, and stand in what is kept sealed.</summary>
    private static readonly HashSet<string> spoken = ["CountryCode", "UncertainDate", "LongDay"];

    [Fact]
    public void What_facts_keep_sealed_says_no_more_than_that_it_is_personal() => Assert.Empty(
        Sealed().Where(type => RuntimeHelpers.GetUninitializedObject(type).ToString() != "personal").Select(type => type.Name));

    [Fact]
    public void Nor_does_the_seal_itself() => Assert.Equal("personal", Personal.Of(TestPeople.Brother, "Hamburg").ToString());

    [Fact]
    public void Nor_does_what_is_prepared_for_comparison()
    {
        var compared = Domain.Matching.ComparedPerson.Of(TestPeople.BrotherDetails);

        Assert.Equal("personal", compared.ToString());
        Assert.All(compared.KeyGroups(["+33600000000"]), group => Assert.Equal("personal", group.ToString()));
        Assert.Equal("personal", new Domain.Matching.Persons.PersonForm { Name = Domain.Matching.Names.NameForm.Read("Zaman") }.ToString());
    }

    /// <summary>Whatever stands in a <see cref="Personal{T}"/> of any fact, and what that is made of.</summary>
    private static HashSet<Type> Sealed()
    {
        var found = new HashSet<Type>();
        foreach (var type in typeof(Personal).Assembly.GetTypes().Where(type => typeof(IDomainEvent).IsAssignableFrom(type) && !type.IsInterface))
            Follow(type, inside: false);
        Follow(typeof(Domain.PartnerSearches.SentExtract), inside: true);
        Assert.Contains(typeof(Domain.People.PersonDetails), found);
        Assert.Contains(typeof(Domain.People.NameComponent), found);
        return found;

        void Follow(Type type, bool inside)
        {
            if (inside && type.Assembly == typeof(Personal).Assembly && type is { IsClass: true, IsAbstract: false, IsGenericType: false } && !spoken.Contains(type.Name) && !found.Add(type))
                return;
            if (type.IsGenericType)
            {
                foreach (var argument in type.GetGenericArguments())
                    Follow(argument, inside || type.GetGenericTypeDefinition() == typeof(Personal<>));
            }
            else if (type.Assembly == typeof(Personal).Assembly && !type.IsEnum && !spoken.Contains(type.Name))
            {
                foreach (var member in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(member => member.GetIndexParameters().Length == 0))
                    Follow(member.PropertyType, inside);
            }
        }
    }
}
