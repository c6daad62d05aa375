namespace Rfl.Demo;

/// <summary>What became of a story.</summary>
internal sealed record Told(Story Story, string Reference, string Stage);

/// <summary>
/// Brings the stories into the service. On the day on which the demo began, every step is sent again and has no second effect; on a later day a request that
/// is there is left as it is, since somebody may have worked on it.
/// </summary>
internal sealed class Telling(Service service, DateOnly today)
{
    public async Task<IReadOnlyList<Told>> TellAllAsync(IReadOnlyList<Story> stories)
    {
        await RegisterPartnersAsync();
        var told = new List<Told>();
        foreach (var story in stories)
        {
            if (await BegunOnAsync(story) is not { } begun || begun == today)
                await TellAsync(story);
        }

        foreach (var story in stories)
        {
            var (now, _) = await service.ReadAsync(PathOf(story), Accounts.Supervisor);
            told.Add(new Told(story, now!.Value.GetProperty("reference").GetString()!, now.Value.GetProperty("stage").GetString()!));
        }

        return told;
    }

    private async Task TellAsync(Story story)
    {
        var work = new CaseWork(service, story, today);
        if (story.SentBy is { } society)
            await service.DoAsync(HttpMethod.Put, $"/partner{PathOf(story)}", society, work.NextStep(), IncomingBody(story));
        else if (story.Unfinished)
            await BeginInterviewAsync(story, work);
        else
            await service.DoAsync(HttpMethod.Put, $"{PathOf(story)}/interview-document", story.TakenBy, work.NextStep(), DocumentBody(story));
        await story.Then(work);
    }

    /// <summary>Piece by piece, as an interview is saved while people talk.</summary>
    private async Task BeginInterviewAsync(Story story, CaseWork work)
    {
        await service.DoAsync(HttpMethod.Post, "/tracing-requests", story.TakenBy, work.NextStep(), new
        {
            tracingRequestId = story.RequestId,
            interviewedOn = today.AddDays(-story.InterviewedDaysAgo),
            language = story.Language,
            interpreterNeeded = story.Interpreter,
        });
        await work.DecideAsync(HttpMethod.Put, "/enquirer", story.TakenBy, EnquirerBody(story));
        for (var number = 1; number <= story.Sought.Length; number++)
        {
            var sought = story.Sought[number - 1];
            await work.DecideAsync(
                HttpMethod.Put,
                $"/sought-persons/{story.SoughtId(number)}",
                story.TakenBy,
                new { relation = sought.Relation, circumstances = sought.CircumstancesBody, details = sought.Who.ToBody() });
        }
    }

    /// <summary>The day on which the request came in; null where it is not there.</summary>
    private async Task<DateOnly?> BegunOnAsync(Story story)
    {
        var (request, _) = await service.ReadAsync(PathOf(story), Accounts.Supervisor);
        if (request is not { } found)
            return null;
        var since = found.TryGetProperty("submittedAt", out var submitted) ? submitted : found.GetProperty("lastActivityAt");
        return DateOnly.FromDateTime(since.GetDateTimeOffset().UtcDateTime);
    }

    private async Task RegisterPartnersAsync()
    {
        const string policy = "/policy";
        await Register("DE", "German Red Cross (demo)", "DE");
        await Register("ET", "Ethiopian Red Cross Society (demo)", "ET");
        await Register("TR", "Turkish Red Crescent (demo)", "TR");
        await Register("ICRC", "International Committee of the Red Cross (demo)", null, centralTracingAgency: true);

        Task Register(string code, string name, string? country, bool centralTracingAgency = false) => service.DoAsync(
            HttpMethod.Put,
            $"{policy}/partner-societies/{code}",
            Accounts.Supervisor,
            Ids.Of("partner", code),
            new { name, country, isCentralTracingAgency = centralTracingAgency },
            (policy, Accounts.Supervisor));
    }

    private object DocumentBody(Story story) => new
    {
        interviewedOn = today.AddDays(-story.InterviewedDaysAgo),
        language = story.Language,
        interpreterNeeded = story.Interpreter,
        enquirer = EnquirerBody(story),
        soughtPersons = SoughtBodies(story),
        securityAssessment = SecurityBody(story),
        consents = ConsentBodies(story),
    };

    private object IncomingBody(Story story) => new
    {
        yourReference = $"{story.SentBy}-{story.Key}",
        language = story.Language,
        enquirer = EnquirerBody(story),
        soughtPersons = SoughtBodies(story),
        securityAssessment = SecurityBody(story),
        consents = ConsentBodies(story),
    };

    private static object EnquirerBody(Story story) => new
    {
        enquirer = story.EnquirerId,
        countryOfStay = story.SentBy ?? "FR",
        isMinor = false,
        details = new
        {
            person = story.Enquirer.ToBody(),
            language = story.Language,
            interpreterNeeded = story.Interpreter,
            ownAttempts = story.OwnAttempts,
            contacts = story.Contacts,
        },
    };

    private static object[] SoughtBodies(Story story) =>
    [
        .. story.Sought.Select((sought, at) => new
        {
            soughtPerson = story.SoughtId(at + 1),
            relation = sought.Relation,
            circumstances = sought.CircumstancesBody,
            details = sought.Who.ToBody(),
            lossOfContact = sought.LossBody,
        }),
    ];

    private static object SecurityBody(Story story) => new
    {
        assessment = new
        {
            riskToSoughtPerson = story.Risky,
            riskToEnquirer = false,
            allowedMeans = story.Means,
            doNotContactThrough = story.NeverContactThrough,
        },
    };

    private object[] ConsentBodies(Story story) =>
    [
        .. story.Consents.Select((consent, at) => new
        {
            consentId = story.ConsentId(at + 1),
            consent = new
            {
                person = story.EnquirerId,
                purpose = consent.Purpose,
                recipient = consent.Recipient,
                form = "written",
                language = story.Language,
                throughInterpreter = story.Interpreter,
                givenOn = today.AddDays(-story.InterviewedDaysAgo),
            },
        }),
    ];

    private static string PathOf(Story story) => $"/tracing-requests/{story.RequestId}";
}
