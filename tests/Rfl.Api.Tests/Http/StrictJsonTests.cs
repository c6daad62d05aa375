using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Rfl.Api.Tests.Http;

/// <summary>What is not in shape gets a 400 that names the field, and never what was sent.</summary>
public sealed class StrictJsonTests(ProbeApi api) : IClassFixture<ProbeApi>
{
    [Theory]
    [InlineData("""{"name":"Amina","nickname":"Mimi"}""", "nickname", "member-unknown")]
    [InlineData("""{"Name":"Amina"}""", "Name", "member-unknown")]
    [InlineData("""{"name":"Amina","children":[{"name":"Sara","pet":1}]}""", "children[0].pet", "member-unknown")]
    [InlineData("""{"name":"Amina","name":"Sara"}""", "name", "member-doubled")]
    [InlineData("""{}""", "name", "member-missing")]
    [InlineData("""{"name":null}""", "name", "not-a-text")]
    [InlineData("""{"name":7}""", "name", "not-a-text")]
    [InlineData("""{"name":"Amina","kind":1}""", "kind", "not-one-of")]
    [InlineData("""{"name":"Amina","kind":"1"}""", "kind", "not-one-of")]
    [InlineData("""{"name":"Amina","kind":"visit"}""", "kind", "not-one-of")]
    [InlineData("""{"name":"Amina","count":"3"}""", "count", "not-a-whole-number")]
    [InlineData("""{"name":"Amina","count":3.5}""", "count", "not-a-whole-number")]
    [InlineData("""{"name":"Amina","count":99999999999}""", "count", "not-a-whole-number")]
    [InlineData("""{"name":"Amina","at":"2026-11-22T10:30:00"}""", "at", "not-an-instant")]
    [InlineData("""{"name":"Amina","at":"2026-13-22T10:30:00Z"}""", "at", "not-an-instant")]
    [InlineData("""{"name":"Amina","day":"2026-02-30"}""", "day", "not-a-day")]
    [InlineData("""{"name":"Amina","person":"not-a-uuid"}""", "person", "not-a-uuid")]
    [InlineData("""{"name":"Amina","person":5}""", "person", "not-a-uuid")]
    [InlineData("""{"name":"Amina","safe":"yes"}""", "safe", "not-true-or-false")]
    [InlineData("""{"name":"Amina","children":{}}""", "children", "not-a-list")]
    [InlineData("""{"name":"Amina","children":[{"name":"Sara"},{"name":{}}]}""", "children[1].name", "not-a-text")]
    [InlineData("""{"name":"Amina","children":[null]}""", "children[0]", "not-an-object")]
    [InlineData("""{"name":"Amina","children":[{"name":"Sara","children":[{"name":"Ali","kind":3}]}]}""", "children[0].children[0].kind", "not-one-of")]
    [InlineData("""{"name":"Amina","children":[{}]}""", "children[0].name", "member-missing")]
    [InlineData("""{"name":"Amina","first.name":1}""", "['first.name']", "member-unknown")]
    [InlineData("""[]""", "", "not-an-object")]
    [InlineData("""{"name":"Amina",}""", "name", "json-malformed")]
    [InlineData("""{"name":"Amina" """, "name", "json-malformed")]
    [InlineData("""{"name":"Amina"}{}""", "", "json-malformed")]
    [InlineData("""{"name":"Amina"} // hello""", "", "json-malformed")]
    [InlineData("""{"name":"half \ud800 pair"}""", "name", "text-unreadable")]
    [InlineData("""{"name":"half \udc00 pair"}""", "name", "text-unreadable")]
    [InlineData("""{"name":"nul \u0000"}""", "name", "control-character")]
    [InlineData("""{"name":"bell \u0007"}""", "name", "control-character")]
    [InlineData("""{"name":"next line \u0085"}""", "name", "control-character")]
    [InlineData("""{"name":"Amina","labels":{"a\u0000b":"x"}}""", "labels", "control-character")]
    [InlineData("""{"name":"Amina","children":[{"name":"Sara"},{"name":"\u0000"}]}""", "children[1].name", "control-character")]
    [InlineData("", "", "body-missing")]
    [InlineData("null", "", "body-missing")]
    public async Task Names_the_field_and_what_is_wrong_with_it(string body, string field, string code)
    {
        var problem = await RefusedAsync(Encoding.UTF8.GetBytes(body));
        Assert.Equal($"{field}: {code}", Only(problem));
    }

