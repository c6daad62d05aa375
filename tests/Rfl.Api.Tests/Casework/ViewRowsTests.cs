using Microsoft.Extensions.DependencyInjection;
using Rfl.Api.Tests.Support;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Disclosures;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.People;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.Projections;

namespace Rfl.Api.Tests.Casework;

/// <summary>Rows that a command changes are written with it, and no others: what they are is what a rebuild gives.</summary>
public sealed class ViewRowsTests(RflApi api) : IClassFixture<RflApi>, IAsyncLifetime
{
    private static readonly string[] tables =
    [
        "case_row", "case_person", "match_record", "consent_row", "deadline", "partner_search_row", "disclosure_row",
        "disclosure_consent_row", "partner_finding",
    ];

    public Task InitializeAsync() => api.KnowPartnersAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Rows_that_a_command_does_not_change_are_not_written()
    {
        var story = new Scenario(api, 1);
        await story.OpenAsync();
        await story.CarryOutAsync(await story.PlanAsync(20));
        var before = await WritingsAsync(story);

        api.Clock.Advance(TimeSpan.FromHours(1));
        await story.CarryOutAsync(await story.PlanAsync(21));

        var after = await WritingsAsync(story);
        Assert.NotEqual(before["case_row"], after["case_row"]);
        Assert.Equal(before["case_person"], after["case_person"]);
        Assert.Equal(before["match_record"], after["match_record"]);
        Assert.NotEqual("", before["match_record"]);
        // The period without activity starts again; what else is waited for stays.
        Assert.NotEmpty(before["deadline"].Split(' ').Intersect(after["deadline"].Split(' ')));
        Assert.NotEqual(before["deadline"], after["deadline"]);
    }

    [Fact]
    public async Task A_person_whose_details_change_is_written_and_the_others_are_not()
    {
        var story = new Scenario(api, 2);
        await story.OpenAsync();
        var before = (await WritingsAsync(story))["match_record"].Split(' ');

        await story.DecideAsync(DemoAccounts.Caseworker, HttpMethod.Put, $"/sought-persons/{story.SoughtPerson}", new RecordSoughtPersonBody(
            FamilyRelation.Son, new SoughtPersonCircumstances(), new PersonDetails([PersonName.Of(new NameComponent(NameComponentKind.Given, "Yonas"))])));

        var after = (await WritingsAsync(story))["match_record"].Split(' ');
        Assert.Equal(before.Length, after.Length);
        Assert.Single(after.Except(before));
    }

    [Fact]
    public async Task After_a_whole_story_the_rows_are_those_of_a_rebuild()
    {
        var story = new Scenario(api, 3);
        await story.OpenAsync();
        await story.CarryOutAsync(await story.PlanAsync(20));
        await story.AcknowledgeAsync(DemoAccounts.GermanRedCross, await story.AskPartnerAsync(30, "DE"));
        api.Clock.Advance(TimeSpan.FromDays(100));
        await api.RunAsync(Rfl.Api.Deadlines.ChasingDeadlines.JobName);
        await story.AnswerAsync(DemoAccounts.GermanRedCross, story.Thing(30), 61, PartnerAnswer.Located);
        await story.DiscloseAsync(70, DisclosureChoice.Coordinates);
        await story.TellAsync(80, NewsKind.Located);
        await story.CloseAsync(ClosureOutcome.ContactRestored);
        var shown = await RowsAsync();

        foreach (var view in api.Services.GetServices<IInlineView>())
            Assert.Equal(0, (await api.Services.GetRequiredService<ViewRebuilder>().RebuildAsync(view.Name, null, CancellationToken.None)).StreamsFailed);

        Assert.Equal(shown, await RowsAsync());
    }

    /// <summary>By which transaction each row of the request was written.</summary>
    private async Task<Dictionary<string, string>> WritingsAsync(Scenario story)
    {
        var writings = new Dictionary<string, string>();
        foreach (var (table, of, row) in new[]
        {
            ("case_row", "id", "r.id::text"), ("case_person", "case_id", "r.person_id::text"), ("match_record", "record_id", "r.person_id::text"),
            ("deadline", "stream_id", "r.kind || r.subject || r.since || r.occurrence"),
        })
        {
            writings[table] = await api.AskAsync<string>(
                $"select coalesce(string_agg(replace({row}, ' ', '_') || ':' || r.xmin, ' ' order by {row}), '') from {table} r where r.{of} = $1", story.Id);
        }

        return writings;
    }

    private async Task<string> RowsAsync()
    {
        var rows = new List<string>();
        foreach (var table in tables)
            rows.Add(await api.AskAsync<string>($"select coalesce(string_agg(r::text, E'\\n' order by r::text), '') from {table} r"));
        return string.Join("\n\n", rows);
    }
}
