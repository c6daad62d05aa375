using System.Text.Json.Nodes;
using Rfl.Domain.Policies;
using Rfl.Infrastructure.Identity;

namespace Rfl.Torture.Clients;

/// <summary>One case as its clients know it.</summary>
internal sealed record Case(Guid Id, Guid Enquirer, Guid SoughtPerson)
{
    public string Path(string below = "") => $"/api/v1/tracing-requests/{Id}{below}";

    public string Search(Guid search, string below = "") => Path($"/partner-searches/{search}{below}");

    public string Disclosure(string below = "") => $"/api/v1/disclosures/{Id}/{SoughtPerson}{below}";
}

/// <summary>
/// The commands of a tracing service's day, made from the API's own examples and a seeded chance: everything that is made gets its id here. Not for several
/// threads.
/// </summary>
internal sealed class Casework(JsonNode document, Random chance, DateOnly today)
{
    public const string Partner = "DE";

    private static readonly string supervisor = DemoAccounts.Supervisor.Email;
    private static readonly string worker = DemoAccounts.Caseworker.Email;
    private static readonly string officer = DemoAccounts.DisclosureOfficer.Email;

    /// <summary>With the examples that a node describes, dated today.</summary>
    public static async Task<Casework> ForAsync(Uri node, Random chance)
    {
        using var http = new HttpClient();
        var document = JsonNode.Parse(await http.GetStringAsync(new Uri(node, "/swagger/v1/swagger.json")))!;
        return new Casework(document, chance, WorkingCalendar.DayOf(DateTimeOffset.UtcNow));
    }

    public Guid NewId()
    {
        var id = new byte[16];
        chance.NextBytes(id);
        id[6] = (byte)((id[6] & 0x0F) | 0x40);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }

    public Case NewCase() => new(NewId(), NewId(), NewId());

    public Command KnowPartner() => new(
        NewId(), "RegisterPartnerSociety", supervisor, HttpMethod.Put, $"/api/v1/policy/partner-societies/{Partner}", Api.Casework.PolicyInForce.StreamId,
        new { name = "German Red Cross", country = "DE" }, "/api/v1/policy", Always: false);

    /// <summary>An adult lost in Turkey, searched for by every means, with consent to ask the partner.</summary>
    public Command Interview(Case of)
    {
        var example = document["paths"]!["/api/v1/tracing-requests/{id}/interview-document"]!["put"]!["requestBody"]!["content"]!["application/json"]!["example"]!;
        var (enquirer, sought) = (example["enquirer"]!["enquirer"]!.GetValue<string>(), example["soughtPersons"]![0]!["soughtPerson"]!.GetValue<string>());
        var body = JsonNode.Parse(example.ToJsonString()
            .Replace(enquirer, of.Enquirer.ToString(), StringComparison.Ordinal)
            .Replace(sought, of.SoughtPerson.ToString(), StringComparison.Ordinal))!;
        body["interviewedOn"] = Day;
        body["soughtPersons"]![0]!["circumstances"] = new JsonObject();
        body["securityAssessment"]!["assessment"]!["allowedMeans"] = new JsonArray("ownLists", "fieldVisit", "partnerSociety", "authorityInquiry");
        var consent = body["consents"]![0]!;
        consent["consentId"] = NewId();
        consent["consent"]!["purpose"] = "transferToPartner";
        consent["consent"]!["recipient"] = Partner;
        consent["consent"]!["givenOn"] = Day;
        return Put("ReceiveInterviewDocument", DemoAccounts.Volunteer.Email, of, "/interview-document", body);
    }

    public Command Accept(Case of) => Decide("AcceptTracingRequest", HttpMethod.Post, supervisor, of, "/acceptance") with { Always = true };

    public Command Assign(Case of, Guid? caseworker = null) =>
        Decide("AssignCase", HttpMethod.Put, supervisor, of, "/assignment", new { caseworkerId = caseworker ?? DemoAccounts.Caseworker.Id });

    public Command Prioritise(Case of) => Decide(
        "AssignPriority", HttpMethod.Put, supervisor, of, "/priority", new { priority = Any("atRisk", "dependent", "standard"), justification = "Judged anew." });

    public Command Rest(Case of) => Decide("MakeCaseDormant", HttpMethod.Post, supervisor, of, "/dormancy");

    public Command Reopen(Case of) => Decide("ReopenCase", HttpMethod.Post, supervisor, of, "/reopening", new { reason = "newInformation" });

    public Command Close(Case of) => Decide("CloseCase", HttpMethod.Post, supervisor, of, "/closure", new { outcome = Any("foundByFamily", "insufficientData") });

    public Command Suspend(Case of) => Decide("SuspendCase", HttpMethod.Post, supervisor, of, "/suspension", new { reason = Any("security", "enquirerUnreachable") });

