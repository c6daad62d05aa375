using Npgsql;
using Rfl.Domain.Common;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Infrastructure.Tests.EventStore;

/// <summary>One row per stream: who was registered, sealed, and the last step.</summary>
public sealed class SampleView : IInlineView
{
    public const string Table = "create table sample_view (stream_id uuid primary key, version bigint, person uuid, name bytea, name_hash bytea, step int)";

    public string StreamType => Samples.Type;

    public string Name => "samples";

    public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer)
    {
        Personal<string>? name = null;
        var step = 0;
        foreach (var recorded in after.Events)
        {
            switch (recorded.Event)
            {
                case SampleRegistered registered:
                    name = registered.Name;
                    break;
                case SampleMoved moved:
                    step = moved.Step;
                    break;
            }
        }

        yield return new NpgsqlBatchCommand(
            """
            insert into sample_view (stream_id, version, person, name, name_hash, step) values ($1, $2, $3, $4, $5, $6)
            on conflict (stream_id) do update
                set version = excluded.version, person = excluded.person, name = excluded.name, name_hash = excluded.name_hash, step = excluded.step
            """)
        {
            Parameters =
            {
                new() { Value = after.Id },
                new() { Value = after.Version },
                new() { Value = (object?)name?.Subject.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid },
                new() { Value = (object?)(name is null ? null : sealer.Seal(name)) ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea },
                new() { Value = (object?)(name is { IsReadable: true } ? sealer.LookupHash("name", name.Value!) : null) ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea },
                new() { Value = step },
            },
        };
    }
}
