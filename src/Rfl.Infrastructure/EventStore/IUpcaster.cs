using System.Text.Json.Nodes;

namespace Rfl.Infrastructure.EventStore;

/// <summary>
/// Reads an event stored under an older name as the next version. Personal values are still sealed (<c>{"person", "sealed"}</c>): an upcaster may move
/// or rename them, and cannot look into them.
/// </summary>
public interface IUpcaster
{
    /// <summary>The stored name it reads, for example <c>tracing-request-submitted.v1</c>.</summary>
    string From { get; }

    /// <summary>The name of what it returns, for example <c>tracing-request-submitted.v2</c>.</summary>
    string To { get; }

    JsonObject Upcast(JsonObject data);
}
