using System.Text.Json.Nodes;
using Rfl.Api.Http;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Support;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Transfers;

/// <summary>
/// What somebody writes as the authority that is asked may name a person. Whoever works on the case reads it and the register finds it; nothing else holds it, as the
/// search at the end of every class shows. What stands in the open has the form of a code.
/// </summary>
public sealed class WrittenRecipientTests(RflApi api) : IClassFixture<RflApi>
{
    private const string Doctor = "Dr Halima Nuristani, 12 rue du Port, 06 39 98 00 17";

    [Fact]
    public async Task An_authority_is_shown_and_found_as_it_was_written()
    {
        var story = new Scenario(api, 1);
        await story.OpenAsync(document => ((JsonObject)document["consents"]![2]!["consent"]!).Remove("recipient"));
        var caseworker = api.Caller(DemoAccounts.Caseworker);
        await caseworker.DoAsync(
            HttpMethod.Put,
            story.Path($"/authority-inquiries/{story.Thing(20)}"),
            new { soughtPerson = story.SoughtPerson, authority = Doctor, sentOn = "2026-11-22", question = "Is he a patient of yours?" });

        Assert.Equal(Doctor, Assert.Single((await caseworker.ReadAsync(story.Path())).GetProperty("authorityInquiries").EnumerateArray()).Text("authority"));
        Assert.Contains(Doctor, (await caseworker.ReadAsync(story.Path("/timeline"))).GetRawText(), StringComparison.Ordinal);
        Assert.Equal(Doctor, Assert.Single((await caseworker.ReadAsync(story.Path("/transfers"))).GetProperty("items").EnumerateArray()).Text("recipient"));
        var privacy = api.Caller(DemoAccounts.DataProtectionOfficer);
        foreach (var (asked, expected) in new[] { (Doctor.ToUpperInvariant(), 1), ("Dr Halima", 0) })
        {
            var found = (await privacy.ReadAsync($"/api/v1/transfers?recipient={Uri.EscapeDataString(asked)}")).GetProperty("items");
            Assert.Equal((asked, expected), (asked, found.GetArrayLength()));
        }
    }

    [Theory]
    [InlineData("language", "Dari, as his aunt in Lille says", FormRules.LanguageMalformed)]
    [InlineData("consents[2].consent.recipient", Doctor, FormRules.CodeMalformed)]
    [InlineData("consents[2].consent.language", "Dari, 06 39 98 00 17", FormRules.LanguageMalformed)]
    public async Task A_sentence_where_a_code_belongs_is_refused_with_its_place_and_what_to_send(string place, string text, string code)
    {
        var document = new Scenario(api, 2).Document(change =>
        {
            var holder = place.StartsWith("consents", StringComparison.Ordinal) ? change["consents"]![2]!["consent"]! : change;
            holder[place.Split('.')[^1]] = text;
        });
        using var answer = await api.Caller(DemoAccounts.Volunteer).SendAsync(HttpMethod.Put, new Scenario(api, 2).Path("/interview-document"), document);

        Assert.Equal(400, (int)answer.StatusCode);
        var error = Assert.Single(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["errors"]!.AsObject());
        Assert.Equal(place, error.Key);
        Assert.Contains(code == FormRules.LanguageMalformed ? "BCP 47" : "at most 50 letters and digits", error.Value!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr", true)]
    [InlineData("prs", true)]
    [InlineData("zh-Hant-TW", true)]
    [InlineData("es-419", true)]
    [InlineData("sl-rozaj-biske", true)]
    [InlineData("", false)]
    [InlineData("f", false)]
    [InlineData("français", false)]
    [InlineData("Dari from Herat", false)]
    [InlineData("fr-0639980017", false)]
    [InlineData("fr\n", false)]
    public void A_language_is_a_well_formed_tag(string text, bool isTag) => Assert.Equal(isTag, FormRules.IsLanguageTag(text));

    [Theory]
    [InlineData("prefecture-du-nord", true)]
    [InlineData("préfecture-du-nord", true)]
    [InlineData("DRK/2026:77", true)]
    [InlineData("", false)]
    [InlineData("-nord", false)]
    [InlineData("nord--est", false)]
    [InlineData("Dr Halima", false)]
    [InlineData("nord\n", false)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    public void A_code_is_letters_and_digits_in_groups(string text, bool isCode) => Assert.Equal(isCode, FormRules.IsCode(text));
}
