using System.Diagnostics;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Run;

/// <summary>A hall that <c>./run</c> started: it works, and heals.</summary>
public sealed class RunTests(OpenRunHall hall, ITestOutputHelper output) : IClassFixture<OpenRunHall>
{
    private static readonly TimeSpan Restart = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_second_start_on_the_same_data_is_refused_plainly()
    {
        using var second = RunProcess.Start(hall.Site.Arguments);
        Assert.NotEqual(0, await second.EndAsync());
        Assert.Contains("another ./run works on", Assert.Single(second.Complaints), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hub")]
    [InlineData("kiosk")]
    [InlineData("printer")]
    [InlineData("rater")]
    [InlineData("receiver")]
    [InlineData("box")]
    [InlineData("desk-2")]
    public async Task A_killed_program_is_back_within_two_seconds(string name)
    {
        var old = hall.Site.Pid(name);
        Spawned.Signal(old, RunProcess.Killed);
        var watch = Stopwatch.StartNew();
        await Eventually.TrueAsync(
            () => hall.Site.Pid(name) is not 0 and var now && now != old, () => $"{name}: was {old}, is {hall.Site.Pid(name)}\n{hall.Said}", Restart);
        output.WriteLine($"{name} was back after {watch.ElapsedMilliseconds} ms.");
        Assert.True(Directory.Exists($"/proc/{hall.Site.Pid(name)}"), $"{name} is not running after {watch.Elapsed}.");
    }

    [Theory]
    [InlineData("hub", "kiosk")]
    [InlineData("hub", "rater")]
    [InlineData("hub", "receiver")]
    [InlineData("kiosk", "rater")]
    [InlineData("kiosk", "receiver")]
    [InlineData("rater", "receiver")]
    public async Task Two_that_are_killed_at_the_same_moment_are_both_back_and_answer(params string[] pair)
    {
        await hall.EverythingAnswersAsync();
        var old = pair.Select(hall.Site.Pid).ToList();
        old.ForEach(process => Spawned.Signal(process, RunProcess.Killed));
        var watch = Stopwatch.StartNew();
        await Eventually.TrueAsync(
            () => pair.Select(hall.Site.Pid).Zip(old).All(one => one.First != 0 && one.First != one.Second),
            () => $"{string.Join(" and ", pair)}: were {string.Join(", ", old)}, are {string.Join(", ", pair.Select(hall.Site.Pid))}\n{hall.Said}");
        output.WriteLine($"Both were back after {watch.ElapsedMilliseconds} ms.");
        await hall.EverythingAnswersAsync();
    }

    [Fact]
    public async Task A_touch_on_the_kiosk_is_a_slip_of_the_virtual_printer()
    {
        var slips = Path.Combine(hall.Site.Data, "printer", "slips");
        var before = Directory.GetFiles(slips, "*.png").Length;
        await hall.EverythingAnswersAsync();
        var screen = "";
        await Eventually.TrueAsync(
            async () =>
            {
                screen = await hall.GetAsync(hall.Site.Kiosk, "/");
                return screen.Contains("/services/HT", StringComparison.Ordinal) && !screen.Contains("notice trouble", StringComparison.Ordinal);
            },
            () => $"{screen}\n{hall.Said}");
        var taken = await hall.TouchAsync("HT");
        var ticket = "";
        await Eventually.TrueAsync(
            async () =>
            {
                ticket = await hall.GetAsync(hall.Site.Kiosk, taken);
                return Directory.GetFiles(slips, "*.png").Length == before + 1;
            },
            () => $"{ticket}\n{hall.Said}");
    }

    [Fact]
    public async Task A_press_on_the_simulated_box_reaches_the_province()
    {
        await hall.EverythingAnswersAsync();
        Assert.True(File.Exists(Path.Combine(Sources.Root, "counter-agent", "bin", "run", "counter-agent")));
        await File.WriteAllTextAsync(Path.Combine(hall.Site.Data, "desk-2", "buttons"), "press 5 80ms\n", TestContext.Current.CancellationToken);
        await hall.ProvinceHasAsync("vn.reception.rating.recorded", 1);
    }
}
