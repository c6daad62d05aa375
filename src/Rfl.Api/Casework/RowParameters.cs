using Npgsql;
using NpgsqlTypes;

namespace Rfl.Api.Casework;

/// <summary>Values of rows that may be absent: without a type the database could not tell what is not there.</summary>
internal static class RowParameters
{
    public static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
