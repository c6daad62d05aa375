using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Infrastructure.PersonalData;

/// <summary>The persons' keys of one operation: those it loaded, and those it makes for persons named for the first time. Not for use by several threads.</summary>
public sealed class PersonKeyRing : IPersonalDataSealer
{
    /// <summary>The columns <see cref="Add(NpgsqlDataReader, int)"/> reads, of the table <c>person_keys k</c>, to be joined to any query.</summary>
    public const string Columns = "k.person_id, k.key_id, k.kek_id, k.wrapped_key";

    /// <summary>The keys of the persons <c>$1</c>.</summary>
    internal const string OfPersons = $"select {Columns} from person_keys k where k.person_id = any($1)";

    /// <summary>The same of one person in one value, for <see cref="AddPacked"/>: person, key, length of the name of the key-encryption key, that name, wrapped key.</summary>
    internal const string Packed =
        "uuid_send(k.person_id) || uuid_send(k.key_id) || int4send(octet_length(k.kek_id)) || convert_to(k.kek_id, 'UTF8') || coalesce(k.wrapped_key, '')";

    /// <summary>Bytes: so many that the rows of the disclosure circle are all equally long.</summary>
    private const int CoverUnit = 4096;

    /// <summary>By the number of keys.</summary>
    private static readonly string[] insertions =
    [
        .. Enumerable.Range(0, 9).Select(count => "insert into person_keys (person_id, key_id, kek_id, wrapped_key, created_at) values "
            + string.Join(", ", Enumerable.Range(0, count).Select(i => $"(${2 + (i * 4)}, ${3 + (i * 4)}, ${4 + (i * 4)}, ${5 + (i * 4)}, $1)"))),
    ];

    private readonly PersonKeyVault vault;
    private readonly bool keepKeys;
    private readonly Dictionary<Guid, Holding> holdings = [];
    private readonly Dictionary<Guid, PersonKeyVault.Row> made = [];
    private Dictionary<Guid, PersonKeyVault.Row>? unopened;
    private HashSet<Guid>? missed;
    private bool madeOutsideAppend;

    internal PersonKeyRing(PersonKeyVault vault, bool keepKeys) => (this.vault, this.keepKeys) = (vault, keepKeys);

    /// <param name="Key">Null when erased, damaged, or its key-encryption key is not at hand.</param>
    private readonly record struct Holding(DataKey? Key, bool IsErased, bool IsDamaged = false);

    internal bool HasNewKeys => made.Count > 0;

    public byte[] Seal<T>(Personal<T> value)
        where T : notnull
    {
        var known = made.Count;
        var envelope = SealWithinAppend(value);
        madeOutsideAppend |= made.Count > known;
        return envelope;
    }

    public Personal<T> Open<T>(PersonId person, byte[] envelope)
        where T : notnull => Open<T>(person, envelope, EventJson.Inside);

    internal Personal<T> Open<T>(PersonId person, byte[] envelope, JsonSerializerOptions inside)
        where T : notnull
    {
        var isHeld = TryHold(person.Value, out var holding);
        if (!isHeld && envelope.Length > 0)
            (missed ??= []).Add(person.Value);
        if (holding.IsErased)
            return Personal.Erased<T>(person);
        if (envelope.Length == 0 || holding.Key?.TryOpen(envelope) is not { } json)
            return Personal.Unreadable<T>(person);
        using var scope = PersonalJson.Within(this);
        try
        {
            return JsonSerializer.Deserialize<T>(json, inside) is { } value ? Personal.Of(person, value) : Personal.Unreadable<T>(person);
        }
        catch (JsonException)
        {
            return Personal.Unreadable<T>(person);
        }
    }

    public Guid Alias(Guid id) => vault.LookupHash.Cover.Alias(id);

    public byte[] Cover<T>(T row)
        where T : class
    {
        using var scope = PersonalJson.Use(this, covered: true);
        return vault.LookupHash.Cover.CoverRepeatably(JsonSerializer.SerializeToUtf8Bytes(row, EventJson.Options), CoverUnit);
    }

    public T? Uncover<T>(byte[] covered)
        where T : class
    {
        if (vault.LookupHash.Cover.TryUncover(covered) is not { } json)
            return null;
        using var scope = PersonalJson.Use(this);
        return JsonSerializer.Deserialize<T>(json, EventJson.Options);
    }

    /// <summary>The installation's cover, for what is covered apart from a row.</summary>
    internal InstallationCover InstallationCover => vault.LookupHash.Cover;

