using Npgsql;
using Rfl.Api.Casework;
using Rfl.Api.PartnerSearches;
using Rfl.Api.Pipeline;
using Rfl.Domain.Common;
using Rfl.Domain.DataSubjectRequests;
using Rfl.Domain.DataSubjects;
using Rfl.Domain.Matches;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.RegisteredPersons;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.DataSubjects;

/// <summary>
/// Erases a person, in one transaction: the key and what follows from it everywhere the person stands. What they asked for as an enquirer is withdrawn, with its
/// transmissions and pending notices; registrations and matches end; the index and the lists lose them; the ledger and the suppressed imports gain a line.
/// Events stay as they are, so that counts and timelines do.
/// </summary>
public sealed class PersonErasing(Desk desk, PersonStreams index, Suppression suppression, ErasureWatch watch)
{
    /// <summary>Three round trips, one more than other commands: where a person stands, only the index knows.</summary>
    /// <param name="request">The data subject's request that asks for it.</param>
    /// <param name="again">Carried out before, and lost with what a backup did not hold.</param>
    public async Task<Outcome> EraseAsync(ICommand command, PersonId person, ErasureGround ground, Guid? request, ErasedPerson? again, CancellationToken ct)
    {
        var standing = new PersonStanding(person);
        var found = await index.OfAsync(person, withPartnerSearches: true, ct);
        var subject = DataSubject.StreamOf(person);
        List<(Guid Id, string Type)> streams = [(subject, StreamKinds.DataSubject.Name), .. found];
        if (request is { } asked && found.All(stream => stream.Id != asked))
            streams.Add((asked, StreamKinds.DataSubjectRequest.Name));
        var outcome = await desk.CarryOutAsync(
            command,
            streams,
            work => Erase(work, new Erasure(person, subject, ground, request, again, found), standing),
            ct,
            along: [standing],
            persons: [person]);
        if (outcome is Outcome.Done)
            await watch.LookAsync(ct);
        return outcome;
    }

    private sealed record Erasure(
        PersonId Person, Guid Subject, ErasureGround Ground, Guid? Request, ErasedPerson? Again, IReadOnlyList<(Guid Id, string Type)> Streams)
    {
        public IEnumerable<Guid> Of(string type) => Streams.Where(stream => stream.Type == type).Select(stream => stream.Id);
    }

    private Outcome Erase(Work work, Erasure erasure, PersonStanding standing)
    {
        var kind = StreamKinds.DataSubject;
        if (!standing.IsKnown && erasure.Again is null)
            return new Outcome.NotFound();
        if (work.State(kind, erasure.Subject).Erasure is not null)
            return new Outcome.Done(erasure.Person.Value, work.VersionOf(erasure.Subject));
        if (Answer(work, erasure) is { } refused)
            return refused;
        if (erasure.Again is not null)
            LiftHolds(work, erasure);
        var hashes = erasure.Of(StreamKinds.TracingRequest.Name).SelectMany(id => SuppressedOf(work, erasure.Person, id))
            .Concat(erasure.Of(StreamKinds.RegisteredPerson.Name).SelectMany(id => SuppressedOfRegistration(work, erasure.Person, id))).ToList();
        if (work.Record(kind, erasure.Subject, DataSubjectDecider.Erase(
                work.State(kind, erasure.Subject), erasure.Person, erasure.Ground, erasure.Request, standing.IsSought && erasure.Again is null)) is { } stopped)
            return stopped;
        foreach (var id in erasure.Of(StreamKinds.TracingRequest.Name))
        {
            if (Withdraw(work, erasure.Person, new TracingRequestId(id)) is { } not)
                return not;
        }

        // Others who are registered and name the person stay so.
        foreach (var id in erasure.Of(StreamKinds.RegisteredPerson.Name)
            .Where(id => id == erasure.Person.Value && work.State(StreamKinds.RegisteredPerson, id) is RegisteredPerson.Registered))
            work.Record(StreamKinds.RegisteredPerson, id, RegisteredPersonDecider.Withdraw(work.State(StreamKinds.RegisteredPerson, id), work.Today));
        foreach (var id in erasure.Of(StreamKinds.Match.Name))
            work.Record(StreamKinds.Match, id, MatchDecider.Close(work.State(StreamKinds.Match, id), MatchClosureReason.PersonErased));
        // Rows of others hold what their sheets say of the person: names in the index and keys made of them.
        foreach (var id in erasure.Of(StreamKinds.TracingRequest.Name).Concat(erasure.Of(StreamKinds.RegisteredPerson.Name))
            .Where(id => NamedOnSheets.Names(work.Loaded(id), erasure.Person)))
            work.ShowWithout(id, erasure.Person);
        Save(work, erasure, hashes);
        return new Outcome.Done(erasure.Person.Value, work.VersionOf(erasure.Subject));
    }

