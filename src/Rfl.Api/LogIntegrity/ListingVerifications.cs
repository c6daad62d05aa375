using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Infrastructure.TamperEvidence;

namespace Rfl.Api.LogIntegrity;

public static class ListingVerifications
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/log-verifications", Get)
            .WithTags("Log integrity")
            .WithName("ListLogVerifications")
            .WithSummary("What the latest nightly verifications of the logs found, newest first");

    public static async Task<QueryAnswer<ValueList<LogVerificationView>>> Get(IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListLogVerifications(), ct)).ToHttp();
}

/// <param name="Intact">Every log is as it was written.</param>
/// <param name="Breaks">What is not, the first broken link or row first.</param>
public sealed record LogVerificationView(DateTimeOffset VerifiedAt, bool Intact, ValueList<LogBreak> Breaks);

[AllowedFor(Role.DataProtectionOfficer)]
[ReadsNoPersonalData("When the logs were verified, and with what result.")]
public sealed record ListLogVerifications : IQuery<ValueList<LogVerificationView>>;

public sealed class ListLogVerificationsHandler(LogCheckpoints checkpoints) : IQueryHandler<ListLogVerifications, ValueList<LogVerificationView>>
{
    private const int Shown = 30;

    public async Task<QueryOutcome<ValueList<LogVerificationView>>> Handle(ListLogVerifications query, CancellationToken ct) =>
        (await checkpoints.VerificationsAsync(Shown, ct))
            .Select(past => new LogVerificationView(past.VerifiedAt, past.Breaks.Count == 0, past.Breaks.ToValueList())).ToValueList();
}
