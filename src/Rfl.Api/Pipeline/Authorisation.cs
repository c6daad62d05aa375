using MediatR;

namespace Rfl.Api.Pipeline;

/// <summary>Refuses a message whose permission does not include the viewer.</summary>
public sealed class Authorisation<TRequest, TResponse>(CurrentViewer viewer) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : IAnswer<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next) =>
        PermissionAttribute.Of(typeof(TRequest)).Allows(viewer.OrNobody) ? await next() : TResponse.NotAllowed;
}
