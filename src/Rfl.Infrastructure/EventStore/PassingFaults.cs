using Npgsql;

namespace Rfl.Infrastructure.EventStore;

/// <summary>
/// Which faults of the database pass by themselves, so that the same thing may be tried again: it is being stopped or started, out of space, connections or
/// memory, or cannot be reached. Libraries wrap them, so the causes are looked at too.
/// </summary>
public static class PassingFaults
{
    /// <summary>Classes of SQLSTATE: connection, insufficient resources, operator intervention (a server that is stopped or recovers), system error.</summary>
    private static readonly string[] passingClasses = ["08", "53", "57", "58"];

    public static bool IsPassing(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is NpgsqlException { IsTransient: true } || (exception is PostgresException { SqlState: var state } && IsPassing(state)))
                return true;
        }

        return false;
    }

    private static bool IsPassing(string state) =>
        passingClasses.Any(start => state.StartsWith(start, StringComparison.Ordinal))
        // A server that has become a standby, or that an administrator has set to read only.
        || state == PostgresErrorCodes.ReadOnlySqlTransaction;
}
