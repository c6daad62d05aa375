using System.Reflection;
using Rfl.Domain.Common;
using Rfl.Infrastructure.LocalPostgres;

namespace Rfl.Architecture.Tests;

/// <summary>Api → Infrastructure → Domain and never back; the domain is pure; names say something.</summary>
public sealed class HouseTests
{
    private static readonly CompiledAssembly domain = CompiledAssembly.Of(typeof(IDomainEvent).Assembly);
    private static readonly CompiledAssembly infrastructure = CompiledAssembly.Of(typeof(LocalDatabase).Assembly);
    private static readonly CompiledAssembly api = CompiledAssembly.Of(Assembly.Load("Rfl.Api"));

    [Fact]
    public void The_domain_knows_nothing_but_the_base_library_dates_and_phone_numbers() => Assert.Empty(Rules.ReferencesBeyondTheDomain(domain));

    [Fact]
    public void Infrastructure_knows_no_use_case() => Assert.Empty(Rules.ReferencesTo(infrastructure, "Rfl.Api"));

    [Fact]
    public void The_domain_has_no_clock_no_chance_and_touches_nothing_outside() => Assert.Empty(Rules.ImpureMembers(domain));

    [Fact]
    public void No_thread_sleeps()
    {
        Assert.Empty(Rules.SleepingThreads(domain));
        Assert.Empty(Rules.SleepingThreads(infrastructure));
        Assert.Empty(Rules.SleepingThreads(api));
    }

    /// <summary>One asks for the rows of kinds that it names itself.</summary>
    [Fact]
    public void Whoever_reads_rows_trusts_no_word_in_them() => Assert.Equal(
        ["DeadlineInstants"],
        Rules.RowReadersThatTrust(Assembly.Load("Rfl.Api")).Concat(Rules.RowReadersThatTrust(typeof(LocalDatabase).Assembly)));

    [Fact]
    public void Type_names_say_what_a_type_is()
    {
        Assert.Empty(Rules.NamesThatSayNothing(domain));
        Assert.Empty(Rules.NamesThatSayNothing(infrastructure));
        Assert.Empty(Rules.NamesThatSayNothing(api));
    }
}
