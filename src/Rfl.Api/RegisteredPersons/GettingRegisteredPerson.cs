using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.RegisteredPersons;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.RegisteredPersons;

public static class GettingRegisteredPerson
{
    public static void Map(IEndpointRouteBuilder persons) =>
        persons.MapGet("/{id:guid}", Get).WithName("GetRegisteredPerson").WithSummary("Shows a registered person");

    public static async Task<QueryAnswer<RegisteredPersonView>> Get(Guid id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetRegisteredPerson(new PersonId(id)), ct)).ToHttp();
}

/// <param name="Withdrawn">The registration was taken back, by the person or with their erasure.</param>
/// <param name="IsErased">The person was erased; nothing of them can be read any more.</param>
/// <param name="IsUnreadable">The person was not erased, but the record is damaged or its key is not at hand.</param>
/// <param name="Registration">Absent when the person was erased, or cannot be read.</param>
public sealed record RegisteredPersonView(
    PersonId Id,
    RegistrationSource Source,
    string? Organisation,
    string Region,
    DateOnly RegisteredOn,
    bool IsMinor,
    bool Withdrawn,
    bool IsErased,
    bool IsUnreadable,
    RegistrationConsent Consent,
    Registration? Registration);

[AllowedFor(Role.FieldVolunteer, Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
[ReadsPersonalData("registered-person")]
public sealed record GetRegisteredPerson(PersonId PersonId) : IQuery<RegisteredPersonView>;

public sealed class GetRegisteredPersonHandler(EventStore store, CurrentViewer viewer, ReadLog reads)
    : IQueryHandler<GetRegisteredPerson, RegisteredPersonView>
{
    public async Task<QueryOutcome<RegisteredPersonView>> Handle(GetRegisteredPerson query, CancellationToken ct)
    {
        var id = query.PersonId.Value;
        var log = reads.Along(query, ReadSubjects.OfRegisteredPerson(viewer.Viewer, query.PersonId), id);
        var history = (await store.LoadAsync([(id, StreamKinds.RegisteredPerson.Name)], [log], ct))[id];
        var person = StreamKinds.RegisteredPerson.Fold(history) as RegisteredPerson.Existing;
        var ground = person is null ? null : RegisteredPersonAccess.Ground(viewer.Viewer, person);
        ReadLog.Agree(log, id, history.Version, ground);
        if (ground is null || person is null)
            return new QueryOutcome<RegisteredPersonView>.NotFound();
        var first = person.First;
        return new QueryOutcome<RegisteredPersonView>.Found(
            new RegisteredPersonView(
                query.PersonId,
                first.Source,
                first.Organisation,
                first.Region,
                first.RegisteredOn,
                person.IsMinor,
                person is RegisteredPerson.Withdrawn,
                person.Registration.IsErased,
                person.Registration is { IsReadable: false, IsErased: false },
                person.Consent,
                person.Registration.Value),
            history.Version);
    }
}