    [Fact]
    public async Task Refuses_bytes_that_are_not_utf8_and_names_the_field()
    {
        byte[] body = [.. "{\"name\":\""u8, 0xC3, 0x28, .. "\"}"u8];
        Assert.Equal("name: text-unreadable", Only(await RefusedAsync(body)));
    }

    [Fact]
    public async Task Refuses_a_raw_control_character_inside_a_text()
    {
        Assert.Equal("name: json-malformed", Only(await RefusedAsync([.. "{\"name\":\"a"u8, 0x01, .. "\"}"u8])));
    }

    [Fact]
    public async Task Refuses_a_text_of_more_than_4000_characters_and_takes_one_of_4000()
    {
        Assert.Equal("name: text-too-long", Only(await RefusedAsync(Encoding.UTF8.GetBytes($$"""{"name":"{{new string('ا', 4001)}}"}"""))));
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(Encoding.UTF8.GetBytes($$"""{"name":"{{new string('ا', 4000)}}"}"""))).StatusCode);
    }

    [Fact]
    public async Task Takes_longer_texts_where_the_endpoint_takes_a_document()
    {
        var body = Encoding.UTF8.GetBytes($$"""{"name":"{{new string('x', 20_000)}}"}""");
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(body, "document")).StatusCode);
        Assert.Equal("name: text-too-long", Only(await RefusedAsync(body)));
    }

    [Fact]
    public async Task Refuses_json_that_nests_more_than_32_levels()
    {
        string Nested(int levels) => string.Concat(Enumerable.Repeat("""{"name":"a","children":[""", levels)) + string.Concat(Enumerable.Repeat("]}", levels));
        Assert.Equal("children: json-too-deep", Only(await RefusedAsync(Encoding.UTF8.GetBytes(Nested(17)))));
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(Encoding.UTF8.GetBytes(Nested(16)))).StatusCode);
        Assert.Equal("children: json-too-deep", Only(await RefusedAsync(Encoding.UTF8.GetBytes("""{"children":""" + new string('[', 100_000)))));
    }

    [Theory]
    [InlineData("echo", 256)]
    [InlineData("document", 1024)]
    public async Task Refuses_a_body_larger_than_the_endpoint_takes(string path, int kibibytes)
    {
        var labels = string.Join(',', Enumerable.Range(0, kibibytes).Select(n => $"\"{n:D4}\":\"{new string('x', 1010)}\""));
        var small = Encoding.UTF8.GetBytes($$$"""{"name":"a","labels":{{{{labels}}}}}""");
        Assert.True(small.Length <= kibibytes * 1024);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(small, path)).StatusCode);

        byte[] large = [.. small, .. Encoding.UTF8.GetBytes(new string(' ', kibibytes * 1024 - small.Length + 1))];
        using var answer = await PostAsync(large, path);
        await Expect.ProblemAsync(answer, 413, "body-too-large");
    }

    [Fact]
    public async Task Counts_a_body_that_does_not_state_its_length()
    {
        using var client = api.Client();
        using var content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes("{\"name\":\"a\"}" + new string(' ', 300_000))));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/probes/echo") { Content = content };
        request.Headers.TransferEncodingChunked = true;
        using var answer = await client.SendAsync(request);
        await Expect.ProblemAsync(answer, 413, "body-too-large");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Takes_json_in_utf8_only(string type)
    {
        using var client = api.Client();
        using var content = new ByteArrayContent("{\"name\":\"a\"}"u8.ToArray());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var answer = await client.PostAsync("/api/v1/probes/echo", content);
        await Expect.ProblemAsync(answer, 415, "media-type-unsupported");
    }

    [Fact]
    public async Task Never_repeats_what_was_sent()
    {
        using var answer = await PostAsync("""{"name":"Amina","count":"0612345678"}"""u8.ToArray());
        Assert.DoesNotContain("0612345678", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("0612345678", api.Log.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_several_faulty_texts_at_once()
    {
        var problem = await RefusedAsync("""{"name":"\u0000","labels":{"a":"\u0001"}}"""u8.ToArray());
        Assert.Equal(["name", "labels.a"], problem.GetProperty("errors").EnumerateObject().Select(field => field.Name));
    }

    [Theory]
    [InlineData("عبد الرحمن بن محمد")]
    [InlineData("ተስፋይ ገብረማርያም")]
    [InlineData("ڕێبوار خالید")]
    [InlineData("می\u200Cخواهم")]
    [InlineData("Nguyễn Thị Ánh")]
    [InlineData("Hoxhë Çelë")]
    [InlineData("गुरप्रीत")]
    [InlineData("李小龍 𠮷田")]
    [InlineData("👩‍👩‍👧‍👦 🇫🇷")]
    [InlineData("שָׁלוֹם")]
    [InlineData("line\nbreak\tand tab")]
    [InlineData("O'Brien & <b> \"quoted\" \\ +")]
    public async Task Names_in_every_script_survive(string name)
    {
        var composed = name.Normalize(NormalizationForm.FormC);
        Assert.Equal(composed, await EchoedAsync(name));
    }

    [Theory]
    [InlineData("Re\u0302bwar", "R\u00EAbwar")]
    [InlineData("A\u030Angstro\u0308m", "\u00C5ngstr\u00F6m")]
    [InlineData("\u0627\u0653", "\u0622")]
    [InlineData("one\r\ntwo\rthree", "one\ntwo\nthree")]
    public async Task Texts_become_nfc_with_plain_line_breaks(string sent, string kept) => Assert.Equal(kept, await EchoedAsync(sent));

    [Fact]
    public async Task Normalises_keys_and_keeps_everything_else_as_it_was()
    {
        using var answer = await PostAsync(Encoding.UTF8.GetBytes(
            "{\"name\":\"e\u0301\",\"count\":12,\"safe\":false,\"at\":null,\"labels\":{\"e\u0301\":\"\\\"\\u00e9\"},\"children\":[{\"name\":\"b\"}]}"));
        var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("\u00E9", body.GetProperty("name").GetString());
        Assert.Equal(12, body.GetProperty("count").GetInt32());
        Assert.False(body.GetProperty("safe").GetBoolean());
        Assert.Equal("\"\u00E9", body.GetProperty("labels").GetProperty("\u00E9").GetString());
        Assert.Equal("b", body.GetProperty("children")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Takes_a_byte_order_mark()
    {
        using var answer = await PostAsync([0xEF, 0xBB, 0xBF, .. "{\"name\":\"a\"}"u8]);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Speaks_enums_by_name_and_instants_in_utc()
    {
        using var answer = await PostAsync("""{"name":"a","kind":"ownLists","at":"2026-11-22T10:30:00+01:00"}"""u8.ToArray());
        var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("ownLists", body.GetProperty("kind").GetString());
        Assert.Equal("2026-11-22T09:30:00Z", body.GetProperty("at").GetString());
    }

    private static string Only(JsonElement problem)
    {
        var field = Assert.Single(problem.GetProperty("errorCodes").EnumerateObject());
        Assert.All(problem.GetProperty("errors").GetProperty(field.Name).EnumerateArray(), text => Assert.False(string.IsNullOrWhiteSpace(text.GetString())));
        return $"{field.Name}: {Assert.Single(field.Value.EnumerateArray()).GetString()}";
    }

    private async Task<string?> EchoedAsync(string name)
    {
        using var answer = await PostAsync(JsonSerializer.SerializeToUtf8Bytes(new { name }));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("name").GetString();
    }

    private async Task<JsonElement> RefusedAsync(byte[] body)
    {
        using var answer = await PostAsync(body);
        return await Expect.ProblemAsync(answer, 400, "request-invalid");
    }

    private async Task<HttpResponseMessage> PostAsync(byte[] body, string path = "echo")
    {
        using var client = api.Client();
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await client.PostAsync($"/api/v1/probes/{path}", content);
    }
}
