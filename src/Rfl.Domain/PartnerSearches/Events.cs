using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using Rfl.Domain.Transfers;

namespace Rfl.Domain.PartnerSearches;

/// <summary>The facts of a search asked of a partner society (handbook §4), as everybody outside the disclosure circle may know them.</summary>
public interface IPartnerSearchEvent : IDomainEvent;

/// <param name="Grounds">The consents on which the fields leave.</param>
[EventType("transmission-prepared.v1")]
public sealed record TransmissionPrepared(
    TracingRequestId TracingRequestId,
    PersonId SoughtPerson,
    string Society,
    bool Urgent,
    string Region,
    ValueList<TransferField> Fields,
    ValueList<Guid> Grounds) : IPartnerSearchEvent;

/// <summary>What was sent, exactly, so that the register of transfers can show it for ever.</summary>
[EventType("transmitted-to-partner.v1")]
public sealed record TransmittedToPartner(
    string OurReference,
    ValueList<TransferField> Fields,
    ValueList<Guid> Grounds,
    Personal<EnquirerExtract>? Enquirer,
    Personal<SoughtPersonExtract> SoughtPerson) : IPartnerSearchEvent, IDeparture;

[EventType("receipt-acknowledged.v1")]
public sealed record ReceiptAcknowledged(Personal<string>? TheirReference) : IPartnerSearchEvent;

/// <param name="Answer">Asks for details, negative or cannot search; a finding is never recorded here.</param>
[EventType("partner-response-received.v1")]
public sealed record PartnerResponseReceived(Guid ResponseId, PartnerAnswer Answer, Personal<string>? Message) : IPartnerSearchEvent;

/// <param name="Grounds">The consents on which the words left; empty where they were not yet noted.</param>
[EventType("details-provided-to-partner.v1")]
public sealed record DetailsProvidedToPartner(Guid ResponseId, Personal<string> Message, ValueList<Guid> Grounds = default)
    : IPartnerSearchEvent, IDeparture;

[EventType("reminder-sent.v1")]
public sealed record ReminderSent(DeadlineKey Deadline, DateTimeOffset DueAt) : IPartnerSearchEvent;

[EventType("escalated-to-central-tracing-agency.v1")]
public sealed record EscalatedToCentralTracingAgency(DeadlineKey Deadline, DateTimeOffset DueAt) : IPartnerSearchEvent;

/// <summary>The partner is asked to stop and to delete what it got.</summary>
[EventType("transmission-recalled.v1")]
public sealed record TransmissionRecalled(RecallReason Reason) : IPartnerSearchEvent;

/// <summary>The transmission deadline passed with nothing sent.</summary>
[EventType("transmission-overdue.v1")]
public sealed record TransmissionOverdue(DeadlineKey Deadline, DateTimeOffset DueAt) : IPartnerSearchEvent;
