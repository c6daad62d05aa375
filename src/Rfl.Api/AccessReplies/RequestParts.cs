using Rfl.Api.Casework;
using Rfl.Api.Enquirers;
using Rfl.Domain.Common;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using Rfl.Domain.Transfers;
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

        var consents = new ReplySection(words, "consents", file.Reference);
        foreach (var consent in file.Consents.Where(consent => consent.Consent.Person == person))
            AddConsent(consents, consent, words);
        yield return consents.Build();
        yield return Dealings(history, words, file.Reference, person).Build();
    }

    /// <summary>Whoever interpreted is another person: that there was somebody is told, who it was is not.</summary>
    private static void AddConsent(ReplySection section, ConsentFile file, ReplyWords words)
    {
        var consent = file.Consent;
        section
            .Add("consent", words.Of(
                file.WithdrawnOn is null ? "consent-given" : "consent-withdrawn",
                words.Value(consent.Purpose),
                consent.Recipient ?? words.Of("everybody-concerned"),
                words.Day(consent.GivenOn),
                words.Value(consent.Form),
                file.WithdrawnOn is { } withdrawn ? words.Day(withdrawn)
                    : consent.ExpiresOn is { } until ? words.Day(until) : words.Of("until-withdrawn")))
            .Add("consent-channel", consent.Channel is { } channel ? words.Value(channel) : null)
            .Add("consent-evidence", file.Evidence is { } evidence ? words.Told(evidence) : null)
            .Add("consent-interpreted", words.YesNo(consent.ThroughInterpreter))
            .Add("consent-interpreter", file.Interpreter is null ? null : words.Of("kept-apart"));
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
                .Add("legal-representative", details.LegalRepresentative is null or { IsErased: true } ? null : words.Of("kept-apart"))
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

    /// <summary>Whether a search at a partner is for one of these requests, or sent something of the person where the record that says for which is damaged.</summary>
    public static bool MayTellOf(StreamHistory search, PersonId person, HashSet<Guid> requests)
    {
        var facts = search.Events.Select(recorded => recorded.Event).ToList();
        return facts.OfType<TransmissionPrepared>().FirstOrDefault() is { } prepared
            ? requests.Contains(prepared.TracingRequestId.Value)
            : facts.OfType<TransmittedToPartner>().Any(sent => sent.Enquirer?.Subject == person);
    }

    /// <summary>
    /// What left that tells of the enquirer, to partner societies and authorities: the fields that the permission and the register of transfers count as theirs
    /// (<see cref="Departures"/>). What an authority was asked, word for word, is about whoever is sought.
    /// </summary>
    public static AccessReplySection Transfers(
        IReadOnlyList<(StreamHistory History, TracingRequest.Started Request)> requests, IEnumerable<StreamHistory> searches, PersonId person, ReplyWords words)
    {
        var section = new ReplySection(words, "transfers");
        var seekers = requests.ToDictionary(entry => entry.History.Id, entry => entry.Request.File.Enquirer?.Enquirer);
        foreach (var (history, _) in requests.Where(entry => seekers[entry.History.Id] == person))
            AddInquiries(section, history, person, words);
        foreach (var history in searches)
        {
            if (StreamKinds.PartnerSearch.FoldReadable(history.Events).State is PartnerSearch.Existing { File.Preparation: var prepared } search)
                AddSearch(section, history, search, prepared, seekers.GetValueOrDefault(prepared.TracingRequestId.Value), person, words);
        }

        return section.Build();
    }

    private static void AddSearch(
        ReplySection section, StreamHistory history, PartnerSearch search, TransmissionPrepared prepared, PersonId? enquirer, PersonId person, ReplyWords words)
    {
        var left = false;
        foreach (var recorded in history.Events)
        {
            var day = words.Day(recorded.Metadata.OccurredAt);
            if (recorded.Event is IPartnerSearchEvent happened && Departures.Of(search, happened, enquirer) is { } transfer
                && Departures.FieldsAbout(person, transfer, prepared.SoughtPerson, enquirer) is { Count: > 0 } fields)
            {
                section.Add("sent", words.Of("sent-on-to", day, prepared.Society, Fields(fields, words)));
                left = true;
            }

            if (recorded.Event is TransmissionRecalled && left)
                section.Add("recalled", words.Of("on-from", day, prepared.Society));
        }
    }

    private static void AddInquiries(ReplySection section, StreamHistory history, PersonId person, ReplyWords words)
    {
        var asked = new Dictionary<Guid, string>();
        foreach (var recorded in history.Events)
        {
            switch (recorded.Event)
            {
                case AuthorityInquirySent sent when Departures.Of(sent, person) is { } transfer:
                    var authority = sent.Authority.Value ?? words.Of("unreadable");
                    asked[sent.InquiryId] = authority;
                    section.Add("sent", words.Of(
                        "sent-on-to-by",
                        words.Day(sent.SentOn),
                        authority,
                        words.Value(transfer.Route.Channel),
                        Fields(Departures.FieldsAbout(person, transfer, sent.SoughtPerson, person), words)));
                    break;
                case AuthorityInquiryRecalled recalled when asked.TryGetValue(recalled.InquiryId, out var recipient):
                    section.Add("recalled", words.Of("on-from", words.Day(recorded.Metadata.OccurredAt), recipient));
                    break;
            }
        }
    }

    private static string Fields(ValueList<TransferField> fields, ReplyWords words) => string.Join(", ", fields.Select(field => words.Of("field-" + field)));
}
