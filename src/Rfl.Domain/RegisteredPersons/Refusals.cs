using Rfl.Domain.Common;

namespace Rfl.Domain.RegisteredPersons;

public static class RegisteredPersonRefusals
{
    public static readonly Refusal DateInFuture = new("registration-in-future", "registeredOn");
    public static readonly Refusal ConsentExpired = new("registration-consent-expired", "consent.expiresOn");
    public static readonly Refusal SourceChanged = new("registration-source-changed", "source");
    public static readonly Refusal OrganisationMissing = new("registration-organisation-missing", "organisation");
    public static readonly Refusal Anonymised = new("registration-anonymised", "id");
    public static readonly Refusal NotLapsed = new("registration-not-lapsed");
    public static readonly Refusal NotRegistered = new("person-not-registered");
}
