using Rfl.Domain.Common;
using Rfl.Domain.Consents;
using Rfl.Domain.People;
using Rfl.Domain.RegisteredPersons;
using Rfl.Domain.Tests.Common;
using static Rfl.Domain.RegisteredPersons.RegisteredPersonDecider;
using static Rfl.Domain.Tests.Common.Outcome;

namespace Rfl.Domain.Tests.RegisteredPersons;

[SpecsOf(typeof(RegisteredPersonDecider))]
public sealed class RegisteredPersonDeciderSpecs
{
    private static readonly PersonId Person = new(new Guid("e0000000-0000-4000-8000-000000000001"));
    private static readonly RegistrationConsent Consent = new(ConsentForm.Written, "fr", Days.Today);

    private static readonly PersonRegistered Registered = new(
        Person, RegistrationSource.SafeAndWell, null, "north", Guid.Empty, Days.Today, false, Consent, Personal.Of(Person, new Registration(PersonDetails.Empty)));

    private static readonly PersonRegistered Moved = Registered with { Registration = Personal.Of(Person, new Registration(PersonDetails.Empty, "Lille")) };

    private static Story<RegisteredPerson, IRegisteredPersonEvent> Given(params IRegisteredPersonEvent[] facts) =>
        new Story<RegisteredPerson, IRegisteredPersonEvent>(StreamKinds.RegisteredPerson, RegisteredPerson.Initial).And(facts);

    [Fact, Spec(Success, nameof(Put))]
    public void A_person_is_registered_and_corrected() =>
        Given().When(state => Put(state, Registered, Days.Today)).Then(Registered)
            .When(state => Put(state, Moved, Days.Today)).Then(new RegisteredPersonCorrected(Person, false, Consent, Moved.Registration));

    [Fact, Spec(Repetition, nameof(Put))]
    public void The_same_registration_again_changes_nothing_and_brings_nobody_back()
    {
        Given().WhenTwice(state => Put(state, Registered, Days.Today)).ThenNothing();
        Given(Registered, new RegistrationWithdrawn(Days.Today)).When(state => Put(state, Registered, Days.Today)).ThenNothing();
    }

    [Fact, Spec(Refused, nameof(Put))]
    public void A_registration_needs_a_past_date_a_living_consent_and_its_source()
    {
        Given().When(state => Put(state, Registered with { RegisteredOn = Days.Today.AddDays(1) }, Days.Today)).ThenRefused(RegisteredPersonRefusals.DateInFuture);
        Given().When(state => Put(state, Registered with { Consent = Consent with { ExpiresOn = Days.Today.AddDays(-1) } }, Days.Today))
            .ThenRefused(RegisteredPersonRefusals.ConsentExpired);
        Given().When(state => Put(state, Registered with { Source = RegistrationSource.Hospital }, Days.Today))
            .ThenRefused(RegisteredPersonRefusals.OrganisationMissing);
        Given(Registered).When(state => Put(state, Registered with { Source = RegistrationSource.Hospital, Organisation = "h" }, Days.Today))
            .ThenRefused(RegisteredPersonRefusals.SourceChanged);
    }

    [Fact, Spec(Success, nameof(Anonymise))]
    public void A_lapsed_registration_is_forgotten()
    {
        Given(Registered, new RegistrationWithdrawn(Days.Today)).When(state => Anonymise(state, Days.Today)).Then(new RegistrationAnonymised());
        var ending = Registered with { Consent = Consent with { ExpiresOn = Days.Yesterday } };
        Given(ending).When(state => Anonymise(state, Days.Today)).Then(new RegistrationAnonymised());
    }

    [Fact, Spec(Repetition, nameof(Anonymise))]
    public void A_registration_is_forgotten_once() =>
        Given(Registered, new RegistrationWithdrawn(Days.Today)).WhenTwice(state => Anonymise(state, Days.Today)).ThenNothing();

