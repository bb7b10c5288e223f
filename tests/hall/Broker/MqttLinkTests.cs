using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Reception.Hall.Tests.Parts;
using Reception.Mqtt;
using Reception.Protocol;

namespace Reception.Hall.Tests.Broker;

public sealed class MqttLinkTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_of_256_KiB_arrives_whole_and_in_order()
    {
        await using var broker = await MosquittoBroker.StartAsync("rater-1");
        await using var hub = await LinkedAsync(broker.Options("hub", Topics.EveryReport));
        await using var rater = await LinkedAsync(broker.Options("rater-1"));
        var large = new byte[256 * 1024];
        Random.Shared.NextBytes(large);

        Assert.True(rater.TryPublish(Topics.Report("rater-1"), "first"u8));
        Assert.True(rater.TryPublish(Topics.Report("rater-1"), large));
        Assert.True(rater.TryPublish(Topics.Report("rater-1"), "third"u8));

        Assert.Equal("first", await NextAsync(hub));
        var message = await hub.Messages.ReadAsync(Cancel);
        Assert.Equal(Topics.Report("rater-1"), message.Topic);
        Assert.Equal(large, message.Payload.ToArray());
        Assert.Equal("third", await NextAsync(hub));
    }

    [Fact]
    public async Task A_reader_that_is_behind_loses_nothing()
    {
        const int Sent = 20_000;
        await using var broker = await MosquittoBroker.StartAsync("rater-1");
        await using var hub = await LinkedAsync(broker.Options("hub", Topics.EveryReport));
        await using var rater = await LinkedAsync(broker.Options("rater-1"));
        for (var i = 0; i < Sent; i++)
        {
            Assert.True(rater.TryPublish(Topics.Report("rater-1"), BitConverter.GetBytes(i)));
        }

        await Eventually.TrueAsync(() => hub.Messages.Count >= 8192, () => $"{hub.Messages.Count} kept");
        for (var i = 0; i < Sent; i++)
        {
            Assert.Equal(i, BitConverter.ToInt32((await hub.Messages.ReadAsync(Cancel)).Payload.Span));
        }
    }

    [Fact]
    public async Task After_a_restart_of_the_broker_the_link_comes_back_with_a_new_will()
    {
        await using var broker = await MosquittoBroker.StartAsync("rater-1");
        var wills = 0;
        var options = broker.Options("rater-1", Topics.Answer("rater-1")) with
        {
            NextWill = () => new MqttWill(Topics.Presence("rater-1"), Encoding.UTF8.GetBytes($"will {++wills}"), Retained: true),
        };
        await using var rater = await LinkedAsync(options);
        var states = new ConcurrentQueue<bool>();
        rater.Changed += states.Enqueue;
        var before = wills;

        await broker.KillAsync();
        await Eventually.TrueAsync(() => !rater.IsConnected, () => "still connected");
        Assert.False(rater.TryPublish(Topics.Report("rater-1"), "lost"u8));
        await broker.StartAgainAsync();
        await Eventually.TrueAsync(() => rater.IsConnected, () => "not connected");

        Assert.Equal([false, true], states);
        Assert.True(wills > before);
        await using var hub = await LinkedAsync(broker.Options("hub", Topics.EveryReport, Topics.EveryPresence));
        Assert.True(rater.TryPublish(Topics.Report("rater-1"), "kept"u8));
        Assert.Equal("kept", await NextAsync(hub));
        Assert.True(hub.TryPublish(Topics.Answer("rater-1"), "answer"u8));
        Assert.Equal("answer", await NextAsync(rater));
    }

    [Fact]
    public async Task A_stopped_link_sends_what_it_took_and_no_will()
    {
        await using var broker = await MosquittoBroker.StartAsync("rater-1");
        await using var hub = await LinkedAsync(broker.Options("hub", Topics.EveryPresence));
        var rater = await LinkedAsync(broker.Options("rater-1") with
        {
            NextWill = () => new MqttWill(Topics.Presence("rater-1"), "will"u8.ToArray(), Retained: true),
        });

        Assert.True(rater.TryPublish(Topics.Presence("rater-1"), "bye"u8));
        await rater.DisposeAsync();
        Assert.False(rater.TryPublish(Topics.Presence("rater-1"), "too late"u8));
        Assert.True(hub.TryPublish(Topics.Presence("rater-1"), "after"u8));

        Assert.Equal("bye", await NextAsync(hub));
        Assert.Equal("after", await NextAsync(hub));
    }

    [Fact]
    public async Task A_wrong_secret_is_tried_again_until_it_is_right()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var rater = new MqttLink(broker.Options("rater-1"), TimeProvider.System, NullLogger<MqttLink>.Instance);
        rater.Start();
        broker.Allow("rater-1");

        await Eventually.TrueAsync(() => rater.IsConnected, () => "not connected");
    }

    private static async Task<MqttLink> LinkedAsync(MqttLinkOptions options)
    {
        var link = new MqttLink(options, TimeProvider.System, NullLogger<MqttLink>.Instance);
        link.Start();
        await Eventually.TrueAsync(() => link.IsConnected, () => "not connected");
        return link;
    }

    private static async Task<string> NextAsync(MqttLink link)
    {
        var message = await link.Messages.ReadAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(15), Cancel);
        return Encoding.UTF8.GetString(message.Payload.Span);
    }
}
