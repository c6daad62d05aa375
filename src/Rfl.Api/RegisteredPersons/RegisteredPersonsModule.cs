using Rfl.Api.Matches;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.RegisteredPersons;

/// <summary>People who are safe and well, and partners' lists of people (handbook §2): the own lists in which a search begins (rule 7).</summary>
public static class RegisteredPersonsModule
{
    public static IServiceCollection AddRegisteredPersons(this IServiceCollection services) => services.AddInlineView<RegisteredMatchRecords>();

    public static IEndpointRouteBuilder MapRegisteredPersons(this IEndpointRouteBuilder api)
    {
        var persons = api.MapGroup("/registered-persons").WithTags("Registered persons");
        RegisteringPerson.Map(persons);
        WithdrawingRegistration.Map(persons);
        GettingRegisteredPerson.Map(persons);
        RegisteringPersonList.Map(api);
        return api;
    }
}
