using Rfl.Domain.Common;
using Rfl.Domain.Disclosures;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.Disclosures;

/// <summary>
/// Where the disclosure of a sought person is: found without a look-up, and there whether or not anything was found. The id follows from the installation's secret
/// too, so that whoever has only the database cannot find it from the ids of requests and persons (rule 12).
/// </summary>
public sealed class DisclosureIds(LookupHash hash)
{
    /// <exception cref="KeyEncryptionKeyUnavailableException">The key-encryption key is missing or wrong.</exception>
    public DisclosureId Of(TracingRequestId request, PersonId soughtPerson) =>
        new(DerivedId.Of(hash.Of("disclosure", $"{request.Value:N}{soughtPerson.Value:N}")));

    /// <summary>What the circle's rows and its read log call a request.</summary>
    /// <inheritdoc cref="Of" path="/exception"/>
    public Guid AliasOf(TracingRequestId request) => hash.Cover.Alias(request.Value);
}
