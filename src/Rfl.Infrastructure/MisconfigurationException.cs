namespace Rfl.Infrastructure;

/// <summary>The service cannot start as it is configured. The message is for the operator: what is wrong, and what to type; it names settings and never their values.</summary>
public sealed class StartRefusedException(string message, Exception? cause = null) : InvalidOperationException(message, cause);
