using System.Reflection;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Rfl.Api.Reads;

namespace Rfl.Api.Pipeline;

/// <summary>Registers MediatR with every handler and validator of this assembly, and the steps that each message passes.</summary>
public static class PipelineSetup
{
    public static IHostApplicationBuilder AddRflPipeline(this IHostApplicationBuilder builder)
    {
        RuleCodes.Use();
        builder.Services.AddRflMessages(typeof(PipelineSetup).Assembly);
        return builder;
    }

    /// <summary>Adds the handlers and validators of an assembly, and the steps around them: log, read log, then permission, then shape.</summary>
    public static IServiceCollection AddRflMessages(this IServiceCollection services, Assembly assembly)
    {
        services.TryAddTransient<ServiceFactory>(provider => provider.GetRequiredService);
        services.TryAddTransient<IMediator, Mediator>();
        services.TryAddScoped<CurrentViewer>();
        services.TryAddScoped<RequestConditions>();
        services.TryAddEnumerable(ServiceDescriptor.Transient(typeof(IPipelineBehavior<,>), typeof(MessageLog<,>)));
        services.TryAddScoped<ReadLog>();
        services.TryAddEnumerable(ServiceDescriptor.Transient(typeof(IPipelineBehavior<,>), typeof(NothingShownUnlogged<,>)));
        services.TryAddEnumerable(ServiceDescriptor.Transient(typeof(IPipelineBehavior<,>), typeof(Authorisation<,>)));
        services.TryAddEnumerable(ServiceDescriptor.Transient(typeof(IPipelineBehavior<,>), typeof(Validation<,>)));

        foreach (var type in assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }))
        {
            foreach (var face in type.GetInterfaces().Where(face => face.IsGenericType))
            {
                var kind = face.GetGenericTypeDefinition();
                if (kind == typeof(IRequestHandler<,>) || kind == typeof(INotificationHandler<>) || kind == typeof(IValidator<>))
                    services.AddTransient(face, type);
            }
        }

        return services;
    }
}
