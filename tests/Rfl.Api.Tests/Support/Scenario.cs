using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Rfl.Api.Disclosures;
using Rfl.Api.Http;
using Rfl.Api.Partners;
using Rfl.Api.PartnerSearches;
using Rfl.Api.Policies;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Common;
using Rfl.Domain.Consents;
using Rfl.Domain.Disclosures;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Support;

/// <summary>
/// One request told step by step, as the people of handbook §9 would do it through the API: the volunteer interviews, the supervisor accepts, the caseworker
/// searches, officers work in the circle. Every id is made from the request's number, so that two databases can hold the same story.
/// </summary>
/// <param name="number">Names the request and everything in it.</param>
/// <param name="id">An id of its own, where the number's does not do.</param>
internal sealed class Scenario(RflApi api, int number, Guid? id = null)
{
    public const string Authority = "prefecture-du-nord";

    public int Number => number;

    public Guid Id { get; } = id ?? Interviews.Id(number);

    public Guid Enquirer => Thing(1);

    public Guid SoughtPerson => Thing(2);

    private DateOnly Today => WorkingCalendar.DayOf(api.Clock.GetUtcNow());

    /// <summary>An id within this request: of an action, an inquiry, a search, a choice …</summary>
    public Guid Thing(int thing) => Interviews.Person(number, thing);

    public string Path(string below = "") => $"/api/v1/tracing-requests/{Id}{below}";

    /// <summary>The way into the circle.</summary>
    public string Disclosure(string below = "") => $"/api/v1/disclosures/{Id}/{SoughtPerson}{below}";

    // The request

    /// <summary>What the interview of this request holds: searches by every means, consent to ask the authority and the partners DE and ET.</summary>
    public JsonObject Document(Action<JsonObject>? change = null) => api.Document(number, document =>
    {
        document["securityAssessment"]!["assessment"]!["allowedMeans"] = Node(Enum.GetValues<SearchMeans>());
        document["consents"] = Node(new[]
        {
            Consent(3, ConsentPurpose.TransferToPartner, "DE"),
            Consent(4, ConsentPurpose.TransferToPartner, "ET"),
            Consent(5, ConsentPurpose.AuthorityInquiry, Authority),
        });
        change?.Invoke(document);
    });

    public Task<long> SubmitAsync(Action<JsonObject>? change = null, DemoAccount? by = null) =>
        By(by ?? DemoAccounts.Volunteer).DoAsync(HttpMethod.Put, Path("/interview-document"), Document(change));

    public Task<long> AcceptAsync() => DecideAsync(DemoAccounts.Supervisor, HttpMethod.Post, "/acceptance");

    public Task<long> DeclineAsync(DeclineReason reason, string orientation) =>
        DecideAsync(DemoAccounts.Supervisor, HttpMethod.Post, "/declination", new DeclineTracingRequestBody(reason, orientation));

    public Task<long> AssignAsync(DemoAccount? caseworker = null) =>
        DecideAsync(DemoAccounts.Supervisor, HttpMethod.Put, "/assignment", new AssignCaseBody((caseworker ?? DemoAccounts.Caseworker).Id));

    /// <summary>Interviewed, submitted, accepted, and in the demo caseworker's hands.</summary>
    public async Task OpenAsync(Action<JsonObject>? change = null, DemoAccount? by = null)
    {
        await SubmitAsync(change, by);
        await AcceptAsync();
        await AssignAsync();
    }

    // The search

    public async Task<Guid> PlanAsync(int thing, SearchMeans means = SearchMeans.FieldVisit)
    {
        await Caseworker.DoAsync(HttpMethod.Put, Path($"/search-actions/{Thing(thing)}"), new PlanSearchActionBody(Person, means, "Ask at the distribution points.", Today));
        return Thing(thing);
    }

    public Task CarryOutAsync(Guid action, SearchResult result = SearchResult.NothingFound) => Caseworker.DoAsync(
        HttpMethod.Put, Path($"/search-actions/{action}/result"), new CarryOutSearchActionBody(Today, result, Provenance.OwnStaff, "Asked; nobody knew the name."));

    public async Task<Guid> AskAuthorityAsync(int thing)
    {
        await Caseworker.DoAsync(HttpMethod.Put, Path($"/authority-inquiries/{Thing(thing)}"), new SendAuthorityInquiryBody(Person, Authority, Today, "Is he known to you?"));
        return Thing(thing);
    }

    public Task ReceiveLeadAsync(int thing) => Caseworker.DoAsync(
        HttpMethod.Put, Path($"/leads/{Thing(thing)}"), new ReceiveLeadBody(Person, Provenance.Community, "A barber saw a man like him."));

