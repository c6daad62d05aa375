namespace Rfl.Torture;

/// <summary>The torture itself could not go on; not the same as a broken promise of the service, which is counted.</summary>
internal sealed class TortureException(string message) : Exception(message);
