using Rfl.Domain.Common;
using Rfl.Domain.Consents;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

/// <summary>From what a client sends to what the domain decides on: each personal value gets the person whom it is about.</summary>
public static class Conversions
{
    public static EnquirerRegistered ToEvent(this RegisterEnquirerBody body) =>
        new(body.Enquirer, body.CountryOfStay, body.IsMinor, Personal.Of(body.Enquirer, body.Details));

    public static LossOfContactRecorded ToEvent(this RecordLossOfContactBody body, PersonId soughtPerson) =>
        new(soughtPerson, body.Cause, body.Country, Personal.Of(soughtPerson, body.Account));

    public static Consent ToConsent(this GiveConsentBody body, Guid consentId) => new(
        consentId, body.Person, body.Purpose, body.Recipient, body.Form, body.Language, body.ThroughInterpreter, body.GivenOn, body.ExpiresOn, body.Channel);
}
