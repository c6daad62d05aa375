using Rfl.Domain.Common;

namespace Rfl.Domain.RegisteredPersons;

public static class RegisteredPersonDecider
{
    /// <summary>Registers a person, or puts what is known now in place of what was; a withdrawn person comes back only with a consent given since.</summary>
    public static Decision<IRegisteredPersonEvent> Put(RegisteredPerson state, PersonRegistered registration, DateOnly today)
    {
        if (state is RegisteredPerson.Anonymised)
            return RegisteredPersonRefusals.Anonymised;
        if (registration.RegisteredOn > today || registration.Consent.GivenOn > today)
            return RegisteredPersonRefusals.DateInFuture;
        if (state is RegisteredPerson.Existing { First: var first } && (first.Source != registration.Source || first.Organisation != registration.Organisation))
            return RegisteredPersonRefusals.SourceChanged;
        if (registration.Source != RegistrationSource.SafeAndWell && string.IsNullOrWhiteSpace(registration.Organisation))
            return RegisteredPersonRefusals.OrganisationMissing;
        if (state is RegisteredPerson.Existing existing && IsSame(existing, registration))
            return Decision.Unchanged;
        if (registration.Consent.ExpiresOn < today)
            return RegisteredPersonRefusals.ConsentExpired;
        return state is RegisteredPerson.NotRegistered
            ? registration
            : new RegisteredPersonCorrected(
                registration.Person, registration.IsMinor, registration.Consent, registration.Registration, registration.Evidence);
    }

    public static Decision<IRegisteredPersonEvent> Withdraw(RegisteredPerson state, DateOnly today) => state switch
    {
        RegisteredPerson.Registered => new RegistrationWithdrawn(today),
        RegisteredPerson.Withdrawn => Decision.Unchanged,
        _ => RegisteredPersonRefusals.NotRegistered,
    };

    /// <summary>Only a registration that was withdrawn or whose consent has run out.</summary>
    public static Decision<IRegisteredPersonEvent> Anonymise(RegisteredPerson state, DateOnly today) => state switch
    {
        RegisteredPerson.Anonymised => Decision.Unchanged,
        RegisteredPerson.Withdrawn => new RegistrationAnonymised(),
        RegisteredPerson.Registered { Consent.ExpiresOn: { } last } when last < today => new RegistrationAnonymised(),
        _ => RegisteredPersonRefusals.NotLapsed,
    };

    /// <summary>A repeated list does not bring back who withdrew: the same content is the same registration, withdrawn or not.</summary>
    private static bool IsSame(RegisteredPerson.Existing existing, PersonRegistered registration) =>
        existing.IsMinor == registration.IsMinor && existing.Consent == registration.Consent && existing.Registration == registration.Registration
        && (registration.Evidence is null || existing.Evidence == registration.Evidence);
}
