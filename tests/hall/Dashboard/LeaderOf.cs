using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Reception.Hall.Tests.Parts;
using Reception.Mqtt;
using Reception.Protocol;

namespace Reception.Hall.Tests.Dashboard;

/// <summary>What the tests of the leader's pages do with a hub: ask it as somebody, and press a rater's faces.</summary>
internal static class LeaderOf
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    /// <summary>A GET as the owner of a cookie, a part's where <paramref name="part"/>, a device's where <paramref name="bearer"/>.</summary>
    public static async Task<(HttpStatusCode Status, string Body, HttpResponseMessage Answer)> AskAsync(
        this RunningHall hub, string path, string? cookie = null, bool part = false, string? bearer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, hub.Address + path);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        if (part)
        {
            request.Headers.Add("HX-Request", "true");
        }

        if (bearer is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        }

        var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)), answer);
    }

    public static async Task<JsonElement> JsonAsync(this RunningHall hub, string path, string? cookie = null)
    {
        var (status, body, _) = await hub.AskAsync(path, cookie);
        Assert.True(status == HttpStatusCode.OK, $"{path} answered {status}: {body}");
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    /// <summary>A finger on a face of a device; returns the hub's answer.</summary>
    public static async Task<Answer> PressAsync(this RunningHall hub, string device, int level, DateTimeOffset? at = null)
    {
        await using var link = new MqttLink(
            new MqttLinkOptions
            {
                Host = "127.0.0.1",
                Port = hub.MqttPort,
                User = device,
                Secret = hub.Secret(device),
                Subscriptions = [Topics.Answer(device)],
            },
            TimeProvider.System,
            NullLogger<MqttLink>.Instance);
        link.Start();
        await Eventually.TrueAsync(() => link.IsConnected, () => "no link to the broker");
        var report = new Report
        {
            Id = Guid.CreateVersion7(),
            Sequence = 0,
            At = at ?? TimeProvider.System.GetUtcNow(),
            Type = ReportTypes.RatingPressed,
            Data = JsonSerializer.SerializeToElement(new { level }, ProtocolJson.Options),
        };
        Assert.True(link.TryPublish(Topics.Report(device), ProtocolJson.Write(report)));
        await foreach (var message in link.Messages.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            if (ProtocolJson.Read<Answer>(message.Payload.Span) is { } answer && answer.Report == report.Id)
            {
                return answer;
            }
        }

        throw new InvalidOperationException("The link ended before the answer came.");
    }

    /// <summary>One visit: taken, called, started and finished by the officer at a counter.</summary>
    public static async Task<TicketDocument> ServeAsync(this RunningHall hub, string cookie, int counter, string service)
    {
        var ticket = await hub.TakeAsync(service);
        Assert.Equal(ticket.Id, (await hub.CommandAsync(cookie, counter, "call-next"))!.Ticket!.Id);
        await hub.CommandAsync(cookie, counter, "start");
        await hub.CommandAsync(cookie, counter, "finish");
        return ticket;
    }
}