    /// <summary>Prepared and transmitted.</summary>
    public async Task<Guid> AskPartnerAsync(int thing, string society)
    {
        await PrepareAsync(thing, society);
        using var read = await Caseworker.GetAsync(Search(Thing(thing)));
        await Caseworker.DoAsync(HttpMethod.Post, Search(Thing(thing), "/transmission"), version: read.Version());
        return Thing(thing);
    }

    public Task PrepareAsync(int thing, string society) => Caseworker.DoAsync(HttpMethod.Put, Search(Thing(thing)), new PrepareTransmissionBody(
        Person, society, [TransferField.SoughtPersonNames, TransferField.SoughtPersonParents, TransferField.LossOfContact, TransferField.EnquirerName]));

    /// <summary>The way to a partner search, for staff.</summary>
    public string Search(Guid search, string below = "") => Path($"/partner-searches/{search}{below}");

    public Task AcknowledgeAsync(DemoApiKey partner, Guid search) =>
        By(partner).DoAsync(HttpMethod.Put, $"/api/v1/partner/searches/{search}/receipt", new AcknowledgeReceiptBody($"{partner.Society}-{number}"));

    public Task AnswerAsync(DemoApiKey partner, Guid search, int thing, PartnerAnswer answer) => By(partner).DoAsync(
        HttpMethod.Put,
        $"/api/v1/partner/searches/{search}/answers/{Thing(thing)}",
        answer is PartnerAnswer.Located or PartnerAnswer.Deceased
            ? new AnswerSearchBody(answer, null, new FindingAccount("Found by our volunteers."), Today, answer == PartnerAnswer.Deceased ? "registry-office" : null)
            : new AnswerSearchBody(answer, answer == PartnerAnswer.AsksForDetails ? "Whom did he travel with?" : null));

    // The circle

    public Task ReportFindingAsync(int thing, FindingSource source = FindingSource.OwnSearch, Guid? sourceId = null, FindingKind kind = FindingKind.Located) =>
        Caseworker.DoAsync(
            HttpMethod.Put,
            Path($"/sought-persons/{SoughtPerson}/findings/{Thing(thing)}"),
            new ReportFindingBody(
                kind,
                source,
                Today,
                new FindingAccount("Gave his name and his father's.", "Day centre", Burial: kind == FindingKind.Deceased ? "Cemetery of the North" : null),
                sourceId,
                kind == FindingKind.Deceased ? "registry-office" : null));

    public Task VerifyIdentityAsync() => Officer.DoAsync(HttpMethod.Put, Disclosure("/identity"), new VerifyIdentityBody(Today, "Named both parents and the village."));

    public Task InformSoughtPersonAsync(string? accompaniedBy = null) =>
        Officer.DoAsync(HttpMethod.Put, Disclosure("/information"), new InformSoughtPersonBody(Today, "prs", true, accompaniedBy));

    public Task ChooseAsync(int thing, DisclosureChoice choice) => Officer.DoAsync(
        HttpMethod.Put,
        Disclosure($"/choices/{Thing(thing)}"),
        new RecordChoiceBody(choice, Today, "Signed form, kept in the safe.", choice == DisclosureChoice.Coordinates ? "12 rue du Port, Lille" : null));

    public Task ApproveForChildAsync(int thing) => InCircleAsync(DemoAccounts.ChildProtection, $"/choices/{Thing(thing)}/child-protection-approval");

    public Task CountersignAsync(int thing) => InCircleAsync(DemoAccounts.OtherDisclosureOfficer, $"/choices/{Thing(thing)}/countersignature");

    public Task SignOffDeathNewsAsync() => InCircleAsync(DemoAccounts.Supervisor, "/death-news-sign-off");

    /// <summary>From a reported finding to the written choice under two signatures.</summary>
    public async Task DiscloseAsync(int choice, DisclosureChoice kind)
    {
        await VerifyIdentityAsync();
        await InformSoughtPersonAsync();
        await ChooseAsync(choice, kind);
        await CountersignAsync(choice);
    }

    // Rights

    /// <summary>Asks for access to what is held about a person of the request; who asks is verified.</summary>
    public async Task AskForAccessAsync(int thing, Guid person, string requester)
    {
        var privacy = By(DemoAccounts.DataProtectionOfficer);
        var path = $"/api/v1/data-subject-requests/{Thing(thing)}";
        await privacy.DoAsync(HttpMethod.Put, path, new
        {
            person,
            right = "access",
            requester,
            receivedOn = Today,
            language = "en",
            account = new { words = "What is held?" },
            through = Id,
        });
        await privacy.DoAsync(HttpMethod.Put, path + "/identity", new { proof = "knownToStaff", verifiedOn = Today });
    }