    /// <summary>The request that asked for the erasure is answered with it.</summary>
    private static Outcome? Answer(Work work, Erasure erasure)
    {
        if (erasure.Request is not { } asked)
            return null;
        var kind = StreamKinds.DataSubjectRequest;
        var state = work.State(kind, asked);
        if (erasure.Again is not null)
        {
            // As it stood in the backup: received at best, and who asked verified before the erasure that is repeated here.
            return state is DataSubjectRequest.Open { File.Identity: not null, File.Received.Right: DataSubjectRight.Erasure }
                ? work.Record(kind, asked, DataSubjectRequestDecider.Answer(state, DataSubjectAnswer.Granted, work.Viewer.Id, hasEffect: true))
                : null;
        }

        if (state is not DataSubjectRequest.Existing { File.Received: var received } || received.Person != erasure.Person)
            return new Outcome.NotFound();
        return received.Right != DataSubjectRight.Erasure
            ? DataSubjectRequestRefusals.OtherRight
            : work.Record(kind, asked, DataSubjectRequestDecider.Answer(state, DataSubjectAnswer.Granted, work.Viewer.Id, hasEffect: true));
    }

    private static void LiftHolds(Work work, Erasure erasure)
    {
        foreach (var hold in work.State(StreamKinds.DataSubject, erasure.Subject).Holds.Keys)
        {
            var state = work.State(StreamKinds.DataSubject, erasure.Subject);
            work.Record(StreamKinds.DataSubject, erasure.Subject, DataSubjectDecider.LiftHold(state, hold, work.Viewer.Id));
        }
    }

    /// <summary>Nobody is left to be told: what the person asked for as an enquirer ends, and what was sent for it is recalled (rule 15).</summary>
    private static Outcome? Withdraw(Work work, PersonId person, TracingRequestId id)
    {
        var (kind, state) = (StreamKinds.TracingRequest, work.State(StreamKinds.TracingRequest, id.Value));
        return state is (TracingRequest.Interview or TracingRequest.Submitted or TracingRequest.Open) and TracingRequest.Started { File.Enquirer.Enquirer: var enquirer }
            && enquirer == person
                ? work.Record(kind, id.Value, LifeDecider.Withdraw(state)) ?? Recalls.RecordAll(work, id, RecallReason.EnquirerWithdrew)
                : null;
    }

    private static bool IsEnquirer(Work work, PersonId person, Guid request) =>
        work.State(StreamKinds.TracingRequest, request) is TracingRequest.Started { File.Enquirer.Enquirer: var enquirer } && enquirer == person;

    private IEnumerable<byte[]> SuppressedOf(Work work, PersonId person, Guid request) =>
        Living(StreamKinds.TracingRequest, work.Loaded(request)) is TracingRequest.Started { File: var file }
            ? suppression.Of(
                person, file, work.Loaded(request).Events.Select(recorded => recorded.Event).OfType<IncomingTracingRequestReceived>().FirstOrDefault()?.TheirReference.Value)
            : [];

    private IEnumerable<byte[]> SuppressedOfRegistration(Work work, PersonId person, Guid registration) =>
        Living(StreamKinds.RegisteredPerson, work.Loaded(registration)) is RegisteredPerson.Existing existing ? suppression.Of(person, existing) : [];

    /// <summary>As it was before it became anonymous: what is suppressed is readable until the key is gone.</summary>
    private static TState Living<TState, TEvent>(StreamKind<TState, TEvent> kind, StreamHistory history)
        where TEvent : IDomainEvent =>
        kind.Fold(history.Facts<TEvent>().TakeWhile(fact => fact.Event is not (TracingRequestAnonymised or RegistrationAnonymised)));

    private static void Save(Work work, Erasure erasure, List<byte[]> hashes)
    {
        foreach (var command in ErasureLedger.Erase(
            erasure.Again ?? new ErasedPerson(erasure.Person, work.Now, erasure.Ground.ToString(), erasure.Request)))
            work.AlsoSave(command);
        if (hashes.Count > 0)
            work.AlsoSave(Suppression.Record(hashes, work.Now));
        work.AlsoSave(Of("delete from match_record where person_id = $1", erasure.Person.Value));
        // Nothing sealed is left in the lists either, so that a rebuild gives the same rows.
        work.AlsoSave(Of("update case_person set name = '' where person_id = $1", erasure.Person.Value));
        foreach (var own in erasure.Of(StreamKinds.TracingRequest.Name).Where(id => IsEnquirer(work, erasure.Person, id)))
            work.AlsoSave(StaffAccount.DeleteOfEnquirer(own));
        foreach (var withdrawn in erasure.Of(StreamKinds.TracingRequest.Name))
            work.AlsoSave(Of(
                "delete from mail_outbox m using case_row c where m.case_id = $1 and c.id = m.case_id and c.stage = 'Withdrawn' and m.sent_at is null", withdrawn));
    }

    private static NpgsqlBatchCommand Of(string statement, Guid id) => new(statement) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = id } } };
}
