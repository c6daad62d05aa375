using FluentValidation;
using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.Deadlines;
using Rfl.Api.Http;
using Rfl.Api.Mail;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.BreakGlass;
using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;

namespace Rfl.Api.BreakGlass;

public static class ReviewingBreakGlass
{
    public static void Map(IEndpointRouteBuilder breakGlass) =>
        breakGlass.MapPut("/{id:guid}/review", Put)
            .WithName("ReviewBreakGlass")
            .WithSummary("Judges whether looking beyond one's cases was justified; what was not ends at once")
            .TakesIdempotencyKey()
            .WithExample(new ReviewBreakGlassBody(BreakGlassJudgement.Justified, "Spoke to both; the enquirer was at the counter."))
            .MayRefuse("break-glass-not-opened", "break-glass-own-review", "break-glass-reviewed-differently");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, ReviewBreakGlassBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ReviewBreakGlass(id, body), ct)).ToHttp();
}

public sealed record ReviewBreakGlassBody(BreakGlassJudgement Judgement, string Note)
{
    public override string ToString() => "personal";
}

[AllowedFor(Role.Supervisor, Role.DataProtectionOfficer)]
public sealed record ReviewBreakGlass(Guid Id, ReviewBreakGlassBody Body) : ICommand;

public sealed class ReviewBreakGlassValidator : AbstractValidator<ReviewBreakGlass>
{
    public ReviewBreakGlassValidator()
    {
        RuleFor(command => command.Body.Judgement).IsInEnum();
        RuleFor(command => command.Body.Note).NotEmpty().MaximumLength(2000);
    }
}

/// <summary>Nobody reviewed it in time: the supervisors are told again.</summary>
[AllowedForSystem]
public sealed record PassBreakGlassDeadline(Guid BreakGlassId, DeadlineKey Deadline) : ICommand;

public sealed class ReviewBreakGlassHandler(Desk desk, DeadlineDesk deadlines) : ICommandHandler<ReviewBreakGlass>, ICommandHandler<PassBreakGlassDeadline>
{
    public Task<Outcome> Handle(ReviewBreakGlass command, CancellationToken ct) => desk.CarryOutAsync(
        command,
        [(command.Id, StreamKinds.BreakGlass.Name)],
        work => work.Record(
                StreamKinds.BreakGlass,
                command.Id,
                BreakGlassDecider.Review(work.State(StreamKinds.BreakGlass, command.Id), command.Body.Judgement, command.Body.Note, work.Viewer.Id))
            ?? new Outcome.Done(command.Id, work.VersionOf(command.Id)),
        ct);

    public Task<Outcome> Handle(PassBreakGlassDeadline command, CancellationToken ct) => deadlines.PassAsync(
        command,
        StreamKinds.BreakGlass,
        command.BreakGlassId,
        command.Deadline,
        BreakGlassDeadlines.Of,
        BreakGlassDecider.PassDeadline,
        new RoleNotice(Role.Supervisor, MailOutbox.BreakGlassReviewOverdue),
        ct);
}
