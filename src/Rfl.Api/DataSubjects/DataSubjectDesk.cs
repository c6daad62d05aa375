using Rfl.Api.Casework;
using Rfl.Api.Pipeline;
using Rfl.Domain.Common;
using Rfl.Domain.DataSubjects;

namespace Rfl.Api.DataSubjects;

/// <summary>What the data-protection officer decides on a person's data as a whole.</summary>
public sealed class DataSubjectDesk(Desk desk)
{
    public Task<Outcome> DecideAsync(ICommand command, PersonId person, Func<DataSubject, Work, Decision<IDataSubjectEvent>> decide, CancellationToken ct)
    {
        var (id, kind) = (DataSubject.StreamOf(person), StreamKinds.DataSubject);
        var standing = new PersonStanding(person);
        return desk.CarryOutAsync(
            command,
            [(id, kind.Name)],
            work => !standing.IsKnown
                ? new Outcome.NotFound()
                : work.Record(kind, id, decide(work.State(kind, id), work)) ?? new Outcome.Done(person.Value, work.VersionOf(id)),
            ct,
            along: [standing],
            persons: [person]);
    }
}
