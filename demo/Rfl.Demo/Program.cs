namespace Rfl.Demo;

internal static class Program
{
    private const string Usage = """
        Usage: ./rfl demo [ADDRESS]

        Fills a running server with fictional requests through its public API. ADDRESS is http://127.0.0.1:5080 unless given.
        Running it again adds what is missing and changes nothing else.
        """;

    /// <returns>0 when everything is there, 1 when the server did not answer or refused, 2 when the arguments are wrong.</returns>
    public static async Task<int> Main(string[] args)
    {
        if (args.Length > 1 || args is [['-', ..]])
            return Fail(2, Usage);
        var given = args.Length == 1 ? args[0] : "http://127.0.0.1:5080";
        if (!Uri.TryCreate(given, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return Fail(2, $"'{given}' is not an address such as http://127.0.0.1:5080.");
        address = new Uri(address.GetLeftPart(UriPartial.Authority));
        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        try
        {
            var told = await new Telling(new Service(http), DateOnly.FromDateTime(DateTime.UtcNow)).TellAllAsync(Stories.All);
            Report.Print(told, address, Console.Out);
            return 0;
        }
        catch (HttpRequestException)
        {
            return Fail(1, $"Nothing answers at {address}. Start the server with ./rfl run in another terminal, or name its address: ./rfl demo http://…");
        }
        catch (DemoException refused)
        {
            return Fail(1, refused.Message);
        }
    }

    private static int Fail(int code, string message)
    {
        Console.Error.WriteLine(message);
        return code;
    }
}
