using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Reception.Load;

/// <summary>A province that takes every batch and keeps nothing.</summary>
internal sealed class SmallProvince : IDisposable
{
    private readonly WebApplication _server;

    public SmallProvince()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.Run(async context => await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted));
        _server.StartAsync().GetAwaiter().GetResult();
        Address = _server.Urls.First() + "/events";
    }

    public string Address { get; }

    public void Dispose() => _server.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
