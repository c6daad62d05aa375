using Npgsql;
using Rfl.Domain.Common;
using Rfl.Domain.Disclosures;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.Disclosures;

/// <summary>What the circle's ledger shows of a choice.</summary>
internal sealed record DisclosureConsentContent(
    TracingRequestId TracingRequestId,
    PersonId Person,
    Personal<DisclosureChoice> Choice,
    string? Language,
    bool? ThroughInterpreter,
    DateOnly SignedOn,
    Guid RecordedBy,
    Guid? ApprovedBy,
    Guid? CountersignedBy,
    DateOnly? EndedOn,
    Guid? EndedBy,
    Personal<string> Evidence);

/// <summary>The circle's part of the ledger of consents: every choice of a found person, who signed it, and how it ended.</summary>
public sealed class DisclosureConsentRows : IInlineView
{
    public string StreamType => StreamKinds.Disclosure.Name;

    public string Name => "disclosure-consents";

    public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer)
    {
        yield return new NpgsqlBatchCommand("delete from disclosure_consent_row where stream_id = $1")
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = after.Id } },
        };
        foreach (var choice in Choices(after))
            yield return Row(after.Id, choice, sealer);
    }

    private sealed record Chosen(
        FindingRecorded Finding, SoughtPersonInformedOfSearch? Informed, Choice Choice, DateTimeOffset RecordedAt, DateOnly? EndedOn = null, Guid? EndedBy = null);

    private static List<Chosen> Choices(StreamHistory history)
    {
        var (choices, finding, informed) = (new List<Chosen>(), default(FindingRecorded), default(SoughtPersonInformedOfSearch));
        foreach (var recorded in history.Events)
        {
            switch (recorded.Event)
            {
                case FindingRecorded found:
                    finding = found;
                    break;
                case SoughtPersonInformedOfSearch told:
                    informed = told;
                    break;
                case ChoiceRecorded chosen:
                    Choose(Choice.Of(chosen));
                    break;
                case ChildProtectionApprovalGiven approval:
                    Change(choice => choice with { Choice = choice.Choice with { ApprovedBy = approval.ApprovedBy } });
                    break;
                case DisclosureCountersigned signed:
                    Change(choice => choice with { Choice = choice.Choice with { CountersignedBy = signed.Officer } });
                    break;
                case DisclosureConsentWithdrawn withdrawn:
                    Change(choice => choice with { EndedOn = withdrawn.WithdrawnOn, EndedBy = withdrawn.RecordedBy });
                    break;
            }

            void Choose(Choice choice)
            {
                if (choices.Count > 0 && choices[^1].EndedOn is null)
                    choices[^1] = choices[^1] with { EndedOn = choice.SignedOn, EndedBy = choice.RecordedBy };
                choices.Add(new Chosen(finding!, informed, choice, recorded.Metadata.RecordedAt));
            }
        }

        return choices;

        void Change(Func<Chosen, Chosen> change) => choices[^1] = change(choices[^1]);
    }

    private static NpgsqlBatchCommand Row(Guid stream, Chosen chosen, IPersonalDataSealer sealer) => new(
        "insert into disclosure_consent_row (stream_id, choice_id, case_alias, person_alias, recorded_at, covered) values ($1, $2, $3, $4, $5, $6)")
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = stream },
            new NpgsqlParameter<Guid> { TypedValue = chosen.Choice.ChoiceId },
            new NpgsqlParameter<Guid> { TypedValue = sealer.Alias(chosen.Finding.TracingRequestId.Value) },
            new NpgsqlParameter<Guid> { TypedValue = sealer.Alias(chosen.Finding.SoughtPerson.Value) },
            new NpgsqlParameter<DateTimeOffset> { TypedValue = chosen.RecordedAt },
            new NpgsqlParameter<byte[]>
            {
                TypedValue = sealer.Cover(new DisclosureConsentContent(
                    chosen.Finding.TracingRequestId,
                    chosen.Finding.SoughtPerson,
                    chosen.Choice.Decided,
                    chosen.Informed?.Language,
                    chosen.Informed?.ThroughInterpreter,
                    chosen.Choice.SignedOn,
                    chosen.Choice.RecordedBy,
                    chosen.Choice.ApprovedBy,
                    chosen.Choice.CountersignedBy,
                    chosen.EndedOn,
                    chosen.EndedBy,
                    chosen.Choice.Evidence)),
            },
        },
    };
}
