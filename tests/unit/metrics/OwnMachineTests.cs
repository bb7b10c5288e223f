using System.Net;
using Microsoft.AspNetCore.Http;
using Reception.Hub.Metrics.Export;

namespace Reception.Unit.Tests.Metrics;

/// <summary>Which requests count as coming from the hub's own machine.</summary>
public sealed class OwnMachineTests
{
    [Theory]
    [InlineData("127.0.0.1", null, true)]
    [InlineData("127.1.2.3", null, true)]
    [InlineData("::1", null, true)]
    [InlineData("::ffff:127.0.0.1", null, true)]
    [InlineData("192.168.10.2", null, false)]
    [InlineData("::ffff:192.168.10.2", null, false)]
    [InlineData("fe80::1", null, false)]
    [InlineData(null, null, false)]
    [InlineData("127.0.0.1", "X-Forwarded-For", false)]
    [InlineData("::1", "Forwarded", false)]
    public void Loopback_without_a_proxy_is_the_hubs_own_machine(string? address, string? header, bool isOwn)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        if (header is not null)
        {
            context.Request.Headers[header] = "203.0.113.7";
        }

        Assert.Equal(isOwn, MetricsEndpoint.IsOfThisMachine(context));
    }
}
