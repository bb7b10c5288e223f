using Reception.Hosting.Settings;
using Xunit;

namespace Reception.Unit.Tests.Settings;

public sealed class SecretAddressTests
{
    [Theory]
    [InlineData("https://192.0.2.10:8443", true)]
    [InlineData("https://hub.example.vn", true)]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://localhost:8080", true)]
    [InlineData("http://[::1]:8080", true)]
    [InlineData("http://192.0.2.10:8080", false)]
    [InlineData("http://hub.example.vn", false)]
    [InlineData("ftp://127.0.0.1", false)]
    [InlineData("192.0.2.10", false)]
    public void A_secret_leaves_this_machine_over_TLS_alone(string address, bool isAllowed) =>
        Assert.Equal(isAllowed, new SecretAddressAttribute().Read(address, "/").Reason is null);
}
