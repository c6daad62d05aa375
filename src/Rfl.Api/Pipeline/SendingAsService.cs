using MediatR;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Infrastructure.Jobs;

namespace Rfl.Api.Pipeline;

/// <summary>Commands of the service itself, each in a scope of its own: nobody's act.</summary>
internal static class SendingAsService
{
    /// <param name="correlation">The run of a job; null where the command stands alone.</param>
    public static async Task<Outcome> SendAsServiceAsync(this IServiceScopeFactory scopes, ICommand command, Guid? correlation, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentViewer>().ActAs(Viewer.System);
        if (correlation is { } run)
            scope.ServiceProvider.GetRequiredService<RequestConditions>().CorrelationId = run;
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(command, ct);
    }

    /// <summary>One item of a job: whatever is wrong with it stops no other.</summary>
    /// <param name="command">Made within: an item for which there is none is a failure too.</param>
    /// <param name="isNoFailure">Refusals that leave the item as it should be.</param>
    /// <returns>The code of the failure; null where there was none.</returns>
    public static async Task<string?> TrySendAsServiceAsync(
        this IServiceScopeFactory scopes, Func<ICommand> command, JobProgress run, CancellationToken ct, Func<Refusal, bool>? isNoFailure = null)
    {
        try
        {
            return await scopes.SendAsServiceAsync(command(), run.RunId, ct) switch
            {
                Outcome.Done => null,
                Outcome.Refused refused => isNoFailure?.Invoke(refused.Refusal) == true ? null : refused.Refusal.Code,
                var other => other.GetType().Name,
            };
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            return JobRunner.CodeOf(exception);
        }
    }
}
