using System.Globalization;
using System.Text.Json;
using Reception.Hall.Tests.Parts;
using Reception.Protocol;

namespace Reception.Hall.Tests.CounterAgent;

/// <summary>The firmware as it is flashed, the counter agent, and the hub's broker: every accepted press is delivered once, in order.</summary>
public sealed class FirmwareTests
{
    /// <summary>After an accepted press the buttons rest for 1.5 s.</summary>
    private const string Rest = "wait 1700ms";

    /// <summary>Ten times a second for a second and a half.</summary>
    private static readonly string[] Mashing = [.. Enumerable.Repeat("press 2 50ms,wait 50ms", 15).SelectMany(pair => pair.Split(','))];

    [Fact]
    public async Task Each_button_a_bouncing_one_mashing_two_at_once_a_reset_and_a_dip_of_the_supply()
    {
        await using var desk = await CounterOfBoxes.StartAsync(boxes: 2);
        var (one, two) = (desk.Boxes[0], desk.Boxes[1]);
        await Task.WhenAll(
            DoAllAsync(one, "press 1", Rest, "press 2", Rest, "press 3", Rest, "press 4", Rest, "press 5", Rest, "bounce 3", Rest, "reset", "press 1", Rest),
            DoAllAsync(two, [.. Mashing, Rest, "press 2 4", Rest, "press 5 200ms", "brownout", "press 4", Rest]));

        await desk.UntilAsync(() => desk.LevelsOf(0).Count >= 7 && desk.LevelsOf(1) is [.., 4]);
        Assert.Equal([1, 2, 3, 4, 5, 3, 1], desk.LevelsOf(0));
        // Mashing is one press, and one more where the last touch fell after the rest.
        var mashed = desk.LevelsOf(1);
        Assert.Equal([5, 4], mashed.Skip(mashed.Count - 2));
        Assert.InRange(mashed.Count(level => level == 2), 1, 2);
        Assert.Equal(mashed.Count, mashed.Count(level => level is 2 or 5 or 4));
    }

    [Fact]
    public async Task A_dip_of_the_supply_at_any_moment_of_the_write_costs_at_most_the_press_being_written()
    {
        const int boxes = 8;
        // The press is accepted some 60 ms after the touch, and its eight bytes take 27 ms more: the dips fall all over that.
        await using var desk = await CounterOfBoxes.StartAsync(boxes);
        await Task.WhenAll(desk.Boxes.Select((box, place) => DoAllAsync(
            box, "press 1", Rest, $"brownout at {(55 + (place * 5)) * 16_000} cycles", "press 2 200ms", Rest, "press 3", Rest)));

        await desk.UntilAsync(() => Enumerable.Range(0, boxes).All(place => desk.LevelsOf(place) is [.., 3]));
        for (var place = 0; place < boxes; place++)
        {
            var levels = desk.LevelsOf(place);
            Assert.True(levels is [1, 3] or [1, 2, 3], $"box {place}: {string.Join(' ', levels)}");
        }
    }

    [Fact]
    public async Task A_line_that_spoils_every_sixth_frame_loses_no_press_and_doubles_none()
    {
        const int boxes = 5, seed = 1125;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        await using var desk = await CounterOfBoxes.StartAsync(boxes, noise: seed);
        int[] levels = [1, 5, 2, 4, 3, 5];
        await Task.WhenAll(desk.Boxes.Select(box => DoAllAsync(box, [.. levels.SelectMany(level => new[] { $"press {level}", Rest })])));
        await desk.UntilAsync(() => Enumerable.Range(0, boxes).All(place => desk.LevelsOf(place).Count >= levels.Length));
        Assert.All(Enumerable.Range(0, boxes), place => Assert.Equal(levels, desk.LevelsOf(place)));
    }

