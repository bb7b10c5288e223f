using Reception.Protocol;

namespace Reception.Unit.Tests.Pairing;

/// <summary>The six digits that people compare, and the names that they give.</summary>
public sealed class PairingCodeTests
{
    private static readonly Guid Id = new("0e4b1f6a-7c1d-4b8e-9a51-2f0c3d4e5f60");

    // By another program: SHA-256 over b"authority", the id's text and the nonce's.
    [Fact]
    public void The_code_is_what_any_other_program_computes() => Assert.Equal("374622", PairingCode.Of("authority"u8, Id, "5pmv2c7k3x9q4n8w"));

    [Fact]
    public void Another_authority_pairing_or_nonce_gives_another_code()
    {
        var code = PairingCode.Of("authority"u8, Id, "5pmv2c7k3x9q4n8w");

        Assert.NotEqual(code, PairingCode.Of("authoritz"u8, Id, "5pmv2c7k3x9q4n8w"));
        Assert.NotEqual(code, PairingCode.Of("authority"u8, new Guid("0e4b1f6a-7c1d-4b8e-9a51-2f0c3d4e5f61"), "5pmv2c7k3x9q4n8w"));
        Assert.NotEqual(code, PairingCode.Of("authority"u8, Id, "5pmv2c7k3x9q4n8x"));
    }

    [Fact]
    public void Every_code_has_six_digits() => Assert.All(
        Enumerable.Range(0, 5_000), count => Assert.Matches("^[0-9]{6}$", PairingCode.Of("authority"u8, Id, $"{count}")));

    [Fact]
    public void A_code_is_shown_in_two_halves() => Assert.Equal("004 902", PairingCode.Shown("004902"));

    [Theory]
    [InlineData("Máy đánh giá quầy 5", true)]
    [InlineData("kiosk-1", true)]
    [InlineData("", false)]
    [InlineData(" kiosk", false)]
    [InlineData("kiosk\n", false)]
    [InlineData("ki\u0000osk", false)]
    [InlineData("kiosk \u202e1-ksoik", false)]
    [InlineData("kio\u200bsk", false)]
    [InlineData("kio\u2066sk\u2069", false)]
    [InlineData("kiosk\u00ad", false)]
    [InlineData("kiosk\ufeff", false)]
    [InlineData("kiosk\u2028", false)]
    [InlineData("kiosk\ud800", false)]
    public void A_name_is_what_can_be_seen(string name, bool isValid) => Assert.Equal(isValid, DeviceName.IsValid(name));

    [Fact]
    public void A_name_has_60_characters_at_most()
    {
        Assert.True(DeviceName.IsValid(new string('a', 60)));
        Assert.False(DeviceName.IsValid(new string('a', 61)));
    }
}
