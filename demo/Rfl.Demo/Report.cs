namespace Rfl.Demo;

/// <summary>What was made, and what to look at next.</summary>
internal static class Report
{
    public static void Print(IReadOnlyList<Told> told, Uri server, TextWriter output)
    {
        var address = server.GetLeftPart(UriPartial.Authority);
        output.WriteLine($"{told.Count} fictional requests are at {address}:");
        output.WriteLine();
        foreach (var (story, reference, stage) in told)
            output.WriteLine($"  {reference,-12} {stage,-21} {story.Language,-4} {story.About}");
        output.WriteLine();
        output.WriteLine("  " + string.Join(", ", told.GroupBy(one => one.Stage).Select(group => $"{group.Count()} {group.Key}")));
        output.WriteLine(
            $"""

            Look at them:
              {address}/swagger       every operation, to try out; sign in with POST /api/v1/session
              Accounts, all with the password {Accounts.Password}:
                {Accounts.Supervisor,-30} the whole caseload; overdue deadlines; policy
                {Accounts.Caseworker,-30} a caseworker's own cases
                {Accounts.ChildProtection,-30} minors only
                {Accounts.DisclosureOfficer,-30} what was found, and the sealed refusal
                {Accounts.Volunteer,-30} own interviews; after submission only their stage

              # a token for one of them
              token=$(curl -s {address}/api/v1/session -H 'Content-Type: application/json' \
                -d '{Json(Accounts.Supervisor)}' | sed 's/.*"accessToken":"\([^"]*\)".*/\1/')
              # what is overdue, and what waits for a decision
              curl -s "{address}/api/v1/tracing-requests?worklist=overdue" -H "Authorization: Bearer $token"
              curl -s "{address}/api/v1/tracing-requests?worklist=awaitingDecision" -H "Authorization: Bearer $token"
              # one case with two sought persons
              curl -s {address}/api/v1/tracing-requests/{told.First(one => one.Story.Key == "gulalai").Story.RequestId} -H "Authorization: Bearer $token"
              # the sealed refusal: still "searching" for the supervisor; ask again with a token of {Accounts.DisclosureOfficer}
              curl -s {address}/api/v1/disclosures/{Path(told.First(one => one.Story.Key == "parwana").Story)} -H "Authorization: Bearer $token"
              # the inbox of a partner society
              curl -s {address}/api/v1/partner/searches -H 'X-Api-Key: {Accounts.PartnerKeys["DE"]}'
            """);
    }

    private static string Json(string account) => $$"""{"email":"{{account}}","password":"{{Accounts.Password}}"}""";

    private static string Path(Story story) => $"{story.RequestId}/{story.SoughtId(1)}";
}
