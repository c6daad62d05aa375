using Npgsql;
using NpgsqlTypes;
using Rfl.Domain.Common;
using Rfl.Domain.Disclosures;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;
using static Rfl.Api.Casework.RowParameters;

namespace Rfl.Api.Disclosures;

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
                case DisclosureConsentGiven given:
                    Choose(new Choice(given.ChoiceId, DisclosureChoice.Coordinates, given.SignedOn, given.RecordedBy, given.Evidence));
                    break;
                case AliveOnlyConsentGiven given:
                    Choose(new Choice(given.ChoiceId, DisclosureChoice.AliveOnly, given.SignedOn, given.RecordedBy, given.Evidence));
                    break;
                case DisclosureRefused refused:
                    Choose(new Choice(refused.ChoiceId, DisclosureChoice.Nothing, refused.SignedOn, refused.RecordedBy, refused.Evidence));
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
        """
        insert into disclosure_consent_row (stream_id, choice_id, case_id, person_id, choice, language, through_interpreter, signed_on, recorded_by, recorded_at,
            approved_by, countersigned_by, ended_on, ended_by, evidence)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        """)
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = stream },
            new NpgsqlParameter<Guid> { TypedValue = chosen.Choice.ChoiceId },
            new NpgsqlParameter<Guid> { TypedValue = chosen.Finding.TracingRequestId.Value },
            new NpgsqlParameter<Guid> { TypedValue = chosen.Finding.SoughtPerson.Value },
            new NpgsqlParameter<string> { TypedValue = chosen.Choice.Kind.ToString() },
            Nullable(chosen.Informed?.Language, NpgsqlDbType.Text),
            Nullable(chosen.Informed?.ThroughInterpreter, NpgsqlDbType.Boolean),
            new NpgsqlParameter<DateOnly> { TypedValue = chosen.Choice.SignedOn },
            new NpgsqlParameter<Guid> { TypedValue = chosen.Choice.RecordedBy },
            new NpgsqlParameter<DateTimeOffset> { TypedValue = chosen.RecordedAt },
            Nullable(chosen.Choice.ApprovedBy, NpgsqlDbType.Uuid),
            Nullable(chosen.Choice.CountersignedBy, NpgsqlDbType.Uuid),
            Nullable(chosen.EndedOn, NpgsqlDbType.Date),
            Nullable(chosen.EndedBy, NpgsqlDbType.Uuid),
            new NpgsqlParameter<byte[]> { TypedValue = sealer.Seal(chosen.Choice.Evidence) },
        },
    };
}
