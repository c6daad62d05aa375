using MediatR;
using Rfl.Api.Pipeline;

namespace Rfl.Api.Reads;

/// <summary>
/// No answer that tells of a person leaves without its row in the read log: a handler that forgot it fails here, whatever it found. What is refused before
/// anything was loaded is written now; it alone costs a round trip of its own. So is a command that was refused to the viewer: one that is carried out stands in
/// its events and writes nothing here.
/// </summary>
public sealed class NothingShownUnlogged<TRequest, TResponse>(ReadLog reads, CurrentViewer viewer) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : IAnswer<TResponse>
{
    /// <summary>A record that moves at every one of so many reads is not read at all.</summary>
    private const int Attempts = 5;

    private static readonly bool isRead = ReadDeclarationAttribute.Of(typeof(TRequest)) is ReadsPersonalDataAttribute;

    private static readonly bool isNamingCommand = !isRead && RefusedCommand.NamesRecords(typeof(TRequest));

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (!isRead)
            return isNamingCommand ? await CommandAsync(request, next, cancellationToken) : await next();
        var answer = await ReadAsync(next);
        if (answer.Shows && !reads.IsWritten)
            throw new InvalidOperationException($"{typeof(TRequest).Name} was to be answered without a row in the read log.");
        if (answer.Denies && !reads.IsWritten && viewer.OrNobody is not null)
            await reads.WriteRefusedAsync(typeof(TRequest), MessageIds<TRequest>.Of(request), cancellationToken);
        return answer;
    }

    /// <summary>What the service asks of itself is nobody's probing.</summary>
    private async Task<TResponse> CommandAsync(TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken ct)
    {
        var answer = await next();
        if (answer.Denies && viewer.OrNobody is { IsSystem: false })
            await reads.WriteRefusedAsync(typeof(TRequest), RefusedCommand.RecordsOf(request), ct);
        return answer;
    }

    private async Task<TResponse> ReadAsync(RequestHandlerDelegate<TResponse> next)
    {
        for (var attempt = 1; ; attempt++)
        {
            reads.Begin();
            try
            {
                return await next();
            }
            catch (ReadRaced) when (attempt < Attempts)
            {
            }
        }
    }
}
