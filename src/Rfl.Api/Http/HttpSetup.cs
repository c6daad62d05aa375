using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Rfl.Api.Access;
using Rfl.Api.Http.OpenApi;
using Rfl.Api.Operations;
using Rfl.Api.Pipeline;

namespace Rfl.Api.Http;

/// <summary>The door: what every request passes before it reaches a use case, and how every answer leaves.</summary>
public static class HttpSetup
{
    public static WebApplicationBuilder AddRflHttp(this WebApplicationBuilder builder)
    {
        TextRules.RequireUnicodeTables();
        var services = builder.Services;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // The largest that any endpoint takes; the door counts against the endpoint's own limit.
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
        });
        services.ConfigureHttpJsonOptions(options => Json.Configure(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        // Before AddProblemDetails: the first writer that can, writes.
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        services.AddProblemDetails();
        services.AddExceptionHandler<FaultHandler>();
        services.AddSingleton(Texts.Own);
        services.AddSingleton<Cursors>();
        services.AddAuthentication();
        services.AddAuthorization();
        services.AddRateLimiter(options => options.RejectionStatusCode = StatusCodes.Status429TooManyRequests);
        services.AddRequestTimeouts(options => options.DefaultPolicy = new()
        {
            Timeout = TimeSpan.FromSeconds(builder.Configuration.GetValue("Http:RequestTimeoutSeconds", 30)),
            TimeoutStatusCode = StatusCodes.Status504GatewayTimeout,
        });
        services.AddHsts(options => options.MaxAge = TimeSpan.FromDays(365));
        AddForwardedHeaders(builder);
        services.AddCors(options => options.AddDefaultPolicy(policy => policy
            .WithOrigins(builder.Configuration.GetSection("Http:AllowedOrigins").Get<string[]>() ?? [])
            .AllowAnyHeader()
            .AllowAnyMethod()
            .WithExposedHeaders("ETag", "Location", Door.CorrelationHeader)));
        services.AddRflOpenApi();
        return builder;
    }

    public static WebApplication UseRflHttp(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseMiddleware<AnswerHeaders>();
        app.UseMiddleware<RequestLog>();
        app.UseExceptionHandler();
        app.UseStatusCodePages(status =>
            status.HttpContext.WriteProblemAsync(Problems.Of(status.HttpContext, status.HttpContext.Response.StatusCode)));
        if (!app.Environment.IsDevelopment())
            app.UseHsts();
        app.UseRflOpenApi();
        app.UseRouting();
        app.UseCors();
        app.UseRequestTimeouts();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use((context, next) =>
        {
            if (context.IsSignedIn())
                context.RequestServices.GetRequiredService<CurrentViewer>().ActAs(context.Viewer());
            return next(context);
        });
        return app;
    }

    /// <summary>The group that every module maps into: <c>/api/v1</c>, signed in unless an endpoint says otherwise.</summary>
    public static RouteGroupBuilder MapRflApi(this WebApplication app)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/api"), api => api.UseMiddleware<Door>());
        return app.MapGroup("/api/v1").RequireAuthorization();
    }

    /// <summary>Trusts <c>X-Forwarded-*</c> only from the proxies named in <c>Http:TrustedProxies</c> (addresses or networks such as <c>10.0.0.0/8</c>).</summary>
    private static void AddForwardedHeaders(WebApplicationBuilder builder) => builder.Services.Configure<ForwardedHeadersOptions>(options =>
    {
        var trusted = builder.Configuration.GetSection("Http:TrustedProxies").Get<string[]>() ?? [];
        options.ForwardedHeaders = trusted.Length == 0
            ? ForwardedHeaders.None
            : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        foreach (var proxy in trusted)
        {
            if (proxy.Contains('/'))
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
            else
                options.KnownProxies.Add(IPAddress.Parse(proxy));
        }
    });
}

/// <summary>Headers of every answer: what a browser may not do with it, that nobody stores it, and the correlation id.</summary>
public sealed class AnswerHeaders(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context, RequestConditions conditions)
    {
        conditions.CorrelationId = Door.CorrelationOf(context);
        var headers = context.Response.Headers;
        context.Response.OnStarting(() =>
        {
            headers[Door.CorrelationHeader] = conditions.CorrelationId.ToString();
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
            if (context.Request.Path.StartsWithSegments("/api"))
            {
                headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
                headers.CacheControl = "no-store";
            }

            return Task.CompletedTask;
        });
        return next(context);
    }
}
