using FluentValidation;
using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

public static class StartingTracingInterview
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPost("/", Post)
            .WithName("StartTracingInterview")
            .WithSummary("Starts an interview under an id made by the client")
            .Creates()
            .TakesIdempotencyKey()
            .WithExample(Examples.Interview)
            .MayRefuse("interview-already-started-differently");

    public static async Task<CommandAnswer<CarriedOut>> Post(StartTracingInterviewBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new StartTracingInterview(body), ct)).ToHttp();
}

/// <param name="TracingRequestId">Made by the client, so that a repeated request is the same interview.</param>
/// <param name="Language">BCP 47 tag of the language of the interview.</param>
/// <param name="Region">The regional office; left out by those who have one.</param>
public sealed record StartTracingInterviewBody(
    TracingRequestId TracingRequestId, DateOnly InterviewedOn, string Language, bool InterpreterNeeded, string? Region = null);

[AllowedFor(Role.FieldVolunteer, Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record StartTracingInterview(StartTracingInterviewBody Body) : ICommand;

public sealed class StartTracingInterviewValidator : AbstractValidator<StartTracingInterview>
{
    public StartTracingInterviewValidator()
    {
        RuleFor(command => command.Body.TracingRequestId.Value).NotEmpty().OverridePropertyName("Body.TracingRequestId");
        RuleFor(command => command.Body.InterviewedOn).InTheServicesTime();
        RuleFor(command => command.Body.Language).LanguageTag();
        RuleFor(command => command.Body.Region).Code();
    }
}

public sealed class StartTracingInterviewHandler(Desk desk) : ICommandHandler<StartTracingInterview>
{
    public Task<Outcome> Handle(StartTracingInterview command, CancellationToken ct)
    {
        var id = command.Body.TracingRequestId.Value;
        return desk.CarryOutAsync(command, [(id, StreamKinds.TracingRequest.Name)], work => Start(command.Body, id, work), ct);
    }

    internal static Outcome Start(StartTracingInterviewBody body, Guid id, Work work)
    {
        if (body.InterviewedOn > work.Today)
            return TracingRequestRefusals.DateInFuture;
        var interview = new TracingInterviewStarted(
            ReferenceNumbers.Draw(),
            work.Viewer.Region ?? body.Region ?? Regions.Headquarters,
            work.Viewer.Id,
            body.InterviewedOn,
            body.Language,
            body.InterpreterNeeded);
        var request = work.State(StreamKinds.TracingRequest, id);
        return work.Record(StreamKinds.TracingRequest, id, InterviewDecider.Start(request, interview))
            ?? new Outcome.Done(id, work.VersionOf(id), Location: $"/api/v1/tracing-requests/{id}", Created: true);
    }
}

public static class Regions
{
    /// <summary>Where requests belong that no regional office took.</summary>
    public const string Headquarters = "headquarters";
}

public static class ReferenceNumbers
{
    /// <summary>Drawn, not counted: see <see cref="ReferenceNumber"/>. A number drawn twice is refused by the database and drawn again.</summary>
    public static string Draw() => ReferenceNumber.Of(System.Security.Cryptography.RandomNumberGenerator.GetInt32(ReferenceNumber.Count));
}
