namespace Rfl.Infrastructure;

/// <summary>The service cannot work as it is configured; nearly always this ends its start. The message is for the operator: what is wrong, and what to type; it names settings and never their values.</summary>
public sealed class MisconfigurationException(string message, Exception? cause = null) : InvalidOperationException(message, cause);
