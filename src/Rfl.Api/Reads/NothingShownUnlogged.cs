using MediatR;
using Rfl.Api.Pipeline;

namespace Rfl.Api.Reads;

/// <summary>
/// No answer that tells of a person leaves without its row in the read log: a handler that forgot it fails here, whatever it found. What is refused before
/// anything was loaded is written now; it alone costs a round trip of its own.
/// </summary>
public sealed class NothingShownUnlogged<TRequest, TResponse>(ReadLog reads, CurrentViewer viewer) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : IAnswer<TResponse>
{
    /// <summary>A record that moves at every one of so many reads is not read at all.</summary>
    private const int Attempts = 5;

    private static readonly bool isRead = ReadDeclarationAttribute.Of(typeof(TRequest)) is ReadsPersonalDataAttribute;

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (!isRead)
            return await next();
        var answer = await ReadAsync(next);
        if (answer.Shows && !reads.IsWritten)
            throw new InvalidOperationException($"{typeof(TRequest).Name} was to be answered without a row in the read log.");
        if (answer.Denies && !reads.IsWritten && viewer.OrNobody is not null)
            await reads.WriteRefusedAsync(typeof(TRequest), MessageIds<TRequest>.Of(request), cancellationToken);
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
