namespace Rfl.Infrastructure.LocalPostgres;

/// <summary>
/// The private PostgreSQL could not be provided. The message is meant for whoever typed the command: it says what is wrong and what to type.
/// </summary>
public sealed class LocalPostgresException(string message, Exception? inner = null) : Exception(message, inner);
