using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Rfl.Api.Http;
using Rfl.Api.Operations;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.Tests.Http;

/// <summary>The real door with a few small endpoints behind it, on a real socket and without a database.</summary>
public sealed class ProbeApi : IAsyncLifetime
{
    private WebApplication? app;

    /// <summary>Everything that was logged, as text.</summary>
    public LogLines Log { get; } = new();

    public IServiceProvider Services => app!.Services;

    public Uri Address { get; private set; } = new("http://localhost");

    /// <summary>A caller in one language, signed in as a caseworker unless told otherwise.</summary>
    public HttpClient Client(string language = "en", string? roles = "Caseworker")
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue(language));
        if (roles is not null)
            client.DefaultRequestHeaders.Add("X-Roles", roles);
        return client;
    }

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddRflOperations();
        builder.AddRflPipeline();
        builder.AddRflHttp();
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(Log);
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        builder.Services.AddRflMessages(typeof(ProbeApi).Assembly);
        var secrets = new LookupHash();
        secrets.Use([.. Enumerable.Range(1, 32).Select(number => (byte)number)]);
        builder.Services.AddSingleton(secrets);
        // The read log asks for a database, and no probe reads anything that it would be written for: this one is never opened.
        builder.Services.AddSingleton(NpgsqlDataSource.Create("Host=localhost"));
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddAuthentication(RolesInHeader.Name).AddScheme<AuthenticationSchemeOptions, RolesInHeader>(RolesInHeader.Name, null);
        app = builder.Build();
        app.UseRflHttp();
        app.MapRflOperations();
        Map(app.MapRflApi());
        await app.StartAsync();
        Address = new Uri(app.Urls.First());
    }

    public async Task DisposeAsync()
    {
        await app!.StopAsync();
        await app.DisposeAsync();
    }

    private static void Map(RouteGroupBuilder api)
    {
        var probes = api.MapGroup("/probes").WithTags("Probes");
        probes.MapPost("/echo", (Probe body) => TypedResults.Ok(body)).WithName("echoProbe").WithSummary("Answers what was sent")
            .WithExample(new Probe("Amina"));
        probes.MapPost("/document", (Probe body) => TypedResults.Ok(body)).WithName("sendDocument").WithSummary("Takes a document")
            .WithExample(new Probe("Amina")).TakesDocument();
        probes.MapGet("/search", (string? text, ProbeKind? kind, int? limit, [FromQuery(Name = "born-after")] DateOnly? bornAfter) =>
            TypedResults.Ok(new ProbesAsked(text, kind, limit, bornAfter))).WithName("searchProbes").WithSummary("Answers what was asked");
        probes.MapGet("/{id:guid}", async (Guid id, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new GetProbe(id), cancellationToken)).ToHttp()).WithName("getProbe").WithSummary("A probe");
        probes.MapGet("/page", ([FromQuery] string? cursor, Cursors cursors) => cursor is null
            ? ((QueryOutcome<Page<string>>)new Page<string>(["a", "b"], cursors.Seal("letters", new PlaceInLetters("b")))).ToHttp()
            : cursors.TryOpen<PlaceInLetters>("letters", cursor, out var place)
                ? ((QueryOutcome<Page<string>>)new Page<string>(["c after " + place!.Letter], null)).ToHttp()
                : new QueryOutcome<Page<string>>.Invalid("cursor", Cursors.Invalid).ToHttp()).WithName("listLetters").WithSummary("Letters by page");
        probes.MapPost("/{id:guid}/changes", async (Guid id, ChangeBody body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ChangeProbe(id, body), cancellationToken)).ToHttp())
            .WithName("changeProbe").WithSummary("Changes a probe").WithExample(new ChangeBody("done", "quiet")).RequiresVersion().TakesIdempotencyKey();
        probes.MapGet("/fault", string () => throw new InvalidOperationException("Amina's telephone is 0612345678"))
            .WithName("failProbe").WithSummary("Fails");
        probes.MapGet("/limited", () => TypedResults.StatusCode(429)).WithName("limitProbe").WithSummary("Always too many");
        probes.MapGet("/open", () => TypedResults.Ok("open")).AllowAnonymous().WithName("openProbe").WithSummary("For anybody");
    }

    private sealed class RolesInHeader(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        public const string Name = "roles";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (!Request.Headers.TryGetValue("X-Roles", out var roles))
                return Task.FromResult(AuthenticateResult.NoResult());
            var viewer = new Viewer(
                Guid.Parse("0198c5b2-0000-7000-8000-000000000001"), roles.ToString().Split(',').Select(Enum.Parse<Role>).ToValueList());
            var principal = new ClaimsPrincipal(new ClaimsIdentity(ViewerClaims.ClaimsOf(viewer), Name));
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(principal, Name)));
        }
    }
}

