using Rfl.Domain.Common;

namespace Rfl.Domain.RegisteredPersons;

/// <summary>
/// Somebody who said that they are safe and well, or whom a hospital, shelter or place of detention has on its list (handbook §2). Kept as long as their own
/// consent holds; what is sought is compared with them, and nothing of that shows here.
/// </summary>
public interface IRegisteredPersonEvent : IDomainEvent;

/// <param name="Organisation">Code of the organisation whose list it was; null for a self-registration.</param>
/// <param name="Evidence">Where the consent is proven.</param>
[EventType("person-registered.v1")]
public sealed record PersonRegistered(
    PersonId Person,
    RegistrationSource Source,
    string? Organisation,
    string Region,
    Guid RegisteredBy,
    DateOnly RegisteredOn,
    bool IsMinor,
    RegistrationConsent Consent,
    Personal<Registration> Registration,
    Personal<string>? Evidence = null) : IRegisteredPersonEvent;

/// <summary>What is known now, in place of what was.</summary>
[EventType("registered-person-corrected.v1")]
public sealed record RegisteredPersonCorrected(
    PersonId Person, bool IsMinor, RegistrationConsent Consent, Personal<Registration> Registration, Personal<string>? Evidence = null)
    : IRegisteredPersonEvent;

/// <summary>The time of a registration that had lapsed is over (handbook §8.6): the person is forgotten.</summary>
[EventType("registration-anonymised.v1")]
public sealed record RegistrationAnonymised : IRegisteredPersonEvent;

/// <summary>The person took the consent back: they are compared with nobody from now on.</summary>
[EventType("registration-withdrawn.v1")]
public sealed record RegistrationWithdrawn(DateOnly WithdrawnOn) : IRegisteredPersonEvent;
