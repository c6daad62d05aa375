using Rfl.Domain.Common;
using Rfl.Domain.Consents;
using Rfl.Domain.People;

namespace Rfl.Domain.RegisteredPersons;

/// <summary>Whether somebody is registered, and how.</summary>
public abstract record RegisteredPerson
{
    private RegisteredPerson()
    {
    }

    public static RegisteredPerson Initial { get; } = new NotRegistered();

    public sealed record NotRegistered : RegisteredPerson;

    public abstract record Existing(PersonRegistered First, bool IsMinor, RegistrationConsent Consent, Personal<Registration> Registration) : RegisteredPerson
    {
        /// <summary>Where the consent is proven.</summary>
        public Personal<string>? Evidence { get; init; }
    }

    public sealed record Registered(PersonRegistered First, bool IsMinor, RegistrationConsent Consent, Personal<Registration> Registration)
        : Existing(First, IsMinor, Consent, Registration);

    public sealed record Withdrawn(PersonRegistered First, bool IsMinor, RegistrationConsent Consent, Personal<Registration> Registration)
        : Existing(First, IsMinor, Consent, Registration);

    /// <summary>Forgotten. Nobody is registered under this id again.</summary>
    public sealed record Anonymised : RegisteredPerson;

    /// <exception cref="InvalidOperationException">The fact is impossible in this state.</exception>
    public static RegisteredPerson Evolve(RegisteredPerson state, IRegisteredPersonEvent happened) => (state, happened) switch
    {
        (NotRegistered, PersonRegistered registered) => new Registered(registered, registered.IsMinor, registered.Consent, registered.Registration) { Evidence = registered.Evidence },
        (Existing existing, RegisteredPersonCorrected corrected) =>
            new Registered(existing.First, corrected.IsMinor, corrected.Consent, corrected.Registration) { Evidence = corrected.Evidence },
        (Registered registered, RegistrationWithdrawn) =>
            new Withdrawn(registered.First, registered.IsMinor, registered.Consent, registered.Registration) { Evidence = registered.Evidence },
        (Existing, RegistrationAnonymised) => new Anonymised(),
        _ => throw new InvalidOperationException($"{happened.GetType().Name} cannot happen to a person who is {state.GetType().Name}."),
    };
}

public enum RegistrationSource
{
    SafeAndWell,
    Hospital,
    Shelter,
    Detention,
    Morgue,
    OtherList,
}

/// <summary>The registered person's own consent, or that of whoever may give it for them.</summary>
/// <param name="MayBeCompared">Whether the person may be compared with people who are sought; without it they are kept and found by nobody.</param>
/// <param name="ExpiresOn">Last day on which it holds; null until withdrawn.</param>
public sealed record RegistrationConsent(
    ConsentForm Form, string Language, DateOnly GivenOn, bool MayBeCompared = true, DateOnly? ExpiresOn = null, bool? ThroughInterpreter = null);

/// <param name="Whereabouts">Where the person is, in the words of who registered them.</param>
public sealed record Registration(PersonDetails Person, string? Whereabouts = null, ValueList<ContactPoint> Contacts = default) : ISheet
{
    public ISheet NameOthers(NamingPerson naming) =>
        this with { Person = Person.NameOthers("person.", naming), Contacts = Contacts.NameOthers("contacts", naming) };

    public override string ToString() => "personal";
}
