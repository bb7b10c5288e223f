using System.Globalization;
using System.Net;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Safety;

/// <summary>Another machine in the hall's network: a network namespace at the other end of a cable.</summary>
internal sealed class OtherMachine : IAsyncDisposable
{
    private readonly string _name = $"rt{FreePort.Next()}";

    private readonly string _cable;

    private OtherMachine(IPAddress hub) => (Hub, _cable) = (hub, $"{_name}c");

    /// <summary>The hub's address in that network.</summary>
    public IPAddress Hub { get; }

    public static async Task<OtherMachine> ConnectAsync()
    {
        var port = FreePort.Next();
        var network = string.Create(CultureInfo.InvariantCulture, $"10.{200 + (port / 16384)}.{port / 64 % 256}");
        var first = port % 64 * 4;
        var machine = new OtherMachine(IPAddress.Parse($"{network}.{first + 1}"));
        var cable = machine._cable;
        await Spawned.DoneAsync("ip", "netns", "add", machine._name);
        await Spawned.DoneAsync("ip", "link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", machine._name);
        await Spawned.DoneAsync("ip", "addr", "add", $"{machine.Hub}/30", "dev", cable);
        await Spawned.DoneAsync("ip", "link", "set", cable, "up");
        await Spawned.DoneAsync("ip", "-n", machine._name, "addr", "add", $"{network}.{first + 2}/30", "dev", "eth0");
        await Spawned.DoneAsync("ip", "-n", machine._name, "link", "set", "eth0", "up");
        return machine;
    }

    /// <summary>Runs a program there; gives what it said.</summary>
    public async Task<string> RunAsync(string program, params IEnumerable<string> arguments)
    {
        using var run = Spawned.Start("ip", ["netns", "exec", _name, program, .. arguments]);
        await run.EndedAsync();
        return run.All;
    }

    /// <summary>Listens to the cable, and gives all bytes that went over it while <paramref name="work"/> was done.</summary>
    public async Task<byte[]> CaptureAsync(Func<Task> work)
    {
        var file = Path.GetTempFileName();
        using (var listening = Spawned.Start("tcpdump", "-i", _cable, "-U", "-Z", "root", "-w", file))
        {
            await Eventually.TrueAsync(() => listening.All.Contains("listening on", StringComparison.Ordinal), () => listening.All);
            await work();
            var length = -1L;
            // All that went before it is in the file once the last question is.
            await Eventually.TrueAsync(
                async () =>
                {
                    await RunAsync("curl", "--silent", "--max-time", "1", $"http://{Hub}:1/last-question");
                    var before = length;
                    length = new FileInfo(file).Length;
                    return before > 0 && length > before;
                },
                () => listening.All);
            await listening.KillAsync();
        }

        var bytes = await File.ReadAllBytesAsync(file);
        File.Delete(file);
        return bytes;
    }

    /// <summary>What curl gets there: status, headers and body; an error where it gets no response.</summary>
    public Task<string> CurlAsync(params IEnumerable<string> arguments) =>
        RunAsync("curl", ["--silent", "--show-error", "--include", "--max-time", "20", .. arguments]);

    public async ValueTask DisposeAsync() => await Spawned.DoneAsync("ip", "netns", "delete", _name);
}
