using Rfl.Domain.Common;

namespace Rfl.Domain.PartnerSearches;

public static class PartnerSearchRefusals
{
    public static readonly Refusal SocietyUnknown = new("society-unknown", "society");
    public static readonly Refusal NoFieldChosen = new("no-field-chosen", "fields");
    public static readonly Refusal LossOfContactNeeded = new("loss-of-contact-needed", "fields");
    public static readonly Refusal NotPrepared = new("transmission-not-prepared");
    public static readonly Refusal NotTransmitted = new("not-transmitted");
    public static readonly Refusal Recalled = new("transmission-recalled");
    public static readonly Refusal NoQuestion = new("partner-asked-nothing", "responseId");
}
