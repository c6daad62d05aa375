using Rfl.Infrastructure.PersonalData;

namespace Rfl.Infrastructure.Tests.PersonalData;

public sealed class InstallationCoverTests
{
    private static readonly Guid id = new("0199aaaa-0000-7000-8000-000000000001");
    private static readonly InstallationCover ours = new([.. Enumerable.Range(1, 32).Select(number => (byte)number)]);
    private static readonly InstallationCover others = new([.. Enumerable.Range(2, 32).Select(number => (byte)number)]);

    [Fact]
    public void An_id_has_one_other_name_that_leads_back_to_it()
    {
        Assert.Equal(id, ours.IdOf(ours.Alias(id)));
        Assert.NotEqual(id, ours.Alias(id));
        Assert.NotEqual(ours.Alias(id), others.Alias(id));
        Assert.NotEqual(ours.Alias(id), ours.Alias(new Guid("0199aaaa-0000-7000-8000-000000000002")));
    }

    /// <summary>Rows hold it: another derivation would lose sight of them.</summary>
    [Fact]
    public void The_other_name_never_changes() => Assert.Equal(new Guid("5afab64b-1d9c-19fb-d424-683a5ba697b8"), ours.Alias(id));

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(128)]
    public void What_fits_into_a_unit_is_equally_long(int length)
    {
        var json = new byte[length];
        json.AsSpan().Fill((byte)'1');

        foreach (var covered in new[] { ours.Cover(json, 128), ours.CoverRepeatably(json, 128) })
        {
            Assert.Equal(128 + 28, covered.Length);
            Assert.Equal(json, ours.TryUncover(covered).AsSpan(0, length));
            Assert.Null(others.TryUncover(covered));
        }
    }

    [Fact]
    public void Only_what_is_to_be_rebuilt_gives_the_same_bytes_twice()
    {
        Assert.Equal(ours.CoverRepeatably("{}"u8, 128), ours.CoverRepeatably("{}"u8, 128));
        Assert.NotEqual(ours.CoverRepeatably("{}"u8, 128), ours.CoverRepeatably("[]"u8, 128));
        Assert.NotEqual(ours.Cover("{}"u8, 128), ours.Cover("{}"u8, 128));
    }
}
