using Npgsql;
using NpgsqlTypes;
using Rfl.Domain.Common;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Benchmarks.EventStore;

public interface IBenchEvent : IDomainEvent;

/// <summary>Facts of streams that concern no person, as those of a policy.</summary>
public interface IPlainBenchEvent : IBenchEvent;

/// <summary>A fact without a person.</summary>
[EventType("bench-noted.v1")]
public sealed record BenchNoted(string Text, int Number) : IPlainBenchEvent;

/// <summary>A fact about a person, sealed with their key.</summary>
[EventType("bench-described.v1")]
public sealed record BenchDescribed(Personal<string> Description, int Number) : IBenchEvent;

/// <summary>The same fact, not sealed: what encryption is measured against.</summary>
[EventType("bench-described-plainly.v1")]
public sealed record BenchDescribedPlainly(Guid Person, string Description, int Number) : IBenchEvent;

internal static class BenchEvents
{
    public const string StreamType = "bench";

    /// <summary>Streams that hold nothing personal.</summary>
    public const string PlainStreamType = "bench-plain";

    /// <summary>About as long as the details of a person in a case: names, birth, origin.</summary>
    private const string Details =
        "Rahima Sherzad, called Rahi; born about 1988 in Herat; daughter of Gul Ahmad and Zarghuna; speaks Dari and some Turkish; a scar over the left eyebrow";

    public static AppendContext Context { get; } = new(Guid.CreateVersion7(), ["Caseworker"], Guid.CreateVersion7(), null, null);

    public static EventCatalogue Catalogue { get; } = EventCatalogue.Of(
        [typeof(BenchNoted), typeof(BenchDescribed), typeof(BenchDescribedPlainly)],
        [new StreamKind(StreamType, typeof(IBenchEvent)), new StreamKind(PlainStreamType, typeof(IPlainBenchEvent))]);

    public static IDomainEvent Noted(int number) => new BenchNoted("Something of the length of an ordinary note.", number);

    public static IDomainEvent Described(PersonId person, int number) => new BenchDescribed(Personal.Of(person, Details), number);

    public static IDomainEvent DescribedPlainly(PersonId person, int number) => new BenchDescribedPlainly(person.Value, Details, number);

    public static PersonId NewPerson() => new(Guid.CreateVersion7());

    /// <summary>The shape of a case: three persons, a fourth of the events tell something about one of them.</summary>
    public static List<IDomainEvent> Case(int count, Func<PersonId, int, IDomainEvent> described)
    {
        PersonId[] persons = [NewPerson(), NewPerson(), NewPerson()];
        return [.. Enumerable.Range(0, count).Select(number => number % 4 == 0 ? described(persons[number / 4 % 3], number) : Noted(number))];
    }

    /// <summary>What a use case does with a stream.</summary>
    public static int Fold(IEnumerable<IDomainEvent> events) => events.Aggregate(0, (sum, happened) => sum + happened switch
    {
        BenchNoted noted => noted.Number + noted.Text.Length,
        BenchDescribed described => described.Number + (described.Description.Value?.Length ?? 0),
        BenchDescribedPlainly described => described.Number + described.Description.Length,
        _ => throw new InvalidOperationException("Not one of ours."),
    });
}

/// <summary>One row a stream: its version and the latest description, sealed like the names of the real lists.</summary>
internal sealed class BenchView : IInlineView
{
    public const string Table = "create table if not exists bench_view (stream_id uuid primary key, version bigint not null, description bytea not null)";

    public const string Upsert =
        """
        insert into bench_view (stream_id, version, description) values ($1, $2, $3)
        on conflict (stream_id) do update set version = excluded.version, description = excluded.description
        """;

    public string StreamType => BenchEvents.StreamType;

    public string Name => "bench";

    public static NpgsqlBatchCommand Row(Guid stream, long version, byte[] description) => new(Upsert)
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = stream },
            new NpgsqlParameter<long> { TypedValue = version },
            new NpgsqlParameter<byte[]> { TypedValue = description, NpgsqlDbType = NpgsqlDbType.Bytea },
        },
    };

    public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer)
    {
        for (var i = after.Events.Count - 1; i >= 0; i--)
        {
            if (after.Events[i].Event is BenchDescribed described)
                return [Row(after.Id, after.Version, sealer.Seal(described.Description))];
            if (after.Events[i].Event is BenchDescribedPlainly plain)
                return [Row(after.Id, after.Version, System.Text.Encoding.UTF8.GetBytes(plain.Description))];
        }

        return [];
    }
}