    // Keeping faith

    public Task TellAsync(int thing, NewsKind kind, ContactChannel channel = ContactChannel.InPerson) => Caseworker.DoAsync(
        HttpMethod.Put, Path($"/news/{Thing(thing)}"), News(kind, channel));

    public InformEnquirerBody News(NewsKind kind, ContactChannel channel = ContactChannel.InPerson) =>
        new(kind, channel, Today, kind is NewsKind.Located or NewsKind.AliveOnly or NewsKind.Death ? Person : null);

    public Task MissAsync(int thing, ContactChannel channel) => Caseworker.DoAsync(
        HttpMethod.Put, Path($"/unreachable-attempts/{Thing(thing)}"), new RecordUnreachableEnquirerBody(channel, Today));

    public Task<long> CloseAsync(ClosureOutcome outcome) =>
        DecideAsync(DemoAccounts.Caseworker, HttpMethod.Post, "/closure", new CloseCaseBody(outcome));

    // Reading

    public Task<JsonElement> ReadAsync(DemoAccount? by = null) => By(by ?? DemoAccounts.Supervisor).ReadAsync(Path());

    public async Task<long> VersionAsync(DemoAccount? by = null)
    {
        using var read = await By(by ?? DemoAccounts.Supervisor).GetAsync(Path());
        await read.BodyAsync();
        return read.Version();
    }

    /// <summary>Carries a command out on the version that the caller now sees.</summary>
    public async Task<long> DecideAsync(DemoAccount by, HttpMethod method, string below, object? body = null) =>
        await By(by).DoAsync(method, Path(below), body, await VersionAsync(by));

    /// <summary>Tries a command on the version that the caller now sees, whatever comes of it.</summary>
    public async Task<HttpResponseMessage> TryAsync(DemoAccount by, HttpMethod method, string below, object? body = null) =>
        await By(by).SendAsync(method, Path(below), body, await VersionAsync(by));

    /// <summary>Tries to change the priority on a version that is long gone.</summary>
    public Task<HttpResponseMessage> TryStaleAsync(DemoAccount by) =>
        By(by).SendAsync(HttpMethod.Put, Path("/priority"), new AssignPriorityBody(Priority.Dependent, "Frail."), version: 1);

    private async Task InCircleAsync(DemoAccount by, string below)
    {
        using var read = await By(by).GetAsync(Disclosure());
        await read.BodyAsync();
        await By(by).DoAsync(HttpMethod.Post, Disclosure(below), version: read.Version());
    }

    private PersonId Person => new(SoughtPerson);

    private HttpClient Caseworker => By(DemoAccounts.Caseworker);

    private HttpClient Officer => By(DemoAccounts.DisclosureOfficer);

    private HttpClient By(DemoAccount account) => api.Caller(account);

    private HttpClient By(DemoApiKey key) => api.Caller(key);

    private InterviewedConsent Consent(int thing, ConsentPurpose purpose, string recipient) =>
        new(Thing(thing), new GiveConsentBody(new PersonId(Enquirer), purpose, ConsentForm.Written, "prs", true, new DateOnly(2026, 11, 17), recipient));

    private static JsonNode Node<T>(T value) => JsonSerializer.SerializeToNode(value, Json.Options)!;
}

/// <summary>What a Society has settled before the first request comes.</summary>
internal static class Society
{
    /// <summary>Makes the demo's partner societies known.</summary>
    public static async Task KnowPartnersAsync(this RflApi api)
    {
        var supervisor = api.Caller(DemoAccounts.Supervisor);
        foreach (var (code, name, country) in new (string, string, string?)[]
        {
            ("DE", "German Red Cross", "DE"),
            ("ET", "Ethiopian Red Cross Society", "ET"),
            ("ICRC", "Central Tracing Agency", null),
        })
        {
            using var policy = await supervisor.GetAsync("/api/v1/policy");
            await supervisor.DoAsync(
                HttpMethod.Put, $"/api/v1/policy/partner-societies/{code}", new RegisterPartnerSocietyBody(name, country, country is null), policy.Version());
        }
    }
}

/// <summary>Past the API, into the database.</summary>
internal static class Databases
{
    public static async Task ExecuteAsync(this RflApi api, string statements)
    {
        await using var database = NpgsqlDataSource.Create(api.Database.ConnectionString);
        await using var command = database.CreateCommand(statements);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>One number.</summary>
    public static async Task<long> CountAsync(this RflApi api, string query, params Guid[] ids)
    {
        await using var database = NpgsqlDataSource.Create(api.Database.ConnectionString);
        await using var command = database.CreateCommand(query);
        foreach (var id in ids)
            command.Parameters.AddWithValue(id);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
