using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests;

/// <summary>What a program tells systemd, whose part the test plays: a socket that takes notices.</summary>
public sealed class SupervisionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reception-systemd-").FullName;
    private readonly Socket _notices = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private Spawned? _program;

    public SupervisionTests()
    {
        _notices.Bind(new UnixDomainSocketEndPoint(Socket()));
        _notices.ReceiveTimeout = 30_000;
    }

    [Fact]
    public async Task The_hub_says_that_it_is_ready_once_it_answers_and_then_that_it_lives()
    {
        await using var hall = await RunningHall.StartAsync(HallPlan.Json(1));
        await hall.KillHubAsync();
        Start("hub", "serve", "--config", hall.Configuration);

        Await("READY=1");
        Assert.True(await ApiClient.IsReadyAsync(hall.HttpPort), _program!.All);
        Await("WATCHDOG=1");
        Await("WATCHDOG=1");
    }

    [Theory]
    [InlineData("kiosk")]
    [InlineData("rating-device")]
    [InlineData("counter-agent")]
    public async Task A_device_s_program_says_it_with_its_hub_away(string program)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "secret"), "0123456789", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(Path.Combine(_folder, "secret"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var settings = new Dictionary<string, object>
        {
            ["device"] = "one",
            ["data"] = "data",
            ["broker"] = new { host = "127.0.0.1", port = 1, secretFile = "secret" },
        };
        if (program != "counter-agent")
        {
            settings["http"] = $"http://127.0.0.1:{FreePort.Next()}";
            settings["hub"] = "http://127.0.0.1:1";
        }

        settings[program == "kiosk" ? "printer" : "counter"] = program == "kiosk" ? "file:paper" : 1;
        var file = Path.Combine(_folder, "settings.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(settings), TestContext.Current.CancellationToken);
        Start(program, "--config", file);

        Await("READY=1");
        Await("WATCHDOG=1");
    }

    public void Dispose()
    {
        _program?.Dispose();

        _notices.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Socket() => Path.Combine(_folder, "notify");

    // A program knows systemd by the name of its parent, which is the shell's here; it dies with it.
    private void Start(string program, params string[] arguments) => _program = Spawned.Start(
        "env",
        [
            $"NOTIFY_SOCKET={Socket()}", "WATCHDOG_USEC=300000", Shell(), "-c", "\"$@\" & wait", "start",
            "setpriv", "--pdeathsig", "KILL", Spawned.PathOf(program), .. arguments,
        ]);

    private string Shell()
    {
        var shell = Path.Combine(_folder, "systemd");
        File.Copy("/bin/bash", shell);
        return shell;
    }

    private void Await(string wanted)
    {
        var notice = new byte[256];
        try
        {
            while (Encoding.UTF8.GetString(notice.AsSpan(0, _notices.Receive(notice))) != wanted)
            {
            }
        }
        catch (SocketException silence)
        {
            throw new InvalidOperationException($"There was no notice {wanted} ({silence.SocketErrorCode}). It said: {_program!.All}", silence);
        }
    }
}
