using FluentValidation;
using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.TracingRequests;
using Rfl.Domain.Transfers;

namespace Rfl.Api.TracingRequests;

public static class SendingAuthorityInquiry
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPut("/{id:guid}/authority-inquiries/{inquiryId:guid}", Put)
            .WithName("SendAuthorityInquiry")
            .WithSummary("Records an inquiry sent to an authority")
            .TakesIdempotencyKey()
            .WithExample(Examples.Inquiry)
            .MayRefuse("authority-consent-missing", "fields-withheld", "means-not-allowed", "case-not-open");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, Guid inquiryId, SendAuthorityInquiryBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new SendAuthorityInquiry(new TracingRequestId(id), inquiryId, body), ct)).ToHttp();
}

/// <param name="Channel">By which it went: by post unless said otherwise; e-mail, telephone or in person.</param>
public sealed record SendAuthorityInquiryBody(
    PersonId SoughtPerson,
    string Authority,
    DateOnly SentOn,
    string Question,
    AuthorityKind Kind = AuthorityKind.Other,
    TransferChannel Channel = TransferChannel.Post);

[AllowedFor(Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record SendAuthorityInquiry(TracingRequestId TracingRequestId, Guid InquiryId, SendAuthorityInquiryBody Body) : ICommand;

public sealed class SendAuthorityInquiryValidator : AbstractValidator<SendAuthorityInquiry>
{
    public SendAuthorityInquiryValidator()
    {
        RuleFor(command => command.Body.Authority).NotEmpty().MaximumLength(500);
        RuleFor(command => command.Body.Question).NotEmpty();
        RuleFor(command => command.Body.Channel)
            .Must(channel => channel is TransferChannel.Post or TransferChannel.Email or TransferChannel.Phone or TransferChannel.InPerson)
            .WithErrorCode("inquiry-channel-unfit");
    }
}

public sealed class SendAuthorityInquiryHandler(TracingRequestDesk desk) : ICommandHandler<SendAuthorityInquiry>
{
    public Task<Outcome> Handle(SendAuthorityInquiry command, CancellationToken ct) =>
        desk.DecideAsync(command, command.TracingRequestId, VersionRule.NotNeeded, (request, work) =>
            {
                work.HappenedOn(command.Body.SentOn);
                return SearchDecider.SendInquiry(
                    request, command.InquiryId, command.Body.SoughtPerson, command.Body.Authority, command.Body.SentOn, command.Body.Question, command.Body.Kind, command.Body.Channel, work.Policy, work.Today);
            }, ct);
}
