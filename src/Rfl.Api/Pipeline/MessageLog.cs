using System.Diagnostics;
using MediatR;

namespace Rfl.Api.Pipeline;

/// <summary>Notes the name and the ids of every message and what became of it; never its content.</summary>
public sealed partial class MessageLog<TRequest, TResponse>(ILogger<MessageLog<TRequest, TResponse>> log, CurrentViewer viewer, RequestConditions conditions)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : IAnswer<TResponse>
{
    private static readonly bool isDiscreet = typeof(TRequest).IsDefined(typeof(DiscreetAttribute), inherit: false);

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var name = isDiscreet ? "DiscreetMessage" : typeof(TRequest).Name;
        using var activity = Telemetry.Source.StartActivity(name);
        var started = Stopwatch.GetTimestamp();
        var answer = await next();
        var outcome = answer!.GetType().Name;
        activity?.SetTag("rfl.outcome", outcome);
        var elapsed = Stopwatch.GetElapsedTime(started);
        Telemetry.Messages.Record(elapsed.TotalSeconds, new("rfl.message", name), new("rfl.outcome", outcome));
        if (log.IsEnabled(LogLevel.Information))
        {
            var named = isDiscreet ? "" : string.Join(' ', MessageIds<TRequest>.Members.Select(id => $"{id.Name}={id.GetValue(request)}"));
            Answered(log, name, outcome, elapsed.TotalMilliseconds, named, viewer.OrNobody?.Id, conditions.CorrelationId);
        }

        return answer;
    }

    [LoggerMessage(LogLevel.Information, "{Message} {Outcome} in {Milliseconds} ms; {Ids}; viewer {Viewer}, correlation {Correlation}")]
    private static partial void Answered(
        ILogger log, string message, string outcome, double milliseconds, string ids, Guid? viewer, Guid correlation);
}
