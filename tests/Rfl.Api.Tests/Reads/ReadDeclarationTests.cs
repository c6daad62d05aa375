using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Api.Tests.Support;
using Rfl.Domain.Access;

namespace Rfl.Api.Tests.Reads;

/// <summary>Every endpoint says whether it tells of a person, and none that does can forget the read log.</summary>
public sealed class ReadDeclarationTests(RflApi api) : IClassFixture<RflApi>
{
    private static readonly Type[] messages = [.. typeof(ReadDeclarationAttribute).Assembly.GetTypes().Where(type => IsQuery(type) || IsCommand(type))];

    [Fact]
    public void Every_query_says_whether_it_tells_of_a_person() =>
        Assert.Empty(messages.Where(IsQuery).Where(type => type.GetCustomAttribute<ReadDeclarationAttribute>() is null).Select(type => type.Name));

    [Fact]
    public void Every_endpoint_that_answers_more_than_an_id_and_a_version_says_so_too()
    {
        var silent = new List<string>();
        foreach (var endpoint in api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/v1", StringComparison.Ordinal)))
        {
            var name = endpoint.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName;
            var message = messages.SingleOrDefault(type => type.Name == name);
            var answersIdsOnly = endpoint.Metadata.GetMetadata<MethodInfo>()!.ReturnType == typeof(Task<CommandAnswer<CarriedOut>>);
            if (message is null
                ? endpoint.Metadata.GetMetadata<ReadsNoPersonalDataAttribute>() is null
                : !answersIdsOnly && message.GetCustomAttribute<ReadDeclarationAttribute>() is null)
                silent.Add(name);
        }

        Assert.Empty(silent);
    }

    [Fact]
    public void Views_have_names_of_their_own_and_reasons_are_given()
    {
        var declared = messages.Select(type => type.GetCustomAttribute<ReadDeclarationAttribute>()).OfType<ReadDeclarationAttribute>().ToList();
        var views = declared.OfType<ReadsPersonalDataAttribute>().Select(read => read.View).ToList();
        Assert.Equal(views.Distinct(), views);
        Assert.All(views, view => Assert.Matches("^[a-z]+(-[a-z]+)*$", view));
        Assert.All(declared.OfType<ReadsNoPersonalDataAttribute>(), none => Assert.NotEmpty(none.Because));
    }

    [Fact]
    public void Every_command_at_a_path_with_an_id_is_logged_where_it_is_refused_under_a_name_that_is_no_views()
    {
        var commands = api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.Parameters.Any(parameter => parameter.Name.EndsWith("id", StringComparison.OrdinalIgnoreCase)))
            .Select(endpoint => messages.SingleOrDefault(type => type.Name == endpoint.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName))
            .OfType<Type>()
            .Where(type => IsCommand(type) && type.GetCustomAttribute<ReadDeclarationAttribute>() is null)
            .ToList();
        Assert.NotEmpty(commands);
        Assert.All(commands, type => Assert.True(RefusedCommand.NamesRecords(type), type.Name));
        var views = messages.Select(type => type.GetCustomAttribute<ReadDeclarationAttribute>()).OfType<ReadsPersonalDataAttribute>().Select(read => read.View);
        Assert.Empty(commands.Select(RefusedCommand.ViewOf).Intersect(views));
    }

    [Fact]
    public void A_query_that_says_nothing_is_never_carried_out() =>
        Assert.Throws<InvalidOperationException>(() => ReadDeclarationAttribute.Of(typeof(Silent)));

    [Fact]
    public async Task An_answer_without_its_row_never_leaves()
    {
        await using var scope = api.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentViewer>().ActAs(new Viewer(Guid.NewGuid(), [Role.Supervisor]));
        var step = ActivatorUtilities.CreateInstance<NothingShownUnlogged<Forgetful, QueryOutcome<string>>>(scope.ServiceProvider);

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            step.Handle(new Forgetful(), CancellationToken.None, () => Task.FromResult<QueryOutcome<string>>("Rahimullah")));
    }

    private static bool IsQuery(Type type) =>
        !type.IsInterface && type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IQuery<>));

    private static bool IsCommand(Type type) => !type.IsInterface && typeof(ICommand).IsAssignableFrom(type);

    private sealed record Silent : IQuery<string>;

    [ReadsPersonalData("forgotten")]
    private sealed record Forgetful : IQuery<string>;
}