    public byte[] LookupHash(string purpose, string value) => vault.LookupHash.Of(purpose, value);

    /// <summary>Adds the key in the current row of a query that joined <see cref="Columns"/>, the first of them at <paramref name="ordinal"/>; a null is skipped.</summary>
    public void Add(NpgsqlDataReader reader, int ordinal = 0)
    {
        if (!reader.IsDBNull(ordinal))
        {
            Add(new PersonKeyVault.Row(
                reader.GetGuid(ordinal),
                reader.GetGuid(ordinal + 1),
                reader.GetString(ordinal + 2),
                reader.IsDBNull(ordinal + 3) ? null : reader.GetFieldValue<byte[]>(ordinal + 3)));
        }
    }

    /// <param name="persons">Each as <see cref="Packed"/> says.</param>
    internal void AddPacked(byte[][] persons)
    {
        foreach (var packed in persons)
        {
            var end = 36 + BinaryPrimitives.ReadInt32BigEndian(packed.AsSpan(32));
            Add(new PersonKeyVault.Row(
                new Guid(packed.AsSpan(0, 16), bigEndian: true),
                new Guid(packed.AsSpan(16, 16), bigEndian: true),
                Encoding.UTF8.GetString(packed.AsSpan(36..end)),
                end == packed.Length ? null : packed[end..]));
        }
    }

    internal byte[] SealWithinAppend<T>(Personal<T> value)
        where T : notnull => SealWithinAppend(value, EventJson.Inside);

    /// <summary>A part of somebody's sheet that is about this person; empty when they were erased.</summary>
    /// <exception cref="PersonErasedException">The part is new, and the person was erased.</exception>
    /// <exception cref="PersonKeyDamagedException">What was kept of them cannot be read, and must not be stored as if it were gone.</exception>
    internal byte[] SealPart<T>(PersonId person, T part, JsonSerializerOptions inside)
        where T : class, IAboutAnother<T>
    {
        var isErased = TryHold(person.Value, out var holding) && holding.IsErased;
        if (part.IsErased || (part.IsUnreadable && isErased))
            return [];
        return part.IsUnreadable ? throw Unusable(person, holding with { IsDamaged = true }) : SealWithinAppend(Personal.Of(person, part), inside);
    }

    private byte[] SealWithinAppend<T>(Personal<T> value, JsonSerializerOptions inside)
        where T : notnull
    {
        var held = TryHold(value.Subject.Value, out var holding);
        if (!value.IsReadable)
        {
            // What cannot be read for want of the key-encryption key must not be stored as if it were gone.
            return held && holding is { Key: null, IsErased: false } ? throw Unusable(value.Subject, holding) : [];
        }

        if (holding.IsErased)
            throw new PersonErasedException(value.Subject);
        var key = held ? holding.Key ?? throw Unusable(value.Subject, holding) : Make(value.Subject);
        using var scope = PersonalJson.Within(this);
        return key.Seal(JsonSerializer.SerializeToUtf8Bytes(value.Value, inside));
    }

    /// <summary>Fetches the keys of these persons, in one round trip; in none where there are no persons.</summary>
    internal async Task AddAsync(NpgsqlConnection connection, IReadOnlyCollection<Guid> persons, CancellationToken ct)
    {
        if (persons.Count == 0)
            return;
        await using var command = new NpgsqlCommand(OfPersons, connection) { Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = [.. persons] } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        await AddAsync(reader, ct);
    }

