using System.Globalization;
using System.Net;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Safety;

/// <summary>Another machine in the hall's network: a network namespace at the other end of a cable.</summary>
internal sealed class OtherMachine : IAsyncDisposable
{
    private readonly string _name = $"rt{FreePort.Next()}";

    private OtherMachine(IPAddress hub) => Hub = hub;

    /// <summary>The hub's address in that network.</summary>
    public IPAddress Hub { get; }

    public static async Task<OtherMachine> ConnectAsync()
    {
        var port = FreePort.Next();
        var network = string.Create(CultureInfo.InvariantCulture, $"10.{200 + (port / 16384)}.{port / 64 % 256}");
        var first = port % 64 * 4;
        var machine = new OtherMachine(IPAddress.Parse($"{network}.{first + 1}"));
        var cable = $"{machine._name}c";
        await Spawned.DoneAsync("ip", "netns", "add", machine._name);
        await Spawned.DoneAsync("ip", "link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", machine._name);
        await Spawned.DoneAsync("ip", "addr", "add", $"{machine.Hub}/30", "dev", cable);
        await Spawned.DoneAsync("ip", "link", "set", cable, "up");
        await Spawned.DoneAsync("ip", "-n", machine._name, "addr", "add", $"{network}.{first + 2}/30", "dev", "eth0");
        await Spawned.DoneAsync("ip", "-n", machine._name, "link", "set", "eth0", "up");
        return machine;
    }

    /// <summary>What curl gets there: status, headers and body; an error where it gets no response.</summary>
    public async Task<string> CurlAsync(params IEnumerable<string> arguments)
    {
        using var run = Spawned.Start("ip", ["netns", "exec", _name, "curl", "--silent", "--show-error", "--include", "--max-time", "20", .. arguments]);
        await run.EndedAsync();
        return run.All;
    }

    public async ValueTask DisposeAsync() => await Spawned.DoneAsync("ip", "netns", "delete", _name);
}
