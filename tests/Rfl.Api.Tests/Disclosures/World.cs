using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rfl.Api.AccessReplies;
using Rfl.Api.Http;
using Rfl.Api.Tests.Support;
using Rfl.Infrastructure.Projections;

namespace Rfl.Api.Tests.Disclosures;

/// <summary>Somebody outside the disclosure circle.</summary>
/// <param name="Secret">A partner search whose finding is the caller's own: it alone may show what the caller itself answered.</param>
internal sealed record Outsider(string Name, Func<RflApi, HttpClient> Client, Guid? Secret = null);

/// <summary>One of the two worlds that must look alike: an application on a database of its own, and the requests in it.</summary>
internal sealed partial class World(RflApi api, IReadOnlyList<Scenario> stories)
{
    public RflApi Api => api;

    public Scenario Story(int number) => stories.Single(story => story.Number == number);

    /// <summary>Everything that an outsider can read, as text: status, headers, body. Only what is drawn by lot is replaced.</summary>
    public async Task<Dictionary<string, string>> SeenByAsync(Outsider outsider, IReadOnlyList<(string Plain, IReadOnlyList<string> Filtered, bool Paged)> addresses)
    {
        await api.Services.GetRequiredService<FeedRunner>().CatchUpAsync();
        var references = await ReferencesAsync();
        var seen = new Dictionary<string, string>();
        var client = outsider.Client(api);
        foreach (var (plain, filtered, paged) in addresses)
        {
            if (outsider.Secret is { } secret && plain.Contains($"/partner/searches/{secret}", StringComparison.Ordinal))
                continue;
            var status = await SeeAsync(plain);
            if (status is 401 or 403 or 404)
                continue;
            foreach (var filter in filtered)
                await SeeAsync(filter);
            if (paged)
                await TurnPagesAsync(plain);
        }

        return seen;

        async Task<int> SeeAsync(string address)
        {
            using var answer = await client.GetAsync(With(references, address));
            seen[address] = await TextAsync(answer, references, outsider.Secret);
            if (answer.Content.Headers.ContentType?.MediaType == PrintedAnswer<AccessReply>.MediaType)
                seen[address] += await PrintedAsync(client, address, await answer.Content.ReadAsByteArrayAsync());
            return (int)answer.StatusCode;
        }

        async Task TurnPagesAsync(string address)
        {
            string? cursor = null;
            for (var page = 1; page < 40; page++)
            {
                using var answer = await client.GetAsync($"{address}limit=2{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
                seen[$"{address} page {page}"] = await TextAsync(answer, references, outsider.Secret);
                var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
                if (!body.TryGetProperty("nextCursor", out var next) || next.ValueKind != JsonValueKind.String)
                    return;
                cursor = next.GetString();
            }
        }
    }

    /// <summary>
    /// A document holds references, drawn by lot, as glyphs in compressed streams. It is the same in both worlds where the reply in JSON is, which is compared, if it
    /// follows from that reply to the byte.
    /// </summary>
    private static async Task<string> PrintedAsync(HttpClient client, string address, byte[] document)
    {
        var reply = JsonSerializer.Deserialize<AccessReply>(await client.GetStringAsync(address.Replace("/document", "", StringComparison.Ordinal)), Json.Options)!;
        var printed = reply.ToPrinted(Texts.Own).ToPdf();
        return document.AsSpan().SequenceEqual(printed) ? "(what the reply in JSON says)" : $"(another document, {Convert.ToHexString(SHA256.HashData(document))})";
    }

    /// <summary>What a command is answered, as text.</summary>
    public async Task<string> AnswerAsync(Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        return await TextAsync(answer, await ReferencesAsync(), null);
    }

    /// <summary>The database outside the circle: streams, events, rows and deadlines, names of columns left out that hold ciphertext or lots.</summary>
    public async Task<IReadOnlyList<string>> StoredOutsideCircleAsync()
    {
        string[] queries =
        [
            "select 'stream', id::text, type, version::text, timestamp::text from mt_streams where type <> 'disclosure'",
            """
            select 'event', stream_id::text, version::text, e.type, e.timestamp::text, e.headers - 'correlation' from mt_events e
            where stream_id in (select id from mt_streams where type <> 'disclosure')
            """,
            "select 'deadline', d::text from deadline d where stream_type <> 'disclosure'",
            "select 'case', to_jsonb(c) - 'reference' from case_row c",
            "select 'person', to_jsonb(p) - 'name' from case_person p",
            "select 'search', to_jsonb(s) - 'our_reference' from partner_search_row s",
            "select 'figure', f::text from monthly_figure f",
            "select 'read', r.read_at::text, r.viewer::text, r.view, r.refused::text, r.records::text, r.grounds::text, r.persons::text from read_log r",
            "select 'consent', to_jsonb(c) - 'evidence' - 'interpreter' from consent_row c",
            // Each world's authority is sealed and hashed with a key of its own.
            "select 'transfer', to_jsonb(t) - 'seq' - 'transaction_id' - 'recipient_sealed' - 'recipient_hash' from transfer_register t",
        ];
        var rows = new List<string>();
        await using var database = NpgsqlDataSource.Create(api.Database.ConnectionString);
        foreach (var query in queries)
        {
            await using var command = database.CreateCommand(query);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i).ToString())));
        }

        return [.. rows.Order(StringComparer.Ordinal)];
    }

    private async Task<Dictionary<string, string>> ReferencesAsync()
    {
        var references = new Dictionary<string, string>();
        await using var database = NpgsqlDataSource.Create(api.Database.ConnectionString);
        await using var command = database.CreateCommand("select id, reference from case_row");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            if (stories.FirstOrDefault(story => story.Id == reader.GetGuid(0)) is { } story)
                references[Readings.ReferenceOf(story)] = reader.GetString(1);
        }

        return references;
    }

    private static string With(Dictionary<string, string> references, string address) =>
        references.Aggregate(address, (text, reference) => text.Replace(reference.Key, reference.Value, StringComparison.Ordinal));

    private static async Task<string> TextAsync(HttpResponseMessage answer, Dictionary<string, string> references, Guid? secret)
    {
        var text = new StringBuilder().Append((int)answer.StatusCode).Append('\n');
        foreach (var header in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Date" or "Content-Length")).OrderBy(header => header.Key))
            text.Append(header.Key).Append(": ").AppendJoin(", ", header.Key == "X-Correlation-Id" ? ["(made)"] : header.Value).Append('\n');
        var body = answer.Content.Headers.ContentType?.MediaType == PrintedAnswer<AccessReply>.MediaType ? "" : await answer.Content.ReadAsStringAsync();
        text.Append(body.StartsWith('{') || body.StartsWith('[') ? Indented(Without(secret, JsonDocument.Parse(body).RootElement)) : body);
        foreach (var (stand, reference) in references)
            text.Replace(reference, stand);
        var told = Cursor().Replace(text.ToString(), "\"nextCursor\": \"(sealed)\"");
        told = Searched().Replace(told, "\"searched\": \"(keyed)\"");
        told = Correlation().Replace(told, "\"correlationId\": \"(made)\"");
        return Signed().Replace(ServerMade().Replace(told, "(made)"), "\"$1\": \"(salted)\"");
    }

    private static JsonElement Without(Guid? secret, JsonElement body)
    {
        if (secret is not { } id || body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("items", out var items))
            return body;
        var kept = items.EnumerateArray().Where(item => !item.TryGetProperty("id", out var own) || own.GetString() != id.ToString());
        return JsonSerializer.SerializeToElement(new { items = kept });
    }

    private static readonly JsonSerializerOptions indented = new() { WriteIndented = true };

    private static string Indented(JsonElement body) => JsonSerializer.Serialize(body, indented);

    /// <summary>Ids that the server made (version 7) are drawn by lot.</summary>
    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex ServerMade();

    /// <summary>What a checkpoint says of the logs is a salted hash and a signature of it: other bytes every time, also where nothing happened.</summary>
    [GeneratedRegex("\"(root|signature)\": \"[^\"]+\"")]
    private static partial Regex Signed();

    /// <summary>Each installation has a key of its own.</summary>
    [GeneratedRegex("\"searched\": \"[0-9a-f]+\"")]
    private static partial Regex Searched();

    /// <summary>Each request has one of its own.</summary>
    [GeneratedRegex("\"correlationId\": \"[0-9a-f-]{36}\"")]
    private static partial Regex Correlation();

    [GeneratedRegex("\"nextCursor\": \"[^\"]+\"")]
    private static partial Regex Cursor();
}
