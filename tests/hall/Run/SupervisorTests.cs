using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Reception.Hall.Tests.Parts;
using Reception.Runner;
using Reception.Unit.Tests;

namespace Reception.Hall.Tests.Run;

/// <summary>The supervisor of <c>./run</c> with small programs: whatever dies comes back.</summary>
public sealed class SupervisorTests : IDisposable
{
    private static readonly int Rounds = Effort.Of(usual: 100, all: 1000);
    private const int Programs = 6;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Func<Child, CancellationToken, Task<string?>> AtOnce = (_, _) => Task.FromResult<string?>(null);
    private static readonly Func<Child, CancellationToken, Task<string?>> Never = (_, _) => Task.FromResult<string?>("never ready");

    private readonly string _data = Directory.CreateTempSubdirectory("reception-supervisor-").FullName;
    private readonly ConcurrentQueue<string> _said = new();
    private readonly Disk _disk;
    private readonly string _mark = $"86400.{Environment.ProcessId}{Random.Shared.Next(1000, 9999)}";

    public SupervisorTests()
    {
        Directory.CreateDirectory(Path.Combine(_data, "run"));
        Directory.CreateDirectory(Path.Combine(_data, "logs"));
        _disk = new Disk(_data);
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Programs_killed_at_the_same_moment_all_come_back_every_time()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var longest = TimeSpan.Zero;
        await using (var supervisor = new Supervisor(_data, _said.Enqueue, TimeProvider.System))
        {
            await OpenAsync(supervisor, [.. Enumerable.Range(0, Programs).Select(Sleeper)]);
            for (var round = 0; round < Rounds; round++)
            {
                var killed = random.GetItems(Enumerable.Range(0, Programs).ToArray(), random.Next(1, 4)).Distinct()
                    .Select(number => (Name: $"p{number}", Old: Pid($"p{number}")))
                    .ToList();
                killed.ForEach(one => Spawned.Signal(one.Old, RunProcess.Killed));
                var watch = Stopwatch.StartNew();
                await Eventually.TrueAsync(
                    () => killed.All(one => Pid(one.Name) is not 0 and var now && now != one.Old && IsAlive(now)),
                    () => $"seed {seed}, round {round}: "
                        + string.Join(", ", killed.Select(one => $"{one.Name} was {one.Old}, is {Pid(one.Name)}")),
                    Patience);
                longest = watch.Elapsed > longest ? watch.Elapsed : longest;
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{Rounds} rounds with seed {seed}; the longest until all were back: {longest.TotalMilliseconds:0} ms");
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_program_that_is_killed_takes_along_what_it_has_started()
    {
        await using var supervisor = new Supervisor(_data, _said.Enqueue, TimeProvider.System);
        var script = $"sleep {_mark} & echo ready; wait";
        await OpenAsync(supervisor, new ManagedProgram("parent", ["bash", "-c", script], Readiness.Says("ready")));
        for (var round = 0; round < 5; round++)
        {
            var old = Pid("parent");
            await Eventually.TrueAsync(() => Marked().Count == 2, () => string.Join('\n', Marked()));
            Spawned.Signal(old, RunProcess.Killed);
            await Eventually.TrueAsync(
                () => Pid("parent") != old && Marked().Count == 2, () => $"{old}, now {Pid("parent")}: {string.Join('\n', Marked())}");
        }
    }

    [Fact]
    public async Task The_end_of_one_at_its_start_is_the_reason_at_once_in_its_own_words()
    {
        const string Script = "echo 'broken: no room at /there' >&2; echo '   at Somewhere.Deep()' >&2; exit 3";
        await using var supervisor = new Supervisor(_data, _said.Enqueue, TimeProvider.System);
        var fault = await Assert.ThrowsAsync<StartException>(() => OpenAsync(
            supervisor,
            Sleeper(0),
            new ManagedProgram("late", ["sleep", _mark], Never),
            new ManagedProgram("broken", ["bash", "-c", Script], Readiness.Says("ready"))));
        Assert.Equal("broken ended at its start: broken: no room at /there", fault.Message);
        Assert.Empty(_said);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_named()
    {
        await using var supervisor = new Supervisor(_data, _said.Enqueue, TimeProvider.System);
        var fault = await Assert.ThrowsAsync<StartException>(
            () => OpenAsync(supervisor, new ManagedProgram("sensor", ["/nowhere/sensor"], Never)));
        Assert.StartsWith("sensor ended at its start: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains("/nowhere/sensor: No such file or directory", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kill_at_the_start_is_no_reason_to_give_up()
    {
        const string Script = """[ -e "$1" ] || { : >"$1"; kill -KILL $$; }; echo ready; sleep "$2" """;
        await using var supervisor = new Supervisor(_data, _said.Enqueue, TimeProvider.System);
        var file = Path.Combine(_data, "second");
        await OpenAsync(supervisor, new ManagedProgram("killed", ["bash", "-c", Script, "killed", file, _mark], Readiness.Says("ready")));
        Assert.True(IsAlive(Pid("killed")));
        Assert.Equal(["killed was killed (137); starting it again."], _said);
    }

    [Fact]
    public async Task A_disk_that_fills_while_the_hall_opens_is_named_and_not_what_follows_from_it()
    {
        using var small = await SmallDisk.MakeAsync("80m");
        await using var supervisor = new Supervisor(_data, _said.Enqueue, TimeProvider.System);
        var disk = new Disk(small.Folder, Disk.AnotherFolder);
        var hub = new ManagedProgram("hub", ["sleep", _mark], Never);
        var opening = supervisor.OpenAsync(disk, TestContext.Current.CancellationToken, [hub]);
        await Eventually.TrueAsync(() => Pid("hub") != 0, () => "no hub");
        Assert.False(opening.IsCompleted);
        small.Fill();
        // It may have looked before the last bytes were taken.
        Assert.Matches(
            $"^the disk of {small.Folder} is full or too small: [0-9]+ of 80 MiB free on {small.Folder}, 64 MiB needed; "
                + "make room, or name another folder with --data$",
            (await Assert.ThrowsAsync<StartException>(() => opening)).Message);
    }

    [Fact]
    public async Task A_full_disk_for_logs_and_pid_files_stops_nothing()
    {
        using var disk = await SmallDisk.MakeAsync("2m");
        var data = Directory.CreateDirectory(Path.Combine(disk.Folder, "hall")).FullName;
        Directory.CreateDirectory(Path.Combine(data, "run"));
        Directory.CreateDirectory(Path.Combine(data, "logs"));
        await using var supervisor = new Supervisor(data, _said.Enqueue, TimeProvider.System);
        const string Script = "while echo a long line of text; do sleep 0.01; done";
        var talker = supervisor.Start(new ManagedProgram("talker", ["bash", "-c", Script], Readiness.Says("line")))[0];
        await talker.Ready;
        disk.Fill();
        for (var round = 0; round < 5; round++)
        {
            var old = Pid("talker", data);
            Spawned.Signal(old, RunProcess.Killed);
            await Eventually.TrueAsync(
                () => Pid("talker", data) is not 0 and var now && now != old && IsAlive(now), () => $"{old}, now {Pid("talker", data)}");
        }

        disk.Empty();
        var length = new FileInfo(talker.LogPath).Length;
        await Eventually.TrueAsync(() => new FileInfo(talker.LogPath).Length > length, () => $"{length} bytes");
    }

    [Fact]
    public void A_log_keeps_its_newest_two_to_four_mebibytes()
    {
        var path = Path.Combine(_data, "logs", "long.log");
        using var log = new BoundedLog(path);
        var line = new byte[1000];
        for (var number = 0; number < 10_000; number++)
        {
            log.Write(line);
        }

        var kept = new FileInfo(path).Length + new FileInfo(path + ".1").Length;
        Assert.InRange(kept, 2 * 1024 * 1024, 4 * 1024 * 1024 + 2 * line.Length);
    }

    [Fact]
    public void One_that_was_killed_is_back_at_once_and_one_that_keeps_ending_by_itself_ever_later()
    {
        var pause = new RestartPause();
        var failed = new Life(1, WasReady: false, "");
        Assert.Equal([0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10, 10], Enumerable.Range(0, 8).Select(_ => pause.After(failed).TotalSeconds));
        Assert.Equal(TimeSpan.Zero, pause.After(new Life(137, WasReady: false, "")));
        Assert.Equal(0.2, pause.After(new Life(1, WasReady: true, "")).TotalSeconds);
        Assert.Equal(0.4, pause.After(new Life(134, WasReady: false, "")).TotalSeconds);
    }

    private Task OpenAsync(Supervisor supervisor, params IEnumerable<ManagedProgram> programs) =>
        supervisor.OpenAsync(_disk, TestContext.Current.CancellationToken, programs);

    private ManagedProgram Sleeper(int number) => new($"p{number}", ["sleep", _mark], AtOnce);

    private int Pid(string name, string? data = null)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(data ?? _data, "run", $"{name}.pid"));
            return int.TryParse(text, CultureInfo.InvariantCulture, out var pid) ? pid : 0;
        }
        catch (IOException)
        {
            // It is being written.
            return 0;
        }
    }

    private static bool IsAlive(int process) => Directory.Exists($"/proc/{process.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>The processes of this test's programs.</summary>
    private List<string> Marked() => [.. RunSite.ProcessesNaming(_mark).Where(words => words.Contains("sleep", StringComparison.Ordinal))];

    private async Task NothingIsLeftAsync() => await Eventually.TrueAsync(() => Marked().Count == 0, () => string.Join('\n', Marked()));
}
