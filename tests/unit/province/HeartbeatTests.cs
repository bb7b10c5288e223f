using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Reception.Hub.Options;
using Reception.Hub.Province;
using Reception.Unit.Tests.Clocks;
using Xunit;

namespace Reception.Unit.Tests.Province;

public sealed class HeartbeatTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly Guid _journal = Guid.CreateVersion7();
    private ForwardedHall _hall = null!;
    private Heartbeat _heartbeat = null!;
    private Func<HeartbeatDocument> _read = null!;

    public async ValueTask InitializeAsync()
    {
        _hall = await ForwardedHall.OpenAsync();
        _read = () => new HeartbeatDocument(
            _journal, "H00.001", Clock.GetUtcNow(), "2.0.0", 41, 3, 1, new Dictionary<string, int> { ["HT"] = 7 }, 2, [new HeartbeatFault("kiosk-1", "printer-paper")], 5120);
    }

    public async ValueTask DisposeAsync()
    {
        await _heartbeat.StopAsync(CancellationToken.None);
        _heartbeat.Dispose();
        await _hall.DisposeAsync();
    }

    private ManualTimeProvider Clock => _hall.Clock;

    [Fact]
    public async Task Every_60_s_it_goes_to_the_same_address_as_plain_json_without_a_key()
    {
        await StartAsync();

        for (var beat = 0; beat < 3; beat++)
        {
            await Clock.PassAsync(Minute, Minute);
            var received = await _hall.Province.NextAsync();
            Assert.Equal(("/events?site=w1", null, null, "application/json"), (received.Path, received.Key, received.Authorization, received.ContentType));
            using var json = JsonDocument.Parse(received.Body);
            Assert.Equal(_journal, json.RootElement.GetProperty("journal").GetGuid());
            Assert.Equal(
                ["journal", "site", "at", "software", "cursor", "backlog", "parked", "waiting", "openCounters", "faults", "diskFreeMb"],
                json.RootElement.EnumerateObject().Select(field => field.Name));
            Assert.Equal("""{"HT":7}""", json.RootElement.GetProperty("waiting").GetRawText());
            Assert.Equal("""[{"device":"kiosk-1","code":"printer-paper"}]""", json.RootElement.GetProperty("faults").GetRawText());
        }
    }

    [Theory]
    [InlineData(400)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task One_that_fails_is_not_sent_again(int status)
    {
        _hall.Province.Answers(status);
        await StartAsync();
        await Clock.PassAsync(Minute, Minute);
        await _hall.Province.NextAsync();

        await Clock.PassAsync(Minute, Minute);
        await _hall.Province.NextAsync();
        Assert.False(_hall.Province.HasMore);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(415)]
    public async Task A_province_that_knows_none_is_left_alone_for_a_day(int status)
    {
        _hall.Province.Answers(status);
        await StartAsync();
        await Clock.PassAsync(Minute, Minute);
        await _hall.Province.NextAsync();

        await Clock.PassAsync(Day, Day);
        await _hall.Province.NextAsync();
        await Clock.WaitAsync(Minute, Minute);
    }

    [Fact]
    public async Task A_silent_heartbeat_delays_no_batch()
    {
        _hall.Province.Answers(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await _hall.StartAsync();
        await _hall.DrainedAsync();
        await StartAsync();
        await Clock.WaitAsync(Minute, Minute);
        // The forwarder looks again every 5 s.
        for (var look = 0; look < 12; look++)
        {
            await Clock.PassAsync(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));
        }

        Assert.Equal("application/json", (await _hall.Province.NextAsync()).ContentType);
        _hall.Commit(1);
        Assert.Equal([1L], (await _hall.Province.NextAsync()).Sequences);
        Assert.Equal(1, (await _hall.DrainedAsync()).Cursor);
    }

    [Fact]
    public async Task It_has_a_token_of_its_own_and_after_a_401_the_next_one_fetches_another()
    {
        _hall.UseToken();
        _hall.Province.Answers(401);
        await StartAsync();
        await Clock.PassAsync(Minute, Minute);
        Assert.Equal("Bearer token-1", (await _hall.Province.NextAsync()).Authorization);
        await Clock.PassAsync(Minute, Minute);
        Assert.Equal("Bearer token-2", (await _hall.Province.NextAsync()).Authorization);
        Assert.False(_hall.Province.HasMore);
    }

    [Fact]
    public async Task One_that_cannot_be_read_is_left_out()
    {
        var read = _read;
        _read = () => throw new IOException("the disk is gone");
        await StartAsync();
        await Clock.PassAsync(Minute, Minute);
        await Clock.WaitAsync(Minute, Minute);

        _read = read;
        await Clock.PassAsync(Minute, Minute);
        await _hall.Province.NextAsync();
    }

    [Fact]
    public async Task Without_an_address_there_is_none()
    {
        _hall.Options = new ProvinceOptions();
        await StartAsync();
        await _heartbeat.ExecuteTask!;
    }

    private Task StartAsync()
    {
        _heartbeat = new Heartbeat(_hall.Options, () => _read(), Clock, NullLogger<Heartbeat>.Instance);
        return _heartbeat.StartAsync(CancellationToken.None);
    }
}
