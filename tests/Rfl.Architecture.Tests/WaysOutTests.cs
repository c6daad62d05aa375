using System.Reflection;
using System.Text.Json;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.TracingRequests;
using Rfl.Domain.Transfers;

namespace Rfl.Architecture.Tests;

/// <summary>
/// There is no way out of the house round the permission to transfer (handbook §8.5, docs/adr/0081): what leaves is a <see cref="Released{T}"/>, which only the
/// permission makes; facts of leaving are made of it in one place; answers to outsiders hold nothing else of anybody; and nobody else speaks to the network.
/// </summary>
public sealed class WaysOutTests
{
    private static readonly Assembly domain = typeof(IDomainEvent).Assembly;
    private static readonly Assembly api = typeof(Json).Assembly;
    private static readonly Assembly[] house = [domain, Assembly.Load("Rfl.Infrastructure"), api];

    private static readonly Role[] outsiders = [Role.PartnerSociety, Role.ReferralOrganisation, Role.Enquirer];

    /// <summary>Texts that outsiders get and that tell nothing of anybody: references drawn by lot, places in lists, and a partner's own words back.</summary>
    private static readonly string[] harmless =
    [
        "Page.NextCursor", "OwnRequestView.Reference", "SentRequestView.OurReference", "ReceivedSearchSummary.OurReference", "ReceivedAnswerView.Message",
    ];

    /// <summary>Types that may speak to the network. The mail takes what was released; the others carry nothing of a case.</summary>
    private static readonly string[] speakers = ["Rfl.Api.Mail.SendingMail", "Rfl.Infrastructure.LocalPostgres.LocalPostgresHost"];

    private static readonly Lazy<List<(Type WrittenIn, MethodBase Called)>> calls = new(() => [.. house.SelectMany(CalledMembers.Of)]);