    [Fact]
    public async Task The_agent_of_the_documents_stands_in_for_ours()
    {
        var folder = Directory.CreateTempSubdirectory("reception-docs-").FullName;
        var page = await File.ReadAllTextAsync(Path.Combine(Sources.Root, "hardware", "docs", "serial.md"), TestContext.Current.CancellationToken);
        var program = Path.Combine(folder, "agent.py");
        await File.WriteAllTextAsync(program, page.Split("```python\n")[1].Split("```")[0], TestContext.Current.CancellationToken);
        using (var box = new BenchBox(Path.Combine(folder, "port"), "DOCS0001"))
        {
            await box.DoAsync("wait 50ms");
            using var agent = Spawned.Start("python3", "-u", program, Path.Combine(folder, "port"));
            await Eventually.TrueAsync(() => agent.All.Contains("HELLO,1,DOCS0001,", StringComparison.Ordinal), () => agent.All);
            await DoAllAsync(box, "press 4");
            await Eventually.TrueAsync(() => agent.All.Contains("PRESS,1,4,", StringComparison.Ordinal), () => agent.All);
            await Eventually.TrueAsync(async () => await box.DoAsync("leds?") == "leds 0 0 0 1 0 buzzer 0", () => "no thanks");
            await agent.KillAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task DoAllAsync(BenchBox box, params IReadOnlyList<string> commands)
    {
        foreach (var command in commands)
        {
            Assert.Equal("ok", await box.DoAsync(command));
        }
    }

    /// <summary>A desk with several simulated boxes, and a hub that answers.</summary>
    private sealed class CounterOfBoxes(FakeHub hub, AgentProcess agent, IReadOnlyList<BenchBox> boxes, IReadOnlyList<NoisyLine> lines) : IAsyncDisposable
    {
        public IReadOnlyList<BenchBox> Boxes => boxes;

        public static async Task<CounterOfBoxes> StartAsync(int boxes, int? noise = null)
        {
            var hub = await FakeHub.StartAsync(FakeHub.Desk);
            var agent = AgentProcess.Make(hub, [.. Enumerable.Repeat("rater", boxes)]);
            var places = Enumerable.Range(0, boxes).ToList();
            var made = places.ConvertAll(place => new BenchBox(noise is null ? agent.Port(place) : agent.Port(place) + "-box", Name(place)));
            await Task.WhenAll(made.Select(box => box.DoAsync("wait 50ms")));
            var lines = noise is { } seed ? places.ConvertAll(place => new NoisyLine(agent.Port(place) + "-box", agent.Port(place), seed + place)) : [];
            agent.Start();
            var desk = new CounterOfBoxes(hub, agent, made, lines);
            await desk.UntilAsync(() => hub.Presences is [.., { SerialPorts: { } seen }] && seen.Count(line => line.Serial is not null) == boxes);
            return desk;
        }

        /// <summary>What the hub was told of a box's presses, in order. A report does not say which box it is of; the desk's own book does.</summary>
        public IReadOnlyList<int> LevelsOf(int place)
        {
            var reports = agent.ReportsOf(Name(place));
            return [.. hub.Reports.Where(report => report.Type == ReportTypes.RatingPressed && reports.Contains(report.Id)).Select(report => report.Data.GetProperty("level").GetInt32())];
        }

        public Task UntilAsync(Func<bool> condition) => Eventually.TrueAsync(
            condition,
            () => $"{string.Join(' ', hub.Reports.Select(report => report.Type + report.Data))}; {JsonSerializer.Serialize(hub.Presences is [.., var last] ? last.SerialPorts : null)}; {agent.Said}",
            TimeSpan.FromSeconds(60));

        public async ValueTask DisposeAsync()
        {
            await agent.DisposeAsync();
            foreach (var line in lines)
            {
                line.Dispose();
            }

            foreach (var box in boxes)
            {
                box.Dispose();
            }

            await hub.DisposeAsync();
        }

        private static string Name(int place) => string.Create(CultureInfo.InvariantCulture, $"BOX{place}");
    }
}