public enum ProbeKind
{
    FieldVisit,
    OwnLists,
}

public sealed record ProbesAsked(string? Text, ProbeKind? Kind, int? Limit, DateOnly? BornAfter);

public sealed record PlaceInLetters(string Letter);

public sealed record Probe(
    string Name,
    ProbeKind Kind = ProbeKind.FieldVisit,
    int Count = 0,
    DateTimeOffset? At = null,
    DateOnly? Day = null,
    PersonId? Person = null,
    bool Safe = true,
    ValueList<Probe> Children = default,
    IReadOnlyDictionary<string, string>? Labels = null);

public sealed record ChangeBody(string Kind, string? Note = null);

[AllowedFor(Role.Caseworker)]
public sealed record ChangeProbe(Guid Probe, ChangeBody Body) : ICommand;

public sealed class ChangeProbeValidator : AbstractValidator<ChangeProbe>
{
    public ChangeProbeValidator()
    {
        RuleFor(command => command.Body.Kind).NotEmpty().MaximumLength(20);
        RuleFor(command => command.Body.Note).MinimumLength(3);
    }
}

/// <summary>Answers by the kind of change that is asked for; the probe is always at version 7.</summary>
public sealed class ChangeProbeHandler(RequestConditions conditions) : ICommandHandler<ChangeProbe>
{
    public Task<Outcome> Handle(ChangeProbe request, CancellationToken cancellationToken) => Task.FromResult(request.Body.Kind switch
    {
        "already" => new Outcome.Done(request.Probe, 7),
        "created" => new Outcome.Done(request.Probe, 1, Location: $"/api/v1/probes/{request.Probe}", Created: true),
        "nothing" => new Outcome.Done(),
        "refused" => new Refusal("not-allowed", "kind"),
        "absent" => new Outcome.NotFound(),
        "different" => new Outcome.DifferentContent(),
        "key" => new Outcome.Done(Body: new { conditions.IdempotencyKey }),
        "key-reused" => new Outcome.DifferentRequest(),
        _ => conditions.Judge(7) ?? new Outcome.Done(request.Probe, 8),
    });
}

[AllowedFor(Role.Caseworker, Role.Supervisor)]
[ReadsNoPersonalData("A probe.")]
public sealed record GetProbe(Guid ProbeId) : IQuery<Probe>;

public sealed class GetProbeHandler : IQueryHandler<GetProbe, Probe>
{
    public static Guid Known { get; } = Guid.Parse("0198c5b2-6f0e-7c3a-9d64-2f1e8a7b5c10");

    public Task<QueryOutcome<Probe>> Handle(GetProbe request, CancellationToken cancellationToken) => Task.FromResult<QueryOutcome<Probe>>(
        request.ProbeId == Known
            ? new QueryOutcome<Probe>.Found(new Probe("عبد الرحمن", At: new DateTimeOffset(2026, 11, 22, 10, 30, 0, TimeSpan.FromHours(1))), 7)
            : new QueryOutcome<Probe>.NotFound());
}
