using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Rfl.Api.Pipeline;
using Rfl.Infrastructure.Printing;

namespace Rfl.Api.Http;

/// <summary>The HTTP answer to a query as a document to be printed: made now, kept by no cache, and under a name that tells nothing.</summary>
public sealed class PrintedAnswer<T>(QueryOutcome<T> outcome, Func<T, PrintedDocument> print) : IResult, IEndpointMetadataProvider
{
    public const string MediaType = "application/pdf";

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(byte[]), [MediaType]));
        builder.Metadata.Add(new AnswersInPrint());
    }

    public Task ExecuteAsync(HttpContext httpContext) => outcome is QueryOutcome<T>.Found found
        ? WriteAsync(httpContext, print(found.Value).ToPdf())
        : new QueryAnswer<T>(outcome).ExecuteAsync(httpContext);

    private static async Task WriteAsync(HttpContext context, byte[] document)
    {
        context.Response.ContentType = MediaType;
        context.Response.ContentLength = document.Length;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentDisposition = "inline; filename=\"reply.pdf\"";
        await context.Response.Body.WriteAsync(document, context.RequestAborted);
    }
}

/// <summary>The endpoint answers with a document; a caller may accept nothing else.</summary>
public sealed record AnswersInPrint;
