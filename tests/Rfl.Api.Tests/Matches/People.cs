using System.Text.Json;
using System.Text.Json.Nodes;
using Rfl.Api.Http;
using Rfl.Api.RegisteredPersons;
using Rfl.Api.Tests.Support;
using Rfl.Domain.Consents;
using Rfl.Domain.People;
using Rfl.Domain.People.Calendars;
using Rfl.Domain.RegisteredPersons;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Matches;

/// <summary>People to be found, all made up.</summary>
internal static class People
{
    public static readonly DateOnly Today = new(2026, 11, 22);

    public static PersonName Name(string text) => PersonName.Of(new NameComponent(NameComponentKind.Unknown, text));

    public static StatedDate Birth(string words, CalendarKind calendar)
    {
        Assert.True(StatedDate.TryRead(words, calendar, Today, out var date, out _));
        return date;
    }

    /// <summary>As written on a shelter's list, with the birth in the Afghan calendar.</summary>
    public static PersonDetails Naim(string birthWords = "1377/5/12") =>
        new([Name("Mohammad Naim Rahimi")], Name("Abdul Rahman"), Sex: Sex.Male, Birth: Birth(birthWords, CalendarKind.SolarHijri), Birthplace: new Place("Kunduz"));

    /// <summary>The same man as his mother's request writes him.</summary>
    public static PersonDetails NaimSought() =>
        new([Name("محمد نعیم رحیمی")], Name("عبدالرحمن"), Sex: Sex.Male, Birth: Birth("1998-08", CalendarKind.Gregorian), Birthplace: new Place("کندز"));

    public static RegisterPersonBody Registered(PersonDetails person, bool mayBeCompared = true, DateOnly? expiresOn = null) => new(
        RegistrationSource.SafeAndWell,
        Today,
        new RegistrationConsent(ConsentForm.Written, "prs", Today, mayBeCompared, expiresOn),
        new Registration(person, "Day centre"));

    public static Guid Id(int number) => new($"e0000000-0000-4000-8000-{number:D12}");

    public static string Path(int number) => $"/api/v1/registered-persons/{Id(number)}";

    public static async Task RegisterAsync(this RflApi api, int number, RegisterPersonBody body)
    {
        using var focalPoint = api.As(DemoAccounts.FocalPoint);
        await focalPoint.DoAsync(HttpMethod.Put, Path(number), body);
    }

    /// <summary>A submitted request that seeks this person.</summary>
    public static Task SeekAsync(this RflApi api, int number, PersonDetails person, Action<JsonObject>? change = null) => api.SubmitAsync(number, document =>
    {
        document["soughtPersons"]![0]!["details"] = JsonSerializer.SerializeToNode(person, Json.Options);
        change?.Invoke(document);
    });

    /// <summary>What a caseworker finds who searches for these words.</summary>
    public static async Task<List<JsonElement>> SearchAsync(this RflApi api, object body, DemoAccount? by = null)
    {
        using var searching = api.As(by ?? DemoAccounts.Caseworker);
        using var answer = await searching.SendAsync(HttpMethod.Post, "/api/v1/person-searches", body);
        return [.. (await answer.BodyAsync()).GetProperty("candidates").EnumerateArray()];
    }

    public static bool Has(this IEnumerable<JsonElement> found, Guid person) => found.Any(candidate => candidate.GetProperty("person").GetGuid() == person);
}
