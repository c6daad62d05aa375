namespace Rfl.Api.Pipeline;

/// <summary>A query that a break-glass opens; it opens nothing that does not say so (ADR 76).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OpenToBreakGlassAttribute : Attribute
{
    /// <summary>Whether the message says so.</summary>
    public static bool Is(object message) => IsDefined(message.GetType(), typeof(OpenToBreakGlassAttribute));
}
