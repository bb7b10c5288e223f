using System.Text.Json;
using Reception.CounterAgent;
using Reception.Hall.Tests.Parts;
using Reception.Hosting.Settings;
using Reception.Protocol;
using Reception.Unit.Tests.Serial;

namespace Reception.Hall.Tests.CounterAgent;

/// <summary>The counter agent's program between a line and the hub's broker: what it acknowledged arrives, once, whatever befalls it.</summary>
public sealed class CounterAgentTests : IAsyncLifetime
{
    private const string Hello = "HELLO,1,R1,1.0.0,8,3,P";

    private FakeHub _hub = null!;
    private AgentProcess _agent = null!;

    private IReadOnlyList<Report> Presses => [.. _hub.Reports.Where(report => report.Type == ReportTypes.RatingPressed)];

    private IEnumerable<int> Levels => Presses.Select(press => press.Data.GetProperty("level").GetInt32());

    public async ValueTask InitializeAsync()
    {
        _hub = await FakeHub.StartAsync(FakeHub.Desk);
        _agent = AgentProcess.Make(_hub);
    }

    public async ValueTask DisposeAsync()
    {
        await _agent.DisposeAsync();
        await _hub.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_press_is_acknowledged_then_thanked_for_and_told_with_the_instant_of_its_touch()
    {
        using var box = await StartAsync(Hello);
        var now = TimeProvider.System.GetUtcNow();
        box.Say("PRESS,7,5,60000");
        await Until(() => box.Count("ACK,7") == 1 && box.Count("THANKS,5") == 1, box);
        Assert.Equal(["ACK,7", "THANKS,5"], box.Told.SkipWhile(told => told != "ACK,7"));

        await Until(() => Presses.Count == 1, box);
        var press = Presses.Single();
        Assert.InRange((now - press.At).TotalSeconds, 59, 61);
        Assert.InRange(press.AgeMs!.Value, 60_000, 65_000);
        Assert.Equal("""{"level":5}""", press.Data.GetRawText());
    }

    [Fact]
    public async Task A_press_that_comes_again_is_acknowledged_again_and_told_once()
    {
        using var box = await StartAsync(Hello);
        box.Say("PRESS,7,4,0");
        await Until(() => Presses.Count == 1, box);
        box.Say("PRESS,7,4,500");
        await Until(() => box.Count("ACK,7") == 2, box);
        var asked = box.Count("IDENT");
        await _agent.RestartAsync();
        await Until(() => box.Count("IDENT") > asked, box);
        box.Say("PRESS,7,4,-1");
        box.Say("PRESS,8,2,0");
        await Until(() => box.Count("ACK,7") == 3 && box.Count("ACK,8") == 1, box);
        await Until(() => Presses.Count == 2, box);
        Assert.Equal([4, 2], Levels);
    }

    [Fact]
    public async Task A_press_whose_age_a_power_cut_took_is_told_as_such()
    {
        using var box = await StartAsync("HELLO,1,R1,1.0.0,8,4,B");
        box.Say("PRESS,7,1,-1");
        await Until(() => Presses.Count == 1, box);
        Assert.False(Presses[0].Data.GetProperty("timeKnown").GetBoolean());
        Assert.Null(Presses[0].AgeMs);
    }

    [Fact]
    public async Task A_press_kept_over_a_restart_of_the_program_is_told_with_its_whole_age_and_presence_tells_the_restart()
    {
        using var box = await StartAsync(Hello);
        await _hub.KillAsync();
        box.Say("PRESS,8,4,60000");
        await Until(() => box.Count("ACK,8") == 1, box);
        var began = TimeProvider.System.GetTimestamp();
        await _agent.RestartAsync();
        await _hub.StartAgainAsync();
        await Until(() => Presses.Count == 1, box);
        var atLeast = (long)TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
        Assert.InRange(Presses[0].AgeMs!.Value, 60_000, 60_000 + atLeast + 5_000);
        Assert.Equal(2, _hub.Presences.Where(presence => presence.Online).Select(presence => presence.Boot!.Value).Distinct().Count());
    }

    [Fact]
    public async Task A_press_is_made_durable_once_and_the_hubs_answer_costs_no_more()
    {
        using var box = await StartAsync(Hello);
        box.Say("PRESS,8,4,0");
        await Until(() => box.Count("ACK,8") == 1 && Presses.Count == 1, box);
        await using var count = await Strace.CountSyncsAsync(_agent.Id);
        for (var sequence = 9; sequence < 19; sequence++)
        {
            box.Say($"PRESS,{sequence},4,0");
            await Until(() => box.Count($"ACK,{sequence}") == 1, box);
            Assert.Equal(sequence - 8, count.Syncs);
            await Until(() => Presses.Count == sequence - 7, box);
        }

        Assert.Equal(10, count.Syncs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    public async Task A_damaged_database_is_set_aside_and_told_of_and_presses_are_taken_again(string content)
    {
        using var box = await StartAsync(Hello);
        await _agent.KillAsync();
        File.Delete(_agent.Database + "-wal");
        await File.WriteAllTextAsync(_agent.Database, content, TestContext.Current.CancellationToken);
        _agent.Start();
        await Until(() => _hub.Reports.Any(report => report.Type == ReportTypes.DeviceFault), box);
        Assert.Equal("database", _hub.Reports.Single(report => report.Type == ReportTypes.DeviceFault).Data.GetProperty("code").GetString());
        var aside = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(_agent.Database)!, "device.db.damaged-*"));
        Assert.Equal(content, await File.ReadAllTextAsync(aside, TestContext.Current.CancellationToken));
        Assert.Single(_agent.Said.Split('\n'), line => line.Contains($"was renamed to {aside}", StringComparison.Ordinal));
        box.Say("PRESS,8,4,0");
        await Until(() => box.Count("ACK,8") == 1 && Presses.Count == 1, box);

        // It is told once: the next start finds a whole database.
        await _agent.RestartAsync();
        await Until(() => _hub.Presences.Where(presence => presence.Online).Select(presence => presence.Boot).Distinct().Count() == 3, box);
        Assert.Single(_hub.Reports, report => report.Type == ReportTypes.DeviceFault);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(_agent.Database)!, "device.db.damaged-*"));
    }

    [Fact]
    public async Task A_disk_that_fails_takes_no_press_and_its_database_is_not_set_aside()
    {
        using var box = await StartAsync(Hello);
        await using (await Strace.FailWritesAsync(_agent.Id))
        {
            box.Say("PRESS,8,4,0");
            await Until(() => _agent.Said.Contains("can't be written down", StringComparison.Ordinal), box);
            Assert.Equal(0, box.Count("ACK,8"));
        }

        await Until(() => { box.Say("PRESS,8,4,500"); return box.Count("ACK,8") > 0; }, box);
        await Until(() => Presses.Count == 1, box);
        await _agent.RestartAsync();
        await Until(() => _hub.Presences.Where(presence => presence.Online).Select(presence => presence.Boot).Distinct().Count() == 2, box);
        Assert.DoesNotContain(_hub.Reports, report => report.Type == ReportTypes.DeviceFault);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(_agent.Database)!, "device.db.damaged-*"));
    }

    [Fact]
    public async Task A_database_of_a_later_version_ends_it_with_one_line()
    {
        using (await StartAsync(Hello))
        {
            await _agent.KillAsync();
        }

        await Spawned.DoneAsync("python3", "-c", $"import sqlite3; sqlite3.connect('{_agent.Database}').execute('PRAGMA user_version = 99')");
        Assert.Equal(
            (1, $"counter-agent: {_agent.Database}: its schema number is 99, the newest known one is 1; start the version that wrote it, or a newer one"),
            await _agent.RunAsync());
    }

    [Fact]
    public async Task A_box_that_never_says_who_it_is_is_served_under_its_ports_name()
    {
        using var box = await StartAsync(hello: null);
        box.Say("PRESS,6,2,0");
        box.Say("PRESS,7,3,0");
        await Until(() => box.Count("ACK,6") == 1 && box.Count("ACK,7") == 1, box);
        Assert.True(box.Count("IDENT") > 1);

        // It was the first after all, and repeats the press because the line swallowed the acknowledgement.
        box.Say(Hello);
        box.Say("PRESS,7,3,900");
        await Until(() => box.Count("ACK,7") == 2, box);
        box.Say("PRESS,8,5,0");
        await Until(() => Presses.Count == 3, box);
        Assert.Equal([2, 3, 5], Levels);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    public async Task A_box_that_lost_its_memory_counts_anew_and_loses_no_press(int again)
    {
        using var box = await StartAsync(Hello);
        foreach (var sequence in new[] { 8, 9 })
        {
            box.Say($"PRESS,{sequence},5,0");
        }

        await Until(() => box.Count("ACK,9") == 1, box);
        // It starts again from nothing, and the line eats its HELLO: a press that looks like an old one is not acknowledged before it is asked.
        box.Hello = null;
        var (asked, acknowledged) = (box.Count("IDENT"), box.Count($"ACK,{again}"));
        await Until(() => { box.Say($"PRESS,{again},1,0"); return box.Count("IDENT") > asked; }, box);
        box.Hello = $"HELLO,1,R1,1.0.0,{again},1,P";
        await Until(() => { box.Say($"PRESS,{again},1,500"); return box.Count($"ACK,{again}") > acknowledged; }, box);
        await Until(() => Presses.Count == 3, box);
        Assert.Equal([5, 5, 1], Levels);
    }

    [Fact]
    public async Task A_press_that_was_taken_before_the_agent_was_killed_is_told_once_however_long_its_box_stays_mute()
    {
        using var box = await StartAsync(Hello);
        box.Say("PRESS,8,4,0");
        await Until(() => Presses.Count == 1, box);
        // The acknowledgement was lost, and for longer than a new press would be kept waiting so is every HELLO.
        box.Hello = null;
        var asked = box.Count("IDENT");
        await _agent.RestartAsync();
        await Until(() => box.Count("IDENT") > asked, box);
        var acknowledged = box.Count("ACK,8");
        box.Say("PRESS,8,4,-1");
        box.Say("PRESS,9,2,0");
        await Until(() => box.Count("ACK,9") == 1, box);
        Assert.Equal(acknowledged, box.Count("ACK,8"));
        box.Hello = "HELLO,1,R1,1.0.0,10,3,P";
        await Until(() => box.Count("ACK,8") > acknowledged, box);
        await Until(() => Presses.Count == 2, box);
        Assert.Equal([4, 2], Levels);
    }

    [Fact]
    public async Task The_invitation_lights_the_box_and_one_that_starts_again_too()
    {
        using var box = await StartAsync(Hello);
        await Until(() => _hub.Presences.Any(presence => presence.Online), box);
        var ticket = Guid.CreateVersion7();
        _hub.Command(CommandTypes.RatingOpen, new { ticket, number = "A001", seconds = 60 });
        await Until(() => box.Count("OPEN,60") == 1, box);
        box.Say("HELLO,1,R1,1.0.0,8,4,W");
        await Until(() => box.Told.Count(told => told.StartsWith("OPEN,", StringComparison.Ordinal)) == 2, box);
        _hub.Command(CommandTypes.Identify, new { seconds = 5 });
        await Until(() => box.Told.Count(told => told.StartsWith("OPEN,", StringComparison.Ordinal)) == 3, box);
        Assert.Equal(0, box.Count("OPEN,5"));
        _hub.Command(CommandTypes.RatingClose, new { ticket = Guid.CreateVersion7() });
        _hub.Command(CommandTypes.RatingClose, new { ticket });
        await Until(() => box.Count("CLOSE") == 1, box);
        _hub.Command(CommandTypes.Identify, new { seconds = 5 });
        await Until(() => box.Count("OPEN,5") == 1, box);
        Assert.Equal(1, box.Count("CLOSE"));
    }

    [Fact]
    public async Task A_hundred_presses_while_the_broker_is_away_arrive_once_each_in_order()
    {
        using var box = await StartAsync(Hello);
        await Until(() => box.Count("IDENT") > 0, box);
        await _hub.KillAsync();
        for (var sequence = 8; sequence < 108; sequence++)
        {
            box.Say($"PRESS,{sequence},{1 + (sequence % 5)},0");
            await Until(() => box.Count($"ACK,{sequence}") == 1, box);
            if (sequence == 60)
            {
                await _agent.RestartAsync();
                var asked = box.Count("IDENT");
                await Until(() => box.Count("IDENT") > asked, box);
            }
        }

        await _hub.StartAgainAsync();
        await Until(() => Presses.Count == 100, box, TimeSpan.FromSeconds(60));
        Assert.Equal(Enumerable.Range(8, 100).Select(sequence => 1 + (sequence % 5)), Levels);
    }

    [Fact]
    public async Task A_port_that_is_pulled_and_comes_back_as_another_goes_on()
    {
        var box = await StartAsync(Hello);
        box.SayRaw("$PRESS,7,");
        box.Dispose();
        await Until(() => Line?.State == "absent", box);
        using var again = new BoxStandIn(_agent.Port(), Hello);
        await Until(() => again.Count("IDENT") > 0, again);
        again.Say("PRESS,7,5,0");
        await Until(() => Presses.Count == 1 && Line?.State == "open", again);
    }

    [Fact]
    public async Task Presence_tells_how_the_box_is_and_a_stuck_button_is_a_fault()
    {
        using var box = await StartAsync(Hello);
        box.Say("BEAT,5,2,31");
        box.SayRaw("$PRESS,9*0000\r\n");
        box.Say("STUCK,3");
        await Until(() => _hub.Reports.Any(report => report.Type == ReportTypes.DeviceFault), box);
        var fault = _hub.Reports.Single(report => report.Type == ReportTypes.DeviceFault).Data;
        Assert.Equal("button-stuck", fault.GetProperty("code").GetString());
        await Until(() => Line is { Serial: "R1", Firmware: "1.0.0", Unacknowledged: 2, BadFramesAtBox: 31, BadFrames: 1, Stuck: [3] }, box);
        box.Say("FREED,3");
        await Until(() => Line?.Stuck is [], box);
    }

    /// <summary>A box of another language and of no code of the product's stands in for the real one.</summary>
    [Fact]
    public async Task The_box_that_the_documentation_shows_is_served()
    {
        await using var desk = AgentProcess.Make(_hub, "rater");
        var page = await File.ReadAllTextAsync(Path.Combine(Sources.Root, "hardware", "docs", "serial.md"), TestContext.Current.CancellationToken);
        var program = Path.Combine(desk.Folder, "box.py");
        await File.WriteAllTextAsync(program, page.Split("```python\n")[2].Split("```")[0], TestContext.Current.CancellationToken);
        using var box = Spawned.Start("python3", "-u", program, desk.Port());
        desk.Start();

        await Eventually.TrueAsync(() => box.All.Contains("ACK,1", StringComparison.Ordinal) && box.All.Contains("THANKS,5", StringComparison.Ordinal), () => box.All);
        await Eventually.TrueAsync(() => Presses.Count == 1, () => box.All);
        Assert.Equal([5], Levels);
        Assert.Single(desk.ReportsOf("PYTHON01"));
        await box.KillAsync();
    }

    [Fact]
    public async Task Two_boxes_of_one_name_on_one_desk_are_told_apart()
    {
        await using var desk = AgentProcess.Make(_hub, "rater", "rater");
        using var one = new BoxStandIn(desk.Port(0), Hello);
        using var two = new BoxStandIn(desk.Port(1), Hello);
        desk.Start();
        await Until(() => one.Count("IDENT") > 0 && two.Count("IDENT") > 0, one);
        one.Say("PRESS,8,1,0");
        two.Say("PRESS,8,5,0");
        await Until(() => Presses.Count == 2, one);
        Assert.Equal([1, 5], Levels.Order());
        await Until(() => _hub.Reports.Any(report => report.Type == ReportTypes.DeviceFault && report.Data.GetProperty("code").GetString() == "rater-name"), one);
    }

    [Fact]
    public async Task A_keypad_asks_for_what_its_keys_say_once_and_hears_what_became_of_it()
    {
        await using var desk = AgentProcess.Make(_hub, "keypad");
        using var keypad = new BoxStandIn(desk.Port());
        desk.Start();
        await Until(() => _hub.Presences.Any(presence => presence.Online && presence.SerialPorts is [{ Role: "keypad", State: "open" }]), keypad);
        keypad.Say("KEY,1,next");
        keypad.Say("KEY,1,next");
        await Until(() => keypad.Count("RESULT,1,done") == 1, keypad);
        _hub.Refuse("not-allowed-now");
        keypad.Say("KEY,2,finish");
        keypad.Say("KEY,3,explode");
        await Until(() => keypad.Count("RESULT,2,not-allowed-now") == 1, keypad);
        Assert.All(_hub.Reports.Where(report => report.Type == ReportTypes.KeypadPressed), report => Assert.InRange(report.AgeMs!.Value, 0, 9_999));
        Assert.Equal(["next", "finish"], _hub.Reports.Where(report => report.Type == ReportTypes.KeypadPressed).Select(report => report.Data.GetProperty("key").GetString()));
    }

    [Fact]
    public async Task A_sign_shows_the_number_at_its_desk_and_no_stale_one()
    {
        await using var desk = AgentProcess.Make(_hub, "sign");
        using var sign = new BoxStandIn(desk.Port());
        desk.Start();
        await Until(() => sign.Count("SHOW,") > 0 && _hub.Presences.Any(presence => presence.Online), sign);
        _hub.Show(serving: "A001");
        _hub.Command(CommandTypes.CounterShow, new { number = "A001" });
        await Until(() => sign.Count("SHOW,A001") > 0, sign);
        var session = _hub.Presences[^1].Session;
        await _hub.KillAsync();
        await Until(() => sign.Told[^1] == "SHOW,-", sign);
        await _hub.StartAgainAsync();
        // Only who has said that it is there hears what it is told.
        await Until(() => _hub.Presences[^1] is { Online: true } presence && presence.Session != session, sign);
        _hub.Command(CommandTypes.CounterShow, new { number = (string?)null });
        await Until(() => sign.Told[^1] == "SHOW,", sign, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_full_disk_thanks_nobody_and_the_press_stays_in_the_box_until_there_is_room()
    {
        using var disk = await SmallDisk.MakeAsync("6m");
        await using var desk = AgentProcess.MakeIn(disk.Folder, _hub);
        using var box = new BoxStandIn(desk.Port(), Hello);
        desk.Start();
        await Until(() => box.Count("IDENT") > 0 && _hub.Presences.Any(presence => presence.Online), box);
        disk.Fill();
        // What SQLite has room for in its own files is still taken.
        var sequence = 8;
        for (; sequence < 5000; sequence++)
        {
            box.Say($"PRESS,{sequence},5,0");
            if (!await WithinASecond(() => box.Count($"ACK,{sequence}") > 0))
            {
                break;
            }
        }

        Assert.True(sequence < 5000, "The disk never became full.");
        Assert.Equal(0, box.Count($"ACK,{sequence}"));
        await Until(() => desk.Said.Contains("free some space", StringComparison.Ordinal), box);
        // What the hub asks of the desk is done all the same.
        _hub.Command(CommandTypes.RatingOpen, new { ticket = Guid.CreateVersion7(), number = "A001", seconds = 60 });
        await Until(() => box.Count("OPEN,60") == 1, box);
        disk.Empty();
        await Until(() => { box.Say($"PRESS,{sequence},5,500"); return box.Count($"ACK,{sequence}") > 0; }, box);
        await Until(() => Presses.Count == sequence - 8 + 1, box, TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("""{"device":"Desk 2"}""", "device is \"Desk 2\"; allowed is")]
    [InlineData("""{"device":"desk-2","counter":0}""", "counter is 0; allowed is a whole number from 1 to 999.")]
    [InlineData("""{"device":"desk-2","counter":2,"data":"d","broker":{"host":"127.0.0.1","port":1883,"secretFile":"secret"},"serial":[{"role":"lamp","path":"/dev/x"}]}""", "serial[0].role is \"lamp\"; allowed is rater, keypad or sign.")]
    [InlineData("""{"device":"desk-2","counter":2,"data":"d","broker":{"host":"127.0.0.1","port":1883,"secretFile":"secret"},"serial":[{"role":"sign","path":"ttyUSB0"}]}""", "serial[0].path is \"ttyUSB0\"; allowed is the full path of a serial port")]
    [InlineData("""{"device":"desk-2","counter":2,"data":"d","broker":{"host":"127.0.0.1","port":1883,"secretFile":"secret"},"serial":[{"role":"sign","path":"/dev/x","baud":1200}]}""", "serial[0].baud is 1200; allowed is")]
    [InlineData("""{"device":"desk-2","counter":2,"data":"d","broker":{"host":"127.0.0.1","port":1883,"secretFile":"secret"},"serial":[{"role":"sign","path":"/dev/x"},{"role":"rater","path":"/dev/x"}]}""", "serial[1].path is \"/dev/x\"; allowed is a port that no other entry of serial has.")]
    public void A_wrong_setting_is_told_with_its_name_and_what_is_allowed(string settings, string line)
    {
        var file = Path.Combine(_agent.Folder, "wrong.json");
        File.WriteAllText(file, settings);
        Assert.Contains(line, Assert.Throws<SettingsException>(() => ProgramSettings.Open(file, "agent").Read<AgentOptions>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_setting_ends_it_at_once_with_one_line()
    {
        var file = Path.Combine(_agent.Folder, "wrong.json");
        await File.WriteAllTextAsync(file, """{"device":"desk-2","counter":0}""", TestContext.Current.CancellationToken);
        Assert.Equal(
            (1, $"counter-agent: {file}: counter is 0; allowed is a whole number from 1 to 999."), await Spawned.RunAsync("counter-agent", "--config", file));
    }

    [Fact]
    public async Task A_port_that_it_may_not_open_is_told_with_the_group_and_the_rule_and_the_agent_stays_up()
    {
        using var port = new Pty(_agent.Port());
        File.SetUnixFileMode(port.Path, UnixFileMode.None);
        // Root may open everything: without that right it is like the service's own user.
        _agent.StartWithout("dac_override", "dac_read_search", "sys_admin");
        await Until(() => _agent.Said.Contains("There is no permission for", StringComparison.Ordinal), null);
        Assert.Contains("dialout", _agent.Said, StringComparison.Ordinal);
        Assert.Contains("70-reception.rules", _agent.Said, StringComparison.Ordinal);
        await Until(() => Line?.State == "denied", null);
    }

    private async Task<BoxStandIn> StartAsync(string? hello)
    {
        var box = new BoxStandIn(_agent.Port(), hello);
        _agent.Start();
        await Until(() => box.Count("IDENT") > 0 && _hub.Presences.Any(presence => presence.Online), box);
        return box;
    }

    /// <summary>How the rater's line is, by the newest presence.</summary>
    private SerialHealth? Line => _hub.Presences is [.., { SerialPorts: [var line, ..] }] ? line : null;

    private Task Until(Func<bool> condition, BoxStandIn? box, TimeSpan? within = null) => Eventually.TrueAsync(
        condition,
        () => $"box told {string.Join(' ', box?.Told.TakeLast(20) ?? [])}; hub got {string.Join(' ', _hub.Reports.Select(report => report.Type + report.Data))}; "
            + $"lines {JsonSerializer.Serialize(_hub.Presences is [.., var last] ? last.SerialPorts : null)}; agent: {_agent.Said}",
        within);

    private static async Task<bool> WithinASecond(Func<bool> condition)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!condition() && TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(1))
        {
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }

        return condition();
    }
}
