using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rfl.Domain.People;

/// <summary>A place as people name it: an address, a village and its head, a landmark, a camp.</summary>
/// <param name="Text">As given, in any script.</param>
/// <param name="Country">Where it is today, as far as known.</param>
/// <param name="Coordinates">Where somebody put it on a map.</param>
public sealed record Place(string Text, CountryCode? Country = null, Coordinates? Coordinates = null)
{
    public override string ToString() => "personal";
}

/// <summary>A point on the map and how far around it the place may lie.</summary>
[JsonConverter(typeof(CoordinatesJsonConverter))]
public sealed record Coordinates
{
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public Coordinates(double latitude, double longitude, double radiusMetres)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(AreValid(latitude, longitude, radiusMetres), true, nameof(latitude));
        (Latitude, Longitude, RadiusMetres) = (latitude, longitude, radiusMetres);
    }

    /// <summary>WGS 84 degrees, −90 to 90.</summary>
    public double Latitude { get; }

    /// <summary>WGS 84 degrees, −180 to 180.</summary>
    public double Longitude { get; }

    /// <summary>Metres, 0 to 1,000,000.</summary>
    public double RadiusMetres { get; }

    public static bool AreValid(double latitude, double longitude, double radiusMetres) =>
        latitude is >= -90 and <= 90 && longitude is >= -180 and <= 180 && radiusMetres is >= 0 and <= 1_000_000;

    public override string ToString() => "personal";
}

/// <summary>Refuses coordinates that are not on the globe when they are read.</summary>
public sealed class CoordinatesJsonConverter : JsonConverter<Coordinates>
{
    private sealed record Form(double Latitude, double Longitude, double RadiusMetres);

    public override Coordinates? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<Form>(ref reader, options) is not { } form ? null
        : Coordinates.AreValid(form.Latitude, form.Longitude, form.RadiusMetres) ? new Coordinates(form.Latitude, form.Longitude, form.RadiusMetres)
        : throw new JsonException("Latitude is -90 to 90, longitude -180 to 180, radius 0 to 1000000 metres.");

    public override void Write(Utf8JsonWriter writer, Coordinates value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(value);
        JsonSerializer.Serialize(writer, new Form(value.Latitude, value.Longitude, value.RadiusMetres), options);
    }
}
