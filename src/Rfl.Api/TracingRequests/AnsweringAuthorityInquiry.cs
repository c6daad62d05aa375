using FluentValidation;
using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

public static class AnsweringAuthorityInquiry
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPut("/{id:guid}/authority-inquiries/{inquiryId:guid}/answer", Put)
            .WithName("AnswerAuthorityInquiry")
            .WithSummary("Records an authority's answer; a location or a death is reported as a finding instead")
            .TakesIdempotencyKey()
            .WithExample(new AnswerAuthorityInquiryBody(new DateOnly(2026, 11, 19), InquiryResult.Unknown, "No entry under any spelling."))
            .MayRefuse("inquiry-unknown", "already-recorded-differently");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, Guid inquiryId, AnswerAuthorityInquiryBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new AnswerAuthorityInquiry(new TracingRequestId(id), inquiryId, body), ct)).ToHttp();
}

public sealed record AnswerAuthorityInquiryBody(DateOnly AnsweredOn, InquiryResult Result, string Answer);

[AllowedFor(Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record AnswerAuthorityInquiry(TracingRequestId TracingRequestId, Guid InquiryId, AnswerAuthorityInquiryBody Body) : ICommand;

public sealed class AnswerAuthorityInquiryValidator : AbstractValidator<AnswerAuthorityInquiry>
{
    public AnswerAuthorityInquiryValidator()
    {
        RuleFor(command => command.Body.Answer).NotEmpty();
    }
}

public sealed class AnswerAuthorityInquiryHandler(TracingRequestDesk desk) : ICommandHandler<AnswerAuthorityInquiry>
{
    public Task<Outcome> Handle(AnswerAuthorityInquiry command, CancellationToken ct) =>
        desk.DecideAsync(command, command.TracingRequestId, VersionRule.NotNeeded, (request, work) =>
            {
                work.HappenedOn(command.Body.AnsweredOn);
                return SearchDecider.AnswerInquiry(request, command.InquiryId, command.Body.AnsweredOn, command.Body.Result, command.Body.Answer, work.Today);
            }, ct);
}
