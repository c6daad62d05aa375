using System.Text;
using System.Text.Json;
using Rfl.Api.Tests.Support;
using Rfl.Testing.Secrecy;

namespace Rfl.Api.Tests.PersonalData;

/// <summary>The search for personal texts finds what is there; without that, finding nothing would mean nothing.</summary>
public sealed class ZeroHitSearchTests
{
    private const string Latin = "Tesfay O'Brien";
    private const string Arabic = "محمد نعیم";

    public static TheoryData<string, string> Kept()
    {
        var kept = new TheoryData<string, string>();
        foreach (var text in new[] { Latin, Arabic })
        {
            kept.Add(text, $"before {text} after");
            kept.Add(text, text.ToUpperInvariant());
            kept.Add(text, JsonSerializer.Serialize(new { text }));
            kept.Add(text, JsonSerializer.Serialize(new { text }).ToLowerInvariant());
            kept.Add(text, JsonSerializer.Serialize(new { text }).Replace("\\", "\\\\", StringComparison.Ordinal));
            kept.Add(text, text.Replace("'", "''", StringComparison.Ordinal));
            kept.Add(text, Uri.EscapeDataString(text));
            kept.Add(text, Convert.ToHexString(Encoding.UTF8.GetBytes(text)));
            kept.Add(text, $"\\x{Convert.ToHexStringLower(Encoding.Unicode.GetBytes(text))}");
            for (var before = 0; before < 4; before++)
                kept.Add(text, Convert.ToBase64String(Encoding.UTF8.GetBytes($"{new string('x', before)}{text}, aged 20")));
        }

        return kept;
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public void A_text_is_found_in_every_encoding(string text, string kept) => Assert.NotEmpty(new ZeroHitSearch([text]).In("here", kept));

    [Fact]
    public void A_text_in_UTF_16_is_found_and_what_is_not_there_is_not()
    {
        var search = new ZeroHitSearch([Latin, Arabic, "Lina"]);
        Assert.NotEmpty(search.In("here", Encoding.Unicode.GetBytes(Arabic)));
        Assert.NotEmpty(search.In("here", Encoding.BigEndianUnicode.GetBytes(Latin)));
        Assert.Empty(search.In("here", "Tesfay O'Bria"));
    }

    [Fact]
    public void A_short_text_counts_where_it_stands_alone_and_not_within_ciphertext()
    {
        var search = new ZeroHitSearch(["Selam"]);
        Assert.NotEmpty(search.In("here", "a name: Selam"));
        Assert.Empty(search.In("here", "AbSelamz0"));
    }

    [Fact]
    public void What_is_sent_counts_as_personal_unless_its_member_is_known_to_be_plain()
    {
        var sent = new PersonalStrings();
        sent.Collect("""{"kind":"located","account":{"account":"He was serving soup.","somethingNew":["Parish hall"]},"csv":"name,sex\nTesfay Haile,female\n","id":"7b0c8a4e-0000-4000-8000-000000000001"}"""u8.ToArray());

        Assert.Equal(["He was serving soup.", "Parish hall", "Tesfay Haile"], sent.All);
    }

    [Fact]
    public async Task A_text_kept_in_the_open_makes_the_class_fail_that_sent_it()
    {
        var api = new RflApi();
        await api.InitializeAsync();
        await api.SubmitAsync(1);
        var text = Secrecy.Secret(api.Sent)[^1];
        await api.ExecuteAsync($"create table planted (note bytea); insert into planted select convert_to('{text.Replace("'", "''", StringComparison.Ordinal)}', 'UTF8')");

        var failure = await Assert.ThrowsAsync<Xunit.Sdk.TrueException>(api.DisposeAsync);

        Assert.Contains($"\"{text}\" as hexadecimal in the dump", failure.Message, StringComparison.Ordinal);
    }
}
