using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.RegisteredPersons;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.DataSubjects;

/// <summary>
/// Who stands on the sheet of somebody else: relatives, contact persons, legal representatives. They have the rights of everybody about whom something is held, also
/// where a later sheet names them no more: the earlier one is kept.
/// </summary>
internal static class NamedOnSheets
{
    public static bool Names(StreamHistory history, PersonId person) => PartsAbout(history, person).Any();

    /// <summary>Whether what happened puts down a sheet, which may be one that names others.</summary>
    public static bool IsSheet(IDomainEvent happened) =>
        happened is EnquirerRegistered or SoughtPersonAdded or SoughtPersonDetailsCorrected or LossOfContactRecorded or PersonRegistered or RegisteredPersonCorrected;

    /// <summary>Everything that was told about the person on the sheets of others, as far as those can be read.</summary>
    public static IEnumerable<IAboutAnother> PartsAbout(StreamHistory history, PersonId person) =>
        history.Events.SelectMany(recorded => SheetOf(recorded.Event)?.Others() ?? []).Where(part => part.Subject == person);

    private static ISheet? SheetOf(IDomainEvent happened) => happened switch
    {
        EnquirerRegistered registered => registered.Details.Value,
        SoughtPersonAdded added => added.Details.Value,
        SoughtPersonDetailsCorrected corrected => corrected.Details.Value,
        LossOfContactRecorded recorded => recorded.Account.Value,
        PersonRegistered registered => registered.Registration.Value,
        RegisteredPersonCorrected corrected => corrected.Registration.Value,
        _ => null,
    };
}
