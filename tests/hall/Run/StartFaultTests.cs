using System.Net;
using System.Net.Sockets;
using Reception.Hall.Tests.Parts;
using Reception.Runner;

namespace Reception.Hall.Tests.Run;

/// <summary>What the hall's programs can't start with is one line that names the cause; <c>./run</c> shows it.</summary>
public sealed class StartFaultTests : IAsyncLifetime
{
    private const string Data = "";

    private static readonly string[][] Programs =
    [
        ["hub", "serve", "--config", "hub.json"],
        ["hub", "demo", "--hall", "hall.json", "--data", Data],
        ["kiosk", "--config", "kiosk-1.json"],
        ["rating-device", "--config", "rater-1.json"],
        ["counter-agent", "--config", "desk-2.json"],
    ];

    private static readonly string[] Ports = ["--http", "--kiosk", "--rater", "--mqtt", "--province-port"];

    private SmallDisk _disk = null!;
    private RunnerOptions _options = null!;
    private KioskPrinter _printer = null!;

    public async ValueTask InitializeAsync()
    {
        _disk = await SmallDisk.MakeAsync("80m");
        var data = Path.Combine(_disk.Folder, "hall");
        _options = new RunCommand(Sources.Root, state: _disk.Folder)
            .Parse(["--data", data, .. Ports.SelectMany(name => new[] { name, $"{FreePort.Next()}" })])!;
        _printer = KioskPrinter.Choose(_options);
        Directory.CreateDirectory(data);
        Directory.CreateDirectory(_options.DataPath("run"));
        Directory.CreateDirectory(_options.DataPath("logs"));
        File.Copy(_options.OwnHall, _options.DataPath("hall.json"));
        var (code, said) = await Typed.HubAsync("demo", "--data", data, "--hall", _options.Hall);
        Assert.True(code == 0, said);
        new HallSettings(_options, _printer).Write();
    }

    public ValueTask DisposeAsync()
    {
        _disk.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_full_disk_is_one_line_of_each_program()
    {
        _disk.Fill();
        foreach (var program in Programs)
        {
            Assert.Contains("is full: 0 KiB free; make room on it.", await RefusedAsync(program, code: 1), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_disk_that_is_only_read_is_one_line_of_each_program()
    {
        await _disk.LetReadOnlyAsync();
        foreach (var program in Programs)
        {
            var line = await RefusedAsync(program, code: 1);
            Assert.Contains(_options.Data, line, StringComparison.Ordinal);
            Assert.Matches(program[0] == "hub" ? "can only be read. .*findmnt -T " : "can only be read|Read-only file system", line);
        }
    }

    [Fact]
    public async Task A_database_of_somebody_else_is_one_line_with_the_command_that_gives_it_back()
    {
        await Spawned.DoneAsync("chown", "nobody", _options.DataPath("hub.db"));
        foreach (var program in Programs.Take(2))
        {
            // Root may write everywhere: without that right it is like the service's own user.
            var line = await RefusedAsync(program, code: 1, "setpriv", "--bounding-set", "-dac_override,-dac_read_search");
            Assert.Contains(_options.DataPath("hub.db"), line, StringComparison.Ordinal);
            Assert.EndsWith(
                $" can't be written by this program's user, {Environment.UserName}. Give the folder back to it: `chown -R {Environment.UserName}: {_options.Data}`.",
                line,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_port_that_another_program_took_is_the_reason_that_run_shows()
    {
        foreach (var (name, port) in new[] { ("hub", _options.HttpPort), ("kiosk", _options.KioskPort), ("rater", _options.RaterPort) })
        {
            using var other = Listener(port);
            var program = new HallPrograms(_options, _printer, TimeProvider.System).Hall.Single(one => one.Name == name);
            var line = await FailedOpeningAsync(program with { Command = [Spawned.PathOf(Path.GetFileName(program.Command[0])), .. program.Command.Skip(1)] });
            Assert.StartsWith($"{name} ended at its start: ", line, StringComparison.Ordinal);
            Assert.Contains($"http://127.0.0.1:{port}/ can't be listened on (Address already in use); ", line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task So_is_the_port_of_MQTT()
    {
        using var other = Listener(_options.MqttPort);
        var hub = new HallPrograms(_options, _printer, TimeProvider.System).Hall.Single(one => one.Name == "hub");
        var line = await FailedOpeningAsync(hub with { Command = [Spawned.PathOf("hub"), .. hub.Command.Skip(1)] });
        Assert.StartsWith("hub ended at its start: ", line, StringComparison.Ordinal);
        Assert.Contains($"mqtt: 127.0.0.1:{_options.MqttPort} can't be listened on (Address already in use); ", line, StringComparison.Ordinal);
    }

    [Fact]
    public void The_virtual_printer_has_a_port_on_which_nobody_listens()
    {
        var first = KioskPrinter.Choose(_options).VirtualPort!.Value;
        using var other = Listener(first);
        Assert.InRange(KioskPrinter.Choose(_options).VirtualPort!.Value, first + 1, IPEndPoint.MaxPort);
    }

    [Fact]
    public async Task A_folder_that_another_hub_writes_is_named_as_such()
    {
        using var other = new FileStream(_options.DataPath("hub.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        Assert.Contains($"another hub writes in {_options.Data}.", await RefusedAsync(Programs[0], code: 2), StringComparison.Ordinal);
    }

    private static TcpListener Listener(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return listener;
    }

    /// <summary>The one line of a program that can't start.</summary>
    private async Task<string> RefusedAsync(string[] program, int code, params string[] before)
    {
        var arguments = program.Skip(1)
            .Select(word => word == Data || Path.GetExtension(word) == ".json" ? _options.DataPath(word) : word);
        using var started = before is [var first, .. var rest]
            ? Spawned.Start(first, [.. rest, Spawned.PathOf(program[0]), .. arguments])
            : Spawned.Program(program[0], arguments);
        await started.EndedAsync();
        var seen = $"{string.Join(' ', program)} ended with {started.ExitCode} and said:\n{started.All}";
        Assert.True(started.ExitCode == code && started.Said.Count == 1, seen);
        return started.All;
    }

    private async Task<string> FailedOpeningAsync(params IEnumerable<ManagedProgram> programs)
    {
        await using var supervisor = new Supervisor(_options.Data, _ => { }, TimeProvider.System);
        var disk = new Disk(_options.Data, Disk.AnotherFolder);
        var opening = supervisor.OpenAsync(disk, TestContext.Current.CancellationToken, programs);
        return (await Assert.ThrowsAsync<StartException>(() => opening)).Message;
    }
}
