using Rfl.Api.Enquirers;
using Rfl.Domain.Common;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.AccessReplies;

/// <summary>What tracing requests hold about whoever asks.</summary>
internal static class RequestParts
{
    /// <summary>
    /// The enquirer's own part: what they told about themselves and agreed to, what they were asked and told, and what left. Where the search stands is told as
    /// on the portal: that somebody was found, or died, is told by people (rules 11, 13). Notes of staff, the assessment of risks among them, leads and answers of
    /// others are others': they may say that somebody is afraid of the enquirer.
    /// </summary>
    public static IEnumerable<AccessReplySection> OfEnquirer(StreamHistory history, TracingRequest.Started request, PersonId person, ReplyWords words)
    {
        var file = request.File;
        var own = new ReplySection(words, "enquirer", file.Reference)
            .Add("recorded-on", words.Day(history.Events[0].Metadata.RecordedAt))
            .Add("where-it-stands", words.Value(FollowingOwnRequestHandler.StageOf(request)))
            .Add("people-sought", ReplySection.Number(file.SoughtPersons.Count))
            .AddAll("never-contact-through", file.Security?.Assessment.DoNotContactThrough.Select(words.Value) ?? []);
        yield return (file.Enquirer is { } enquirer ? AddEnquirer(own, enquirer, words) : own.Add("details", words.Of("unreadable"))).Build();
        var stated = history.Events.Where(recorded => recorded.Event is EnquirerRegistered).ToList();
        for (var i = 0; i < stated.Count - 1; i++)
        {
            var before = new ReplySection(words, "enquirer-before", file.Reference, words.Day(stated[i + 1].Metadata.RecordedAt));
            yield return AddEnquirer(before, (EnquirerRegistered)stated[i].Event, words).Build();
        }

        var consents = new ReplySection(words, "consents", file.Reference).AddAll("consent", file.Consents.Where(consent => consent.Consent.Person == person)
            .Select(consent => words.Of(
                consent.WithdrawnOn is null ? "consent-given" : "consent-withdrawn",
                words.Value(consent.Consent.Purpose),
                consent.Consent.Recipient ?? words.Of("everybody-concerned"),
                words.Day(consent.Consent.GivenOn),
                words.Value(consent.Consent.Form),
                consent.WithdrawnOn is { } withdrawn ? words.Day(withdrawn)
                    : consent.Consent.ExpiresOn is { } until ? words.Day(until) : words.Of("until-withdrawn"))));
        yield return consents.Build();
        yield return Dealings(history, words, file.Reference, person).Build();
    }

    private static ReplySection AddEnquirer(ReplySection section, EnquirerRegistered enquirer, ReplyWords words)
    {
        section.Add("country-of-stay", enquirer.CountryOfStay.ToString()).Add("minor", enquirer.IsMinor ? words.Of("yes") : null);
        return enquirer.Details.Value is { } details
            ? section.AddPerson(details.Person)
                .Add("language", details.Language)
                .Add("interpreter", words.YesNo(details.InterpreterNeeded))
                .Add("own-attempts", details.OwnAttempts)
                .AddContacts(details.Contacts)
                .Add("safe-to-call", details.SafeToCall is { } safe ? words.YesNo(safe) : null)
                .Add("next-place-of-stay", details.NextPlaceOfStay)
                .Add("legal-representative", details.LegalRepresentative is null ? null : words.Of("kept-apart"))
            : section.Add("details", words.Missing(enquirer.Details));
    }

    /// <summary>What the enquirer was asked and told, and when they could not be reached; in the order in which it happened.</summary>
    private static ReplySection Dealings(StreamHistory history, ReplyWords words, string reference, PersonId person)
    {
        var section = new ReplySection(words, "dealings", reference);
        foreach (var recorded in history.Events)
        {
            var day = words.Day(recorded.Metadata.OccurredAt);
            switch (recorded.Event)
            {
                case IncomingTracingRequestReceived received:
                    section.Add("received-from-society", words.Of("on-from", day, received.Society));
                    break;
                case TracingRequestDeclined { Orientation: var orientation } declined:
                    section.Add("declined", words.Of("on-what", day, words.Value(declined.Reason))).Add("orientation", words.Told(orientation));
                    break;
                case InformationRequested { Question: var question } when question.Subject == person:
                    section.Add("asked", words.Of("on-what", day, words.Told(question)));
                    break;
                case InformationProvided { Answer: var answer } when answer.Subject == person:
                    section.Add("answered", words.Of("on-what", day, words.Told(answer)));
                    break;
                case EnquirerInformed informed:
                    section.Add("told", words.Of("on-through", words.Day(informed.InformedOn), News(informed.Kind, words), words.Value(informed.Channel)));
                    break;
                case EnquirerUnreachableRecorded attempt:
                    section.Add("not-reached", words.Of("on-what", words.Day(attempt.AttemptedOn), words.Value(attempt.Channel)));
                    break;
            }
        }

        return section;
    }

    /// <summary>Paper tells nobody that somebody was found or died: whoever was told knows it.</summary>
    private static string News(NewsKind kind, ReplyWords words) => kind is NewsKind.Located or NewsKind.AliveOnly or NewsKind.Death
        ? words.Of("news-in-person")
        : words.Value(kind);

    /// <summary>The request for which a partner was asked to search; null where that record is damaged.</summary>
    public static Guid? RequestOf(StreamHistory search) =>
        search.Events.Select(recorded => recorded.Event).OfType<TransmissionPrepared>().FirstOrDefault()?.TracingRequestId.Value;

    /// <summary>What of the enquirer was sent to partner societies.</summary>
    public static AccessReplySection Transfers(IEnumerable<StreamHistory> searches, PersonId person, ReplyWords words)
    {
        var section = new ReplySection(words, "transfers");
        foreach (var history in searches)
        {
            var society = history.Events.Select(recorded => recorded.Event).OfType<TransmissionPrepared>().FirstOrDefault()?.Society;
            foreach (var recorded in history.Events)
            {
                if (recorded.Event is TransmittedToPartner sent && sent.Enquirer?.Subject == person)
                {
                    var fields = sent.Fields.Where(field => field is TransferField.EnquirerName or TransferField.EnquirerContacts or TransferField.EnquirerCountryOfStay);
                    section.Add("sent", words.Of("sent-on-to", words.Day(recorded.Metadata.OccurredAt), society ?? words.Of("unreadable"), string.Join(", ", fields.Select(words.Value))));
                }

                if (recorded.Event is TransmissionRecalled && history.Events.Any(earlier => earlier.Event is TransmittedToPartner { Enquirer: { } extract } && extract.Subject == person))
                    section.Add("recalled", words.Of("on-from", words.Day(recorded.Metadata.OccurredAt), society ?? words.Of("unreadable")));
            }
        }

        return section.Build();
    }
}
