using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using MQTTnet.Protocol;
using Reception.Hub.Broker;
using Reception.Unit.Tests.Clocks;
using Xunit;

namespace Reception.Unit.Tests.Devices;

/// <summary>A second client that signs in as a device is kept on record and shown; a client that comes again is none.</summary>
public sealed class TwoSessionsTests : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
    private readonly List<Client> _clients = [];
    private ListeningHub _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await ListeningHub.StartAsync(_clock);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.EndAsync();
        }

        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task A_second_client_of_a_rater_is_kept_and_is_a_fault_while_it_lasts()
    {
        Connect("rater-1", "a", "10.0.0.5");
        Assert.Empty(_hub.FaultsOf("rater-1"));
        _clock.Advance(TimeSpan.FromSeconds(10));
        var second = Connect("rater-1", "b", "10.0.0.9");
        _clock.Advance(TimeSpan.FromSeconds(10));

        var fault = Assert.Single(_hub.FaultsOf("rater-1"));
        Assert.Equal(("two-sessions", "2 phiên cùng kết nối bằng tên thiết bị này, từ 10.0.0.5, 10.0.0.9."), (fault.Code, fault.Message));
        Assert.Equal(new TimeSpan(8, 0, 10), fault.At!.Value.TimeOfDay);
        Assert.Equal("rater-1 1 10.0.0.9 10.0.0.5 1", await KeptAsync("rater-1"));

        await second.EndAsync();
        Assert.Empty(_hub.FaultsOf("rater-1"));
        Assert.Equal("rater-1 1 10.0.0.9 10.0.0.5 1", await KeptAsync("rater-1"));
    }

    [Fact]
    public async Task Further_sign_ins_from_the_same_address_are_counted_in_one_row()
    {
        Connect("desk-1", "a", "10.0.0.5");
        await Connect("desk-1", "b", "10.0.0.9").EndAsync();
        await Connect("desk-1", "c", "10.0.0.9").EndAsync();

        await UntilAsync("SELECT sign_ins FROM second_session", "2");
    }

    [Fact]
    public async Task A_client_that_connects_again_takes_over_and_is_no_second_session()
    {
        var first = Connect("rater-1", "a", "10.0.0.5");
        Connect("rater-1", "a", "10.0.0.6");

        Assert.True(first.IsAborted);
        Assert.Empty(_hub.FaultsOf("rater-1"));
        await AssertNothingKeptAsync();
    }

    [Fact]
    public async Task Two_programs_of_a_kiosk_do_not_matter()
    {
        Connect("kiosk-1", "a", "10.0.0.5");
        Connect("kiosk-1", "b", "10.0.0.6");

        Assert.Empty(_hub.FaultsOf("kiosk-1"));
        await AssertNothingKeptAsync();
    }

    /// <summary>What follows is kept after what came before it.</summary>
    private async Task AssertNothingKeptAsync()
    {
        Connect("rater-2", "x", "10.0.0.7");
        Connect("rater-2", "y", "10.0.0.8");
        await KeptAsync("rater-2");
        Assert.Equal("1", _hub.Row("SELECT count(*) FROM second_session"));
    }

    private async Task<string> KeptAsync(string device)
    {
        await UntilAsync($"SELECT count(*) FROM second_session WHERE device = '{device}'", "1");
        return _hub.Row($"SELECT device, counter, address, other_address, sign_ins FROM second_session WHERE device = '{device}'");
    }

    private async Task UntilAsync(string sql, string expected)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (_hub.Row(sql) != expected)
        {
            Assert.False(deadline.IsCancellationRequested, $"{sql}: {_hub.Row(sql)}");
            await Task.Yield();
        }
    }

    private Client Connect(string device, string clientId, string address)
    {
        var client = new Client(_hub.Connections, address);
        _clients.Add(client);
        Assert.Equal(MqttConnectReasonCode.Success, _hub.Connections.SignIn(client.Connection, device, "", clientId, _clock.GetTimestamp()));
        return client;
    }

    /// <summary>A connection that lasts until it is ended.</summary>
    private sealed class Client : DefaultConnectionContext, IConnectionLifetimeNotificationFeature
    {
        private readonly TaskCompletionSource _ended = new();
        private readonly Task _served;

        public Client(BrokerConnections connections, string address)
            : base(Guid.NewGuid().ToString())
        {
            RemoteEndPoint = new IPEndPoint(IPAddress.Parse(address), 40_000);
            Features.Set<IConnectionLifetimeNotificationFeature>(this);
            _served = connections.ServeAsync(this, _ => _ended.Task);
            Connection = Features.Get<BrokerConnection>()!;
        }

        public BrokerConnection Connection { get; }

        public bool IsAborted { get; private set; }

        public CancellationToken ConnectionClosedRequested { get; set; }

        public override void Abort(ConnectionAbortedException abortReason) => IsAborted = true;

        public void RequestClose()
        {
        }

        public async Task EndAsync()
        {
            _ended.TrySetResult();
            await _served;
        }
    }
}