    [Fact, Spec(Refused, nameof(Anonymise))]
    public void A_registration_in_force_is_kept_and_a_forgotten_one_does_not_come_back()
    {
        Given(Registered).When(state => Anonymise(state, Days.Today)).ThenRefused(RegisteredPersonRefusals.NotLapsed);
        Given().When(state => Anonymise(state, Days.Today)).ThenRefused(RegisteredPersonRefusals.NotLapsed);
        Given(Registered, new RegistrationWithdrawn(Days.Today), new RegistrationAnonymised())
            .When(state => Put(state, Registered, Days.Today)).ThenRefused(RegisteredPersonRefusals.Anonymised);
    }

    [Fact, Spec(Success, nameof(Withdraw)), Spec(Repetition, nameof(Withdraw))]
    public void A_person_withdraws_once() =>
        Given(Registered).When(state => Withdraw(state, Days.Today)).Then(new RegistrationWithdrawn(Days.Today))
            .When(state => Withdraw(state, Days.Today)).ThenNothing();

    [Fact, Spec(Refused, nameof(Withdraw))]
    public void Only_a_registered_person_withdraws() =>
        Given().When(state => Withdraw(state, Days.Today)).ThenRefused(RegisteredPersonRefusals.NotRegistered);

    [Fact]
    public void A_consent_is_given_before_the_registration_and_holds_to_its_last_day()
    {
        Given().When(state => Put(state, Registered with { Consent = Consent with { GivenOn = Days.Tomorrow } }, Days.Today)).ThenRefused(RegisteredPersonRefusals.DateInFuture);
        var earlier = Registered with { Consent = Consent with { GivenOn = Days.Yesterday } };
        Given().When(state => Put(state, earlier, Days.Today)).Then(earlier);
        var lastDay = Registered with { Consent = Consent with { ExpiresOn = Days.Today } };
        Given().When(state => Put(state, lastDay, Days.Today)).Then(lastDay);
        Given(lastDay).When(state => Anonymise(state, Days.Today)).ThenRefused(RegisteredPersonRefusals.NotLapsed);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void A_list_is_somebodys(string? organisation) => Given()
        .When(state => Put(state, Registered with { Source = RegistrationSource.Hospital, Organisation = organisation }, Days.Today))
        .ThenRefused(RegisteredPersonRefusals.OrganisationMissing);

    [Fact]
    public void Whatever_changed_is_a_correction()
    {
        Given(Registered).When(state => Put(state, Registered with { IsMinor = true }, Days.Today))
            .Then(new RegisteredPersonCorrected(Person, true, Consent, Registered.Registration));
        var oral = Consent with { Form = ConsentForm.Oral };
        Given(Registered).When(state => Put(state, Registered with { Consent = oral }, Days.Today))
            .Then(new RegisteredPersonCorrected(Person, false, oral, Registered.Registration));
    }

    /// <summary>Where the consent is proven stays known, also where a repeated list does not say it.</summary>
    [Fact]
    public void The_proof_of_the_consent_is_kept_and_another_one_is_a_correction()
    {
        var form = Personal.Of(Person, "Form 12");
        var proven = Registered with { Evidence = form };

        Given(proven).When(state => Put(state, Registered, Days.Today)).ThenNothing();
        Given(proven).When(state => Put(state, proven, Days.Today)).ThenNothing();
        Given(Registered).When(state => Put(state, proven, Days.Today)).Then(new RegisteredPersonCorrected(Person, false, Consent, Registered.Registration, form));
        Assert.Equal(form, ((RegisteredPerson.Existing)Given(proven).State).Evidence);
        Assert.Equal(form, ((RegisteredPerson.Existing)Given(proven, new RegistrationWithdrawn(Days.Today)).State).Evidence);
        Assert.Equal(
            form, ((RegisteredPerson.Existing)Given(Registered, new RegisteredPersonCorrected(Person, false, Consent, Registered.Registration, form)).State).Evidence);
    }
}
