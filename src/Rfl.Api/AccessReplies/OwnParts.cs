using Rfl.Api.Casework;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.DataSubjectRequests;
using Rfl.Domain.RegisteredPersons;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.AccessReplies;

/// <summary>What a person gave about themselves outside a tracing request: a registration, and what they asked about their data.</summary>
internal static class OwnParts
{
    /// <summary>The registration, and how it read before it was corrected.</summary>
    public static IEnumerable<AccessReplySection> Registration(StreamHistory history, RegisteredPerson.Existing person, ReplyWords words)
    {
        yield return Current(person, words);
        var stated = history.Events.Select(recorded => (At: recorded.Metadata.RecordedAt, Registration: recorded.Event switch
        {
            PersonRegistered registered => registered.Registration,
            RegisteredPersonCorrected corrected => corrected.Registration,
            _ => null,
        })).Where(statement => statement.Registration is not null).ToList();
        for (var i = 0; i < stated.Count - 1; i++)
        {
            var section = new ReplySection(words, "registration-before", words.Day(stated[i + 1].At));
            yield return AddRegistration(section, stated[i].Registration!, words).Build();
        }
    }

    private static AccessReplySection Current(RegisteredPerson.Existing person, ReplyWords words)
    {
        var section = new ReplySection(words, "registration")
            .Add("registered-on", words.Day(person.First.RegisteredOn))
            .Add("registered-through", person.First.Organisation is { } organisation
                ? words.Of("through", words.Value(person.First.Source), organisation)
                : words.Value(person.First.Source))
            .Add("region", person.First.Region)
            .Add("consent", words.Of(
                "registration-consent",
                words.Day(person.Consent.GivenOn),
                words.Value(person.Consent.Form),
                words.YesNo(person.Consent.MayBeCompared),
                person.Consent.ExpiresOn is { } until ? words.Day(until) : words.Of("until-withdrawn")));
        if (person is RegisteredPerson.Withdrawn)
            section.Add("withdrawn", words.Of("yes"));
        return AddRegistration(section, person.Registration, words).Build();
    }

    private static ReplySection AddRegistration(ReplySection section, Personal<Registration> stated, ReplyWords words) => stated.Value is { } registration
        ? section.AddPerson(registration.Person).Add("whereabouts", registration.Whereabouts).AddContacts(registration.Contacts)
        : section.Add("details", words.Missing(stated));

    public static AccessReplySection Requests(IEnumerable<DataSubjectRequest.Existing> requests, ReplyWords words)
    {
        var section = new ReplySection(words, "data-subject-requests");
        foreach (var request in requests.OrderBy(request => request.File.ReceivedAt))
        {
            var file = request.File;
            section.Add("request", words.Of("on-what", words.Day(file.ReceivedAt), words.Of("right-" + file.Received.Right)))
                .Add("words", file.Received.Account.Value?.Words ?? words.Missing(file.Received.Account))
                .Add("answer-to", file.Received.Requester == Requester.Self ? file.Received.Account.Value?.Contact : null)
                .Add("became", words.Of(request switch
                {
                    DataSubjectRequest.Open => "became-Open",
                    DataSubjectRequest.Answered => "became-Answered",
                    DataSubjectRequest.Refused => "became-Refused",
                    _ => "became-Withdrawn",
                }))
                .Add("explanation", request is DataSubjectRequest.Refused refused ? words.Told(refused.Refusal.Explanation) : null);
        }

        return section.Build();
    }

    public static AccessReplySection Accounts(IReadOnlyList<EnquirersAccount> accounts, ReplyWords words)
    {
        var section = new ReplySection(words, "account");
        foreach (var account in accounts)
        {
            section.Add("account-email", account.Email).Add("account-name", account.Name).Add("account-language", account.Language)
                .Add("account-since", words.Day(account.Since));
        }

        return section.Build();
    }

    /// <summary>By what they are to the record, not who they are; see <see cref="HeldBesides"/>.</summary>
    public static AccessReplySection WhoLooked(IReadOnlyList<ReadGround> grounds, ReplyWords words) =>
        new ReplySection(words, "who-looked").AddAll("looked", grounds.Select(ground => words.Of("looked-" + ground))).Build();

    public static AccessReplySection Standing(StreamHistory history, ReplyWords words)
    {
        var subject = StreamKinds.DataSubject.FoldReadable(history.Events).State;
        var section = new ReplySection(words, "standing");
        if (subject.Restriction is not null)
            section.Add("restricted", words.Of("yes"));
        return section.AddAll("legal-hold", subject.Holds.Values.OrderBy(hold => hold.HoldId).Select(hold => words.Value(hold.Reason))).Build();
    }
}
