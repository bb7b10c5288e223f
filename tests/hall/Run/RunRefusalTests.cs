using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Run;

/// <summary>What <c>./run</c> can't start with is one plain line, and nothing is left running.</summary>
public sealed class RunRefusalTests : IDisposable
{
    private readonly RunSite _site = new();

    public void Dispose() => _site.Dispose();

    [Theory]
    [InlineData("unknown option --bogus", "--bogus")]
    [InlineData("--http is no port from 1 to 65535: x", "--http", "x")]
    [InlineData("--mqtt is no port from 1 to 65535: 70000", "--mqtt", "70000")]
    [InlineData("--kiosk is no port from 1 to 65535: 0", "--kiosk=0")]
    [InlineData("--data needs a value", "--data")]
    [InlineData("--province is no http or https address: here", "--province", "here")]
    [InlineData("there is no hall to read: /nowhere/hall.json", "--hall", "/nowhere/hall.json")]
    [InlineData("the data folder can't be written: /proc/reception", "--data", "/proc/reception")]
    [InlineData("--bench-rater takes no value", "--bench-rater=2")]
    [InlineData("--http and --rater are the same port", "--http", "18999", "--rater", "18999")]
    [InlineData("--printer is none of serial:/dev/ttyUSB0", "--printer", "lp0")]
    [InlineData("--printer-profile is none of epson-tm-t82, generic-58,", "--printer-profile", "epson")]
    [InlineData("--printer-port is no port from 1 to 65535: x", "--printer-port", "x")]
    [InlineData("--history is not a valid length: 1y; write 1m to 24m for months, or 1d to 730d for days", "--history", "1y")]
    [InlineData("--history is not a valid length: 25m", "--history=25m")]
    [InlineData("--http needs a value", "--http=")]
    [InlineData("--http is given more than once", "--http", "18998", "--http", "18999")]
    [InlineData("unknown option yes", "--simulate", "yes")]
    public async Task A_bad_option_is_one_plain_line(string line, params string[] arguments)
    {
        var data = arguments[0] == "--data" ? [] : new[] { "--data", _site.Data };
        await RefusedAsync(line, [.. data, .. arguments]);
        Assert.False(Directory.Exists(_site.Data));
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_its_option()
    {
        using var other = new TcpListener(IPAddress.Loopback, _site.Mqtt);
        other.Start();
        await RefusedAsync($"port {_site.Mqtt.ToString(CultureInfo.InvariantCulture)} is in use by another program; choose another with --mqtt", _site.Arguments);
    }

    [Theory]
    [InlineData(false, "24 of 24")]
    [InlineData(true, "0 of 24")]
    public async Task A_disk_that_is_too_small_or_full_is_named_with_what_is_free_and_what_is_needed(bool full, string free)
    {
        using var disk = await SmallDisk.MakeAsync("24m");
        if (full)
        {
            disk.Fill();
        }

        var data = Path.Combine(disk.Folder, "hall");
        await RefusedAsync(
            $"run: the disk of {data} is full or too small: {free} MiB free on {disk.Folder}, 64 MiB needed; "
                + "make room, or name another folder with --data",
            ["--data", data, .. _site.Arguments.Skip(2)]);
    }

    [Fact]
    public async Task A_folder_on_a_disk_that_is_only_read_is_named_with_the_cause()
    {
        using var disk = await SmallDisk.MakeAsync("80m");
        var data = Directory.CreateDirectory(Path.Combine(disk.Folder, "hall")).FullName;
        await disk.LetReadOnlyAsync();
        await RefusedAsync(
            $"run: the data folder can't be written: {data} (Read-only file system)", ["--data", data, .. _site.Arguments.Skip(2)]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_folder_with_something_else_in_it_is_left_alone(bool fresh)
    {
        var letter = Path.Combine(Directory.CreateDirectory(_site.Data).FullName, "letter.txt");
        await File.WriteAllTextAsync(letter, "Dear all", TestContext.Current.CancellationToken);
        await RefusedAsync("the folder holds something that is not Reception's", fresh ? [.. _site.Arguments, "--fresh"] : _site.Arguments);
        Assert.Equal([letter], Directory.EnumerateFileSystemEntries(_site.Data));
    }

    [Fact]
    public async Task A_real_hall_is_never_emptied()
    {
        Directory.CreateDirectory(_site.Data);
        foreach (var (name, text) in new[] { (".reception", ""), ("hub.db", "names"), ("hub.json", "{}") })
        {
            await File.WriteAllTextAsync(Path.Combine(_site.Data, name), text, TestContext.Current.CancellationToken);
        }

        await RefusedAsync("the folder holds a real hall", [.. _site.Arguments, "--fresh"]);
        Assert.True(File.Exists(Path.Combine(_site.Data, "hub.db")));
    }

    [Fact]
    public async Task A_missing_SDK_is_one_plain_line()
    {
        var tools = Directory.CreateDirectory(Path.Combine(_site.Data, "tools")).FullName;
        foreach (var tool in new[] { "bash", "git", "dirname", "basename" })
        {
            File.CreateSymbolicLink(Path.Combine(tools, tool), "/usr/bin/" + tool);
        }

        await RefusedAsync("the .NET SDK is missing: install version 10 (dotnet-sdk-10.0)", _site.Arguments, tools);
    }

    [Fact]
    public async Task Help_says_every_option()
    {
        using var run = RunProcess.Start(["--help"]);
        Assert.Equal(0, await run.EndAsync());
        Assert.All(
            ["--data", "--fresh", "--http", "--kiosk", "--rater", "--mqtt", "--province ", "--province-port", "--province-token-url", "--hall", "--simulate", "--history", "--bench-rater", "--printer ", "--printer-profile", "--printer-port"],
            option => Assert.Contains(option, run.Said, StringComparison.Ordinal));
    }

    private async Task RefusedAsync(string line, IEnumerable<string> arguments, string? path = null)
    {
        using var run = RunProcess.Start(arguments, path);
        Assert.NotEqual(0, await run.EndAsync());
        Assert.Contains(line, Assert.Single(run.Complaints), StringComparison.Ordinal);
        Assert.Empty(_site.Processes);
    }
}
