using System.Text.Json;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Protocol;
using Reception.Unit.Tests.Clocks;
using Xunit;

namespace Reception.Unit.Tests.Devices;

/// <summary>A press goes to the officer who served, whatever the rater's clock says; a report that comes late needs a reason.</summary>
public sealed class DeviceClockTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
    private ListeningHub _hub = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await ListeningHub.StartAsync(_clock);
        _hub.ConnectedAt = _clock.GetTimestamp();
        var ticket = Guid.CreateVersion7();
        await DoAsync(new StartDuty(Guid.CreateVersion7(), 1, "cb01"));
        await DoAsync(new IssueTicket(ticket, "HT", Lane.Normal));
        await DoAsync(new CallNext(1, "cb01"));
        _clock.Advance(TimeSpan.FromMinutes(5));
        await DoAsync(new FinishService(1, "cb01"));
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Theory]
    [InlineData(-20 * 60, "Đồng hồ thiết bị chậm 20 phút so với máy chủ.")]
    [InlineData(20 * 60, "Đồng hồ thiết bị nhanh 20 phút so với máy chủ.")]
    [InlineData(-56 * 365.25 * 86400, "Đồng hồ thiết bị chậm 56 năm so với máy chủ.")]
    [InlineData(-50, "Đồng hồ thiết bị chậm 50 giây so với máy chủ.")]
    [InlineData(-5, null)]
    public async Task A_press_by_a_wrong_clock_counts_and_the_clock_is_a_fault_with_its_size(double error, string? fault)
    {
        _clock.Advance(TimeSpan.FromSeconds(10));
        await PresentAsync(error);
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.True(await PressAsync(At(error)));
        Assert.Equal(fault, _hub.FaultsOf("rater-1").SingleOrDefault(one => one.Code == "clock")?.Message);
        await PresentAsync(0);
        Assert.True(await PressAsync(At(0)));
        Assert.DoesNotContain(_hub.FaultsOf("rater-1"), one => one.Code == "clock");
    }

    [Fact]
    public async Task An_age_is_trusted_before_any_clock()
    {
        await PresentAsync(0);
        _clock.Advance(TimeSpan.FromSeconds(20));

        Assert.True(await PressAsync(DateTimeOffset.MinValue, ageMs: 15_000));
        Assert.Equal($"{(_clock.GetUtcNow() - TimeSpan.FromSeconds(15)).ToUnixTimeMilliseconds()}", _hub.Row("SELECT at FROM rating"));
    }

    [Fact]
    public async Task What_waits_in_the_hub_came_when_it_came_and_not_when_it_is_read()
    {
        await PresentAsync(0);
        _clock.Advance(TimeSpan.FromSeconds(5));
        var pressedAt = _clock.GetUtcNow();
        _hub.ReceivedAt = _clock.GetTimestamp();
        await DoAsync(new IssueTicket(Guid.CreateVersion7(), "HT", Lane.Normal));
        await DoAsync(new CallNext(1, "cb01"));
        _clock.Advance(TimeSpan.FromSeconds(5));
        await DoAsync(new StartService(1, "cb01"));
        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.True(await PressAsync(DateTimeOffset.MinValue, ageMs: 0));
        Assert.Equal($"{pressedAt.ToUnixTimeMilliseconds()} A001", _hub.Row("SELECT at, (SELECT number FROM stay WHERE stay.id = rating.stay) FROM rating"));
    }

    [Fact]
    public async Task A_press_from_before_the_raters_restart_has_no_known_time_without_an_age()
    {
        await PresentAsync(0, boot: Guid.CreateVersion7());
        _clock.Advance(TimeSpan.FromSeconds(5));
        var at = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromSeconds(5));
        _hub.ConnectedAt = _clock.GetTimestamp();
        await PresentAsync(0, boot: Guid.CreateVersion7());

        Assert.False(await PressAsync(at));
        Assert.True(await PressAsync(_clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_press_of_40_seconds_ago_counts_only_where_the_rater_was_not_connected()
    {
        await PresentAsync(0);
        _clock.Advance(TimeSpan.FromSeconds(40));
        Assert.False(await PressAsync(_clock.GetUtcNow(), ageMs: 40_000));
        Assert.Equal("1", _hub.Row("SELECT late FROM rating"));

        _hub.ConnectedAt = _clock.GetTimestamp();
        await PresentAsync(0);
        Assert.True(await PressAsync(_clock.GetUtcNow(), ageMs: 40_000));
    }

    [Fact]
    public async Task An_id_that_another_rater_has_used_is_refused()
    {
        await PresentAsync(0);
        var message = ListeningHub.Proper(ReportTypes.RatingPressed, new { level = 1 });
        _hub.Report("rater-1", message);
        Assert.Equal("stored", (await _hub.AnswerAsync()).Brief);
        _hub.Report("rater-2", message);
        Assert.Equal("key-reused", (await _hub.AnswerAsync()).Brief);
        _hub.Report("rater-1", message);
        Assert.Equal("stored", (await _hub.AnswerAsync()).Brief);
        Assert.Equal("1 1 0", _hub.Row("SELECT count(*), level, changed FROM rating"));
    }

    private async Task DoAsync(HallCommand command) => Assert.Null((await _hub.DoAsync(new Act(command))).Refusal);

    private DateTimeOffset At(double error) => _clock.GetUtcNow().AddSeconds(error);

    /// <summary>The rater publishes its presence, and the hub has read it.</summary>
    private async Task PresentAsync(double error, Guid? boot = null)
    {
        _hub.Presence("rater-1", ProtocolJson.Write(new Presence
        {
            Online = true,
            Kind = DeviceKinds.Rater,
            Session = Guid.CreateVersion7(),
            Counter = 1,
            At = At(error),
            Boot = boot,
        }));
        Assert.Equal("stored", await _hub.TellAsync("desk-1", ReportTypes.DeviceFault, new { code = "a", message = "b" }));
    }

    private async Task<bool> PressAsync(DateTimeOffset at, long? ageMs = null)
    {
        _hub.Report("rater-1", ProtocolJson.Write(new
        {
            id = Guid.CreateVersion7(),
            sequence = 1,
            at,
            ageMs,
            type = ReportTypes.RatingPressed,
            data = new { level = 5 },
        }));
        var answer = await _hub.AnswerAsync();
        Assert.Equal("stored", answer.Brief);
        return JsonSerializer.Deserialize<JsonElement>(answer.Text).GetProperty("data").GetProperty("attributed").GetBoolean();
    }

    private sealed record Act(HallCommand Command) : JournalCommand<Done>
    {
        public override Result<Done> Execute(HallTransaction transaction) => transaction.Execute(Command) is { } refusal ? refusal : default(Done);
    }
}
