using Npgsql;
using Rfl.Domain.Common;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.Policies;

/// <summary>Every change of the policy a second time: all decisions ask the policy, and a damaged record of it would stop them (docs/adr/0101).</summary>
public sealed class PolicyCopies : IInlineView
{
    public string StreamType => StreamKinds.Policy.Name;

    public string Name => "policy-copies";

    public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer) => [EventCopies.Of(after)];
}
