using System.Collections.Frozen;
using System.Reflection;
using Rfl.Api.Access;
using Rfl.Api.Pipeline;

namespace Rfl.Api.Reads;

/// <summary>Endpoints and what they read: an endpoint bears the name of the message it sends, and the message says what it shows.</summary>
public static class ReadEndpoints
{
    private static readonly FrozenDictionary<string, Type> messages = typeof(ReadEndpoints).Assembly.GetTypes()
        .Where(type => type.GetCustomAttribute<ReadsPersonalDataAttribute>() is not null || (type.IsClass && RefusedCommand.NamesRecords(type)))
        .ToFrozenDictionary(type => type.Name);

    /// <summary>Endpoints that send no message and show accounts, sessions and keys: whoever uses the system, not whom it is about. Of an enquirer's account they show no name, address or request.</summary>
    public static RouteGroupBuilder AboutAccountsOnly(this RouteGroupBuilder endpoints) =>
        endpoints.WithMetadata(new ReadsNoPersonalDataAttribute("Accounts, sessions and keys; the sign-in audit watches over them."));

    /// <summary>A caller who was turned away at the door wanted to read, or to change something of a case, all the same: the log says so.</summary>
    public static async Task LogTurnedAwayAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName is not { } name
            || !messages.TryGetValue(name, out var message))
            return;
        context.RequestServices.GetRequiredService<CurrentViewer>().ActAs(context.Viewer());
        var asked = context.Request.RouteValues.Values.Select(value => Guid.TryParse(value as string, out var id) ? id : (Guid?)null).OfType<Guid>();
        await context.RequestServices.GetRequiredService<ReadLog>().WriteRefusedAsync(message, [.. asked], context.RequestAborted);
    }
}
