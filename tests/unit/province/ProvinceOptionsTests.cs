using Reception.Hub.Options;
using Reception.Hub.Province;
using Xunit;

namespace Reception.Unit.Tests.Province;

public sealed class ProvinceOptionsTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8083/events")]
    [InlineData("https://lgsp.tinh.gov.vn/a/../b%7Ec?x=%20&y=1")]
    public void An_address_is_used_exactly_as_written(string address)
    {
        var options = new ProvinceOptions { Address = address };

        Assert.Null(options.Fault());
        Assert.Equal(address, options.ExactAddress().AbsoluteUri);
    }

    [Theory]
    [InlineData("ftp://province/events")]
    [InlineData("province/events")]
    [InlineData("https://user:word@province/events")]
    [InlineData("https://province/events#part")]
    [InlineData("https://province/ev ents")]
    [InlineData("https://tỉnh.vn/events")]
    public void An_address_that_cannot_be_used_is_named_with_its_key(string address) =>
        Assert.Equal(
            $"province.address: \"{address}\" is not allowed; it is an http:// or https:// address without user name, fragment or spaces.",
            new ProvinceOptions { Address = address }.Fault());

    [Fact]
    public void Without_an_address_the_forwarder_is_off_and_nothing_else_is_asked()
    {
        var options = new ProvinceOptions { TokenAddress = "nonsense" };

        Assert.False(options.IsOn);
        Assert.Null(options.Fault());
    }

    [Fact]
    public void A_token_address_needs_a_client_and_a_secret_that_no_one_else_can_read()
    {
        var file = Path.GetTempFileName();
        var options = new ProvinceOptions { Address = "https://p/e", TokenAddress = "https://p/t" };
        Assert.StartsWith("province.clientId:", options.Fault(), StringComparison.Ordinal);
        options = options with { ClientId = "ward-1", ClientSecretFile = "/nowhere/secret" };
        Assert.Contains("\"/nowhere/secret\" does not exist", options.Fault(), StringComparison.Ordinal);
        options = options with { ClientSecretFile = file };
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Contains("0600", options.Fault(), StringComparison.Ordinal);
        File.SetUnixFileMode(file, UnixFileMode.UserRead);
        Assert.Null(options.Fault());
        File.Delete(file);
    }
}
