using System.Text;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.Tests.EventStore;

namespace Rfl.Infrastructure.Tests.PersonalData;

public sealed class DataKeyTests
{
    private static readonly Guid keyId = new("0199dddd-0000-7000-8000-000000000001");
    private readonly DataKey key = new(Samples.Rahima, keyId, TestStore.Key);

    // The stored form, for ever: what was sealed once must open in every later version. Computed by another library from the description.
    [Fact]
    public void The_envelope_of_version_one_stays_as_it_is()
    {
        const string Envelope =
            "AQGZ3d0AAHAAgAAAAAAAAAEcy0w4Kwj/z8rs7lWkSB3gyPxTQuNPPWTsyTnSBNwMBtcHw4ekyxSinISYNRVlWmtGccN6ESV9BOVweCM=";

        Assert.Equal(Envelope, Convert.ToBase64String(key.Seal("\"Rahima\""u8)));
        Assert.Equal("\"Rahima\"", Encoding.UTF8.GetString(key.TryOpen(Convert.FromBase64String(Envelope))!).TrimEnd());
    }

    [Fact]
    public void Every_bit_of_an_envelope_is_guarded()
    {
        var envelope = key.Seal("\"Rahima\""u8);
        for (var bit = 0; bit < envelope.Length * 8; bit++)
        {
            envelope[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(key.TryOpen(envelope));
            envelope[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.NotNull(key.TryOpen(envelope));
    }

    [Fact]
    public void An_envelope_opens_for_its_own_person_and_key_only()
    {
        var envelope = key.Seal("\"Rahima\""u8);

        Assert.Null(new DataKey(Samples.Yonas, keyId, TestStore.Key).TryOpen(envelope));
        Assert.Null(new DataKey(Samples.Rahima, Guid.Empty, TestStore.Key).TryOpen(envelope));
        Assert.Null(key.TryOpen([]));
    }

    [Theory]
    [InlineData("\"aliveOnly\"", "\"coordinatesMayBePassedOn\"")]
    [InlineData("\"a\"", "\"ab\"")]
    public void Short_values_do_not_differ_by_their_length(string one, string other)
    {
        Assert.Equal(key.Seal(Encoding.UTF8.GetBytes(one)).Length, key.Seal(Encoding.UTF8.GetBytes(other)).Length);
    }

    [Fact]
    public void The_same_value_gives_the_same_bytes_and_another_another_nonce()
    {
        Assert.Equal(key.Seal("1"u8), key.Seal("1"u8));
        Assert.NotEqual(key.Seal("1"u8)[17..29], key.Seal("2"u8)[17..29]);
    }
}