    [Fact]
    public void Only_the_permission_makes_what_may_leave()
    {
        Assert.Empty(typeof(Released<>).GetConstructors());
        Assert.DoesNotContain(typeof(Released<>).GetProperties(), property => property.CanWrite);
        var makers = calls.Value.Where(call => call.Called.IsConstructor && IsReleased(call.Called.DeclaringType!))
            .Select(call => call.WrittenIn).Where(type => !IsReleased(type)).Distinct();
        Assert.Equal([typeof(TransferPermission)], makers);
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Deserialize<Released<string>>("\"Zaman\"", Json.Options));
    }

    [Fact]
    public void A_fact_of_leaving_is_made_of_what_was_released_and_nowhere_else()
    {
        var departures = Departing(domain);
        Assert.NotEmpty(departures);
        Assert.Empty(MadeElsewhere(calls.Value, departures));
        Assert.All(
            typeof(Departures).GetMethods().Where(method => departures.Contains(method.ReturnType)),
            method => Assert.Contains(method.GetParameters(), parameter => IsReleased(parameter.ParameterType)));
    }

    [Fact]
    public void What_outsiders_are_answered_holds_of_people_only_what_was_released()
    {
        var answers = Answers().ToList();
        Assert.True(answers.Count > 8, $"Only {answers.Count} answers to outsiders were found.");
        Assert.Empty(answers.SelectMany(Unreleased).Distinct());
    }

    [Fact]
    public void Nobody_else_speaks_to_the_network() => Assert.Empty(Speaking(calls.Value).Except(speakers));

    [Fact]
    public void The_mail_carries_what_was_released() => Assert.Contains(
        typeof(Rfl.Api.Mail.SendingMail).GetMethods(BindingFlags.NonPublic | BindingFlags.Instance).Where(method => method.ReturnType == typeof(System.Net.Mail.MailMessage)),
        method => method.GetParameters().Any(parameter => IsReleased(parameter.ParameterType)));

    [Fact]
    public void A_way_round_is_seen()
    {
        var here = CalledMembers.Of(typeof(Smuggler).Assembly).ToList();
        Assert.Equal(["WaysOutTests makes AuthorityInquirySent", "WaysOutTests changes TransmittedToPartner"], MadeElsewhere(here, Departing(domain)));
        Assert.Equal(["Leak.Name", "Leak.Person"], Unreleased(typeof(Page<Leak>)));
        Assert.Contains(typeof(WaysOutTests).FullName, Speaking(here));
    }

    private static HashSet<Type> Departing(Assembly assembly) =>
        [.. assembly.GetTypes().Where(type => type is { IsInterface: false } && type.IsAssignableTo(typeof(IDeparture)))];

    /// <summary>A record is made by its constructor, and made anew with other members by its initialisers.</summary>
    private static IEnumerable<string> MadeElsewhere(IEnumerable<(Type WrittenIn, MethodBase Called)> made, HashSet<Type> departures) => made
        .Where(call => departures.Contains(call.Called.DeclaringType!) && call.WrittenIn != typeof(Departures) && !departures.Contains(call.WrittenIn))
        .Where(call => call.Called.IsConstructor || call.Called.Name.StartsWith("set_", StringComparison.Ordinal))
        .Select(call => $"{call.WrittenIn.Name} {(call.Called.IsConstructor ? "makes" : "changes")} {call.Called.DeclaringType!.Name}")
        .Distinct();

    private static IEnumerable<string> Speaking(IEnumerable<(Type WrittenIn, MethodBase Called)> made) => made
        .Where(call => call.Called.IsConstructor && call.Called.DeclaringType!.FullName is
            "System.Net.Mail.SmtpClient" or "System.Net.Http.HttpClient" or "System.Net.Sockets.TcpClient" or "System.Net.Sockets.Socket"
            or "System.Net.Sockets.UdpClient" or "System.Net.WebSockets.ClientWebSocket")
        .Select(call => call.WrittenIn.FullName!)
        .Distinct();

    /// <summary>What queries of outsiders are answered, and the bodies of their commands.</summary>
    private static IEnumerable<Type> Answers()
    {
        var messages = api.GetTypes().Where(type => type.GetCustomAttribute<AllowedForAttribute>() is { } allowed && allowed.Roles.Intersect(outsiders).Any()).ToList();
        foreach (var message in messages)
        {
            foreach (var query in message.GetInterfaces().Where(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IQuery<>)))
                yield return query.GetGenericArguments()[0];
        }

        var senders = calls.Value.Where(call => call.Called.IsConstructor && messages.Contains(call.Called.DeclaringType!)).Select(call => call.WrittenIn).Distinct();
        foreach (var method in senders.SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static)))
        {
            var answer = method.ReturnType.IsGenericType ? method.ReturnType.GetGenericArguments()[0] : method.ReturnType;
            if (answer.IsGenericType && answer.GetGenericTypeDefinition() == typeof(CommandAnswer<>))
                yield return answer.GetGenericArguments()[0];
        }
    }

    private static IEnumerable<string> Unreleased(Type type) => Unreleased(type, type.Name, []);

    private static IEnumerable<string> Unreleased(Type type, string member, HashSet<Type> seen)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (IsReleased(type) || type.IsEnum || IsPlain(type))
            return [];
        if (type == typeof(string) || type.Assembly == domain && !IsList(type))
            return harmless.Contains(member) ? [] : [member];
        if (IsList(type) || type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return Unreleased(type.GetGenericArguments()[0], member, seen);
        return seen.Add(type)
            ? type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .SelectMany(property => Unreleased(property.PropertyType, $"{type.Name.Split('`')[0]}.{property.Name}", seen))
            : [];
    }

    private static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueList<>);

    private static bool IsReleased(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Released<>);

    /// <summary>Identifiers, numbers, instants: they name nobody to whom does not know them already.</summary>
    private static bool IsPlain(Type type) =>
        type == typeof(Guid) || type == typeof(bool) || type == typeof(int) || type == typeof(long) || type == typeof(DateOnly) || type == typeof(DateTimeOffset)
        || type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IId<>));

    private sealed record Leak(Guid Id, string Name, PersonDetails Person);

    /// <summary>Never called: only its code is read.</summary>
    private static class Smuggler
    {
        public static object[] Out(Rfl.Domain.PartnerSearches.TransmittedToPartner sent, Personal<string> words) =>
        [
            new AuthorityInquirySent(Guid.Empty, words.Subject, words, default, words),
            sent with { OurReference = "another" },
            new HttpClient(),
        ];
    }
}
