using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging.Abstractions;
using Rfl.Domain.Common;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Infrastructure.Tests.EventStore;

public sealed class EventSerializerTests : IDisposable
{
    private readonly KeyEncryptionStatus status = new();
    private readonly PersonKeyVault vault;
    private readonly PersonKeyRing keys;

    public EventSerializerTests()
    {
        status.Set(null);
        vault = new PersonKeyVault(new KeyEncryptionKeys([TestStore.Key]), status, new LookupHash(), NullLogger<PersonKeyVault>.Instance);
        keys = vault.NewRing();
    }

    public void Dispose() => vault.Dispose();

    [Fact]
    public void An_event_is_stored_under_its_name_with_readable_work_data_and_sealed_personal_data()
    {
        var stored = Serializer().Write(new SampleRegistered(Samples.Rahima, Personal.Of(Samples.Rahima, "Rahima"), SampleKind.VeryUnusual), keys);

        var json = JsonNode.Parse(stored.Data)!.AsObject();
        Assert.Equal("sample-registered.v1", stored.Name);
        Assert.Equal([Samples.Rahima.Value], stored.Persons);
        Assert.Equal(["person", "name", "kind"], json.Select(member => member.Key));
        Assert.Equal("veryUnusual", (string?)json["kind"]);
        Assert.Equal(["person", "sealed"], json["name"]!.AsObject().Select(member => member.Key));
        Assert.DoesNotContain("Rahima", Encoding.UTF8.GetString(stored.Data), StringComparison.Ordinal);
    }

    [Fact]
    public void Members_that_a_newer_build_added_are_passed_over()
    {
        Assert.Equal(new SampleMoved(3), Read("sample-moved.v1", """{"step": 3, "height": 4}"""));
    }

    [Theory]
    [InlineData("sample-moved.v1", "{}")]
    [InlineData("sample-moved.v1", """{"step": "three"}""")]
    [InlineData("sample-registered.v1", """{"person": "0199bbbb-0000-7000-8000-000000000001", "name": null, "kind": "ordinary"}""")]
    [InlineData("sample-registered.v1", """{"person": "0199bbbb-0000-7000-8000-000000000001", "name": {"sealed": ""}, "kind": "ordinary"}""")]
    [InlineData("sample-registered.v1", """{"person": "0199bbbb-0000-7000-8000-000000000001", "name": {"person": "0199bbbb-0000-7000-8000-000000000001"}, "kind": 1}""")]
    public void A_record_that_does_not_fit_its_type_is_named_and_not_quoted(string name, string json)
    {
        var exception = Assert.Throws<UnreadableEventException>(() => Read(name, json));

        Assert.True(exception.IsKnown);
        Assert.DoesNotContain("three", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_of_a_newer_build_is_told_from_a_damaged_one()
    {
        Assert.False(Assert.Throws<UnreadableEventException>(() => Read("sample-moved.v9", "{}")).IsKnown);
    }

    [Fact]
    public void Older_versions_are_read_through_their_upcasters_and_stay_sealed_on_the_way()
    {
        var stored = Serializer().Write(new SampleCompanionsNamed([Personal.Of(Samples.Yonas, "Yonas")], new DateOnly(2020, 1, 1)), keys);
        var old = JsonNode.Parse(stored.Data)!.AsObject();
        old["companion"] = old["names"]![0]!.DeepClone();
        old.Remove("names");
        old.Remove("day");

        var read = Serializer(new FromOneNameToMany(), new AddDay()).Read(Samples.Stream, 1, "sample-companion-named.v0", Encoding.UTF8.GetBytes(old.ToJsonString()), keys);

        Assert.Equal(new SampleCompanionsNamed([Personal.Of(Samples.Yonas, "Yonas")], new DateOnly(1970, 1, 1)), read);
    }

    [Fact]
    public void A_catalogue_refuses_names_that_clash_and_upcasters_that_lead_nowhere()
    {
        Assert.Throws<InvalidOperationException>(() => EventCatalogue.Of([typeof(SampleMoved), typeof(SameName)]));
        Assert.Throws<InvalidOperationException>(() => EventCatalogue.Of([typeof(NoName)]));
        Assert.Throws<InvalidOperationException>(() => EventCatalogue.Of([typeof(SampleMoved)], new FromOneNameToMany()));
        Assert.Throws<InvalidOperationException>(() => EventCatalogue.Of([typeof(SampleCompanionsNamed)], new AddDay(), new AddDay()));
    }

    [Fact]
    public void A_discriminator_may_come_last_because_jsonb_orders_members_by_length()
    {
        var catalogue = EventCatalogue.Of([typeof(SampleShaped)]);

        var read = new EventSerializer(catalogue).Read(
            Samples.Stream, 1, "sample-shaped.v1", """{"shape": {"x": 1, "$kind": "round"}}"""u8.ToArray(), keys);

        Assert.Equal(new SampleShaped(new Shape.Round(1)), read);
    }

    [Fact]
    public void A_personal_value_cannot_be_written_as_plain_json()
    {
        Assert.Throws<JsonException>(() => JsonSerializer.Serialize(Personal.Of(Samples.Rahima, "Rahima"), EventJson.Options));
    }

    [Fact]
    public void A_personal_value_within_anothers_is_refused()
    {
        Assert.Throws<NotSupportedException>(() => keys.Seal(Personal.Of(Samples.Rahima, new Nested(Personal.Of(Samples.Yonas, "Yonas")))));
    }

    private static EventSerializer Serializer(params IUpcaster[] upcasters) =>
        new(EventCatalogue.Of([typeof(SampleRegistered), typeof(SampleMoved), typeof(SampleCompanionsNamed)], upcasters));

    private IDomainEvent Read(string name, string json) => Serializer().Read(Samples.Stream, 1, name, Encoding.UTF8.GetBytes(json), keys);

    [EventType("sample-moved.v1")]
    private sealed record SameName : IDomainEvent;

    private sealed record NoName : IDomainEvent;

    private sealed record Nested(Personal<string> Name);

    [EventType("sample-shaped.v1")]
    private sealed record SampleShaped(Shape Shape) : IDomainEvent;

    [JsonPolymorphic(TypeDiscriminatorPropertyName = "$kind")]
    [JsonDerivedType(typeof(Round), "round")]
    private abstract record Shape
    {
        public sealed record Round(int X) : Shape;
    }

    private sealed class FromOneNameToMany : IUpcaster
    {
        public string From => "sample-companion-named.v0";

        public string To => "sample-companions-named.v1";

        public JsonObject Upcast(JsonObject data) => new() { ["names"] = new JsonArray(data["companion"]!.DeepClone()) };
    }

    private sealed class AddDay : IUpcaster
    {
        public string From => "sample-companions-named.v1";

        public string To => "sample-companions-named.v2";

        public JsonObject Upcast(JsonObject data) => new(data.ToDictionary(member => member.Key, member => member.Value?.DeepClone()))
        {
            ["day"] = "1970-01-01",
        };
    }
}
