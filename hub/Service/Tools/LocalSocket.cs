using System.IO.Pipes;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Reception.Hub.Api;
using Reception.Hub.Journal;
using Reception.Protocol;

namespace Reception.Hub.Tools;

/// <summary>
/// The way from a command-line tool on this machine to the running hub: a Unix socket in the data folder that its owner alone may use (mode 0600),
/// on Windows a named pipe of the user's own. So a tool changes nothing beside the hub, and no owner of a file.
/// </summary>
internal static class LocalSocket
{
    public const string Path = "/tools";

    private const string Name = "hub.sock";

    // sun_path of the system, less the zero at its end.
    private const int LongestPath = 107;

    // A hall's whole configuration, with its pictures.
    private const int LargestCommand = 64 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static void ListenLocal(this KestrelServerOptions kestrel, string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            kestrel.ListenNamedPipe(PipeOf(folder));
            return;
        }

        var path = SocketOf(folder);
        if (Encoding.UTF8.GetByteCount(path) > LongestPath)
        {
            throw new StartException($"data: the path {path} is too long for a socket; it has at most {LongestPath} bytes. Use a folder with a shorter path.");
        }

        // The folder's lock is ours: what is there was left by a hub that was killed.
        File.Delete(path);
        kestrel.ListenUnixSocket(path);
    }

    /// <summary>Lets the owner alone use the socket, once it is there.</summary>
    public static void Protect(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(SocketOf(folder), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    public static void MapTools(this WebApplication app) => app.MapPost(Path, async Task<IResult> (HttpContext context, JournalWriter journal) =>
    {
        // Over TCP there is no such page.
        if (context.Connection.LocalIpAddress is not null)
        {
            return Results.NotFound();
        }

        if (await context.Request.ReadFromJsonAsync<ToolCommand>(ProtocolJson.Options, context.RequestAborted) is not { } command)
        {
            return Results.BadRequest();
        }

        try
        {
            var result = await journal.ExecuteAsync(command, context.RequestAborted);
            return Results.Json(new ToolOutcome(result.Refusal is null ? result.Value : null, result.Refusal?.English), ProtocolJson.Options);
        }
        catch (NotCommittedException exception)
        {
            return Results.Json(new ToolOutcome(null, $"data: the hub could not store this: {exception.InnerException?.Message}"), ProtocolJson.Options);
        }
    }).WithMetadata(new RequestSizeLimitAttribute(LargestCommand)).ExcludeFromDescription();

    /// <summary>A client of the hub that runs in a folder.</summary>
    public static HttpClient Connect(string folder) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) => OperatingSystem.IsWindows()
            ? await OpenPipeAsync(folder, cancellationToken)
            : await OpenSocketAsync(folder, cancellationToken),
    })
    {
        BaseAddress = new Uri("http://localhost"),
        Timeout = Patience,
    };

    private static async Task<Stream> OpenSocketAsync(string folder, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketOf(folder)), cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static async Task<Stream> OpenPipeAsync(string folder, CancellationToken cancellationToken)
    {
        var pipe = new NamedPipeClientStream(".", PipeOf(folder), PipeDirection.InOut, PipeOptions.Asynchronous);
        await pipe.ConnectAsync(Patience, cancellationToken);
        return pipe;
    }

    private static string SocketOf(string folder) => System.IO.Path.Combine(System.IO.Path.GetFullPath(folder), Name);

    private static string PipeOf(string folder) =>
        "reception-hub-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(System.IO.Path.GetFullPath(folder).ToUpperInvariant())))[..16];
}