    internal async Task AddAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        while (await reader.ReadAsync(ct))
            Add(reader);
    }

    /// <summary>Persons whose values were to be opened and whose keys were not looked for; each is named once.</summary>
    internal Guid[] TakeMissed()
    {
        Guid[] persons = [.. missed ?? []];
        missed = null;
        return persons;
    }

    /// <summary>All keys of several loads; the ring itself when there is only one.</summary>
    internal static PersonKeyRing Union(PersonKeyVault vault, IEnumerable<PersonKeyRing?> rings)
    {
        var distinct = new List<PersonKeyRing>(1);
        foreach (var ring in rings)
        {
            if (ring is not null && !distinct.Contains(ring))
                distinct.Add(ring);
        }

        if (distinct.Count == 1)
            return distinct[0];
        var union = vault.NewRing();
        foreach (var ring in distinct)
        {
            foreach (var (person, holding) in ring.holdings)
                union.holdings[person] = holding;
            foreach (var (person, row) in ring.made)
            {
                if (!union.made.TryAdd(person, row))
                    throw new PersonKeyConflict();
            }

            union.madeOutsideAppend |= ring.madeOutsideAppend;
        }

        return union;
    }

    /// <summary>The same keys, as they are once this person is erased.</summary>
    internal PersonKeyRing Without(PersonId erased)
    {
        var ring = vault.NewRing();
        foreach (var (person, holding) in holdings)
            ring.holdings[person] = holding;
        ring.holdings[erased.Value] = new Holding(Key: null, IsErased: true);
        return ring;
    }

    /// <summary>Stores the new keys, in a fixed order, and never over an existing one.</summary>
    internal NpgsqlBatchCommand InsertNewKeys(DateTimeOffset now)
    {
        var rows = made.Values.OrderBy(row => row.PersonId).ToArray();
        return rows.Length < insertions.Length ? Values(rows, now) : new NpgsqlBatchCommand(
            """
            insert into person_keys (person_id, key_id, kek_id, wrapped_key, created_at)
            select person_id, key_id, kek_id, wrapped_key, $5 from unnest($1, $2, $3, $4) as k (person_id, key_id, kek_id, wrapped_key)
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid[]> { TypedValue = [.. rows.Select(row => row.PersonId)] },
                new NpgsqlParameter<Guid[]> { TypedValue = [.. rows.Select(row => row.KeyId)] },
                new NpgsqlParameter<string[]> { TypedValue = [.. rows.Select(row => row.KekId)] },
                new NpgsqlParameter<byte[][]> { TypedValue = [.. rows.Select(row => row.Wrapped!)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = now },
            },
        };
    }

    /// <summary>Single values, as one command nearly always has them; many at once travel as arrays.</summary>
    private static NpgsqlBatchCommand Values(PersonKeyVault.Row[] rows, DateTimeOffset now)
    {
        var command = new NpgsqlBatchCommand(insertions[rows.Length]) { Parameters = { new NpgsqlParameter<DateTimeOffset> { TypedValue = now } } };
        foreach (var row in rows)
        {
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = row.PersonId });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = row.KeyId });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = row.KekId });
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = row.Wrapped! });
        }

        return command;
    }

    /// <summary>The new keys are stored; other operations on this node may use them.</summary>
    internal void NewKeysAreStored()
    {
        foreach (var person in made.Keys)
            vault.Keep(holdings[person].Key!);
        made.Clear();
        madeOutsideAppend = false;
    }

    /// <summary>Somebody else's key came first: gives up the keys made here and names their persons, whose stored keys are to be added instead.</summary>
    /// <exception cref="PersonKeyConflict">Something outside the append is already sealed with a key made here.</exception>
    internal Guid[] GiveUpNewKeys(Exception cause)
    {
        if (madeOutsideAppend)
            throw new PersonKeyConflict(cause);
        Guid[] persons = [.. made.Keys];
        foreach (var person in persons)
            holdings.Remove(person);
        made.Clear();
        return persons;
    }

    private bool TryHold(Guid person, out Holding holding)
    {
        if (unopened?.Remove(person, out var row) == true)
            Hold(row);
        return holdings.TryGetValue(person, out holding);
    }

    /// <summary>Unwrapped at once, or when the value is opened: whoever looks at many people once shares that among processors, and reads the rows alone.</summary>
    private void Add(PersonKeyVault.Row row)
    {
        if (keepKeys)
            Hold(row);
        else
            (unopened ??= [])[row.PersonId] = row;
    }

    private void Hold(PersonKeyVault.Row row)
    {
        if (row.Wrapped is null)
            vault.Forget(row.KeyId);
        var key = row.Wrapped is null ? null : vault.Unwrap(row, keepKeys);
        holdings[row.PersonId] = new Holding(key, IsErased: row.Wrapped is null, IsDamaged: row.Wrapped is not null && key is null && vault.IsAtHand(row.KekId));
    }

    private DataKey Make(PersonId person)
    {
        var (key, row) = vault.Make(person);
        holdings[person.Value] = new Holding(key, IsErased: false);
        made[person.Value] = row;
        return key;
    }

    private static Exception Unusable(PersonId person, Holding holding) => holding.IsDamaged
        ? new PersonKeyDamagedException(person)
        : new KeyEncryptionKeyUnavailableException("a person's key cannot be unwrapped with the key-encryption keys at hand.");
}