    public Command ReviewDormant(Case of) =>
        Decide("ReviewDormantCase", HttpMethod.Post, supervisor, of, "/dormancy-reviews", new { reviewedOn = Day, findings = $"Nothing new at {chance.Next(2)}." });

    public Command Withdraw(Case of) => new(NewId(), "WithdrawTracingRequest", supervisor, HttpMethod.Post, of.Path("/withdrawal"), of.Id, Always: false);

    public Command Link(Case of, Case other) => Put("LinkTracingRequests", supervisor, of, $"/links/{other.Id}", new { reason = Any("sameSoughtPerson", "sameFamily") });

    public Command Unlink(Case of, Case other) => new(NewId(), "UnlinkTracingRequests", supervisor, HttpMethod.Delete, of.Path($"/links/{other.Id}"), of.Id, Always: false);

    public Command Inquire(Case of, Guid id) => Put(
        "SendAuthorityInquiry", supervisor, of, $"/authority-inquiries/{id}",
        new { soughtPerson = of.SoughtPerson, authority = "prefecture-du-nord", sentOn = Day, question = $"Is he known at desk {chance.Next(2)}?" });

    public Command Lead(Case of, Guid? id = null) => Put(
        "ReceiveLead", worker, of, $"/leads/{id ?? NewId()}", new { soughtPerson = of.SoughtPerson, provenance = "community", content = $"Seen at market {chance.Next(3)}." });

    public Command Plan(Case of, Guid id) => Put(
        "PlanSearchAction", worker, of, $"/search-actions/{id}", new { soughtPerson = of.SoughtPerson, means = "fieldVisit", plan = $"Ask at point {chance.Next(3)}." });

    public Command CarryOut(Case of, Guid id) => Put(
        "CarryOutSearchAction", worker, of, $"/search-actions/{id}/result",
        new { carriedOutOn = Day, result = "nothingFound", provenance = "ownStaff", account = $"Nobody knew the name at point {chance.Next(2)}." });

    public Command Tell(Case of) => Put("InformEnquirer", worker, of, $"/news/{NewId()}", new { kind = "noNews", channel = "phone", informedOn = Day });

    public Command Miss(Case of) =>
        Put("RecordUnreachableEnquirer", worker, of, $"/unreachable-attempts/{NewId()}", new { channel = Any("phone", "inPerson"), attemptedOn = Day });

    public Command AskEnquirer(Case of, Guid id) =>
        Put("RequestInformation", supervisor, of, $"/information-requests/{id}", new { question = $"Which of {chance.Next(2) + 2} villages?" });

    public Command AnswerForEnquirer(Case of, Guid id) =>
        Put("ProvideInformation", supervisor, of, $"/information-requests/{id}/answer", new { answer = $"Number {chance.Next(2)}." });

    /// <param name="deadline">As the service names it: kind, subject, since, occurrence.</param>
    public Command MoveDeadline(Case of, object deadline, DateTimeOffset dueAt) =>
        Decide("MoveDeadline", HttpMethod.Post, supervisor, of, "/moved-deadlines", new { deadline, dueAt, reason = "She asked for it." }) with { Always = true };

    public Command Prepare(Case of, Guid search) => new(
        NewId(), "PrepareTransmission", worker, HttpMethod.Put, of.Search(search), search,
        new { soughtPerson = of.SoughtPerson, society = Partner, fields = new[] { "soughtPersonNames", "lossOfContact" } });

    public Command Transmit(Case of, Guid search) => new(
        NewId(), "TransmitToPartner", worker, HttpMethod.Post, of.Search(search, "/transmission"), search, DecidesOn: of.Search(search));

    public Command Acknowledge(Guid search) => new(
        NewId(), "AcknowledgeReceipt", Partner, HttpMethod.Put, $"/api/v1/partner/searches/{search}/receipt", search, new { yourReference = "DE-1" });

    public Command Find(Case of) => new(
        NewId(), "ReportFinding", worker, HttpMethod.Put, of.Path($"/sought-persons/{of.SoughtPerson}/findings/{NewId()}"), Guid.Empty,
        new { kind = "located", source = "ownSearch", foundOn = Day, account = new { account = "Gave his name and his father's." } });

    public Command Identify(Case of) => new(
        NewId(), "VerifyIdentity", officer, HttpMethod.Put, of.Disclosure("/identity"), Guid.Empty, new { verifiedOn = Day, how = "Named both parents." });

    private string Day => today.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    private string Any(params string[] values) => values[chance.Next(values.Length)];

    private Command Put(string kind, string who, Case of, string below, object body) => new(NewId(), kind, who, HttpMethod.Put, of.Path(below), of.Id, body);

    private Command Decide(string kind, HttpMethod method, string who, Case of, string below, object? body = null) =>
        new(NewId(), kind, who, method, of.Path(below), of.Id, body, of.Path(), Always: false);
}
