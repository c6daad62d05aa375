using Rfl.Domain.Common;

namespace Rfl.Torture;

/// <summary>What only a build of tomorrow knows.</summary>
[EventType("lantern-lit.v1")]
public sealed record LanternLit(string Lamp) : IDomainEvent;
