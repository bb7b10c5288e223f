using System.Collections.Concurrent;
using System.Text.Json;
using Reception.Device.Reporting;
using Reception.Protocol;

namespace Reception.Unit.Tests.Device;

public sealed class RequestsTests
{
    [Fact]
    public async Task A_request_is_sent_every_second_and_given_up_after_ten()
    {
        await using var disk = new OutboxOnDisk();
        var (requests, sent) = Requests(disk);
        var asking = requests.AskAsync(ReportTypes.TicketRequest, new { service = "HT" }, TestContext.Current.CancellationToken);
        var began = disk.Clock.GetUtcNow();
        while (!asking.IsCompleted && disk.Clock.GetUtcNow() - began < TimeSpan.FromSeconds(10))
        {
            await disk.Clock.PassAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        }

        var result = Assert.IsType<RequestResult.GaveUp>(await asking);
        Assert.Equal(TimeSpan.FromSeconds(10), disk.Clock.GetUtcNow() - began);
        Assert.Equal(10, sent.Count);
        Assert.All(sent, report => Assert.Equal(result.Report, report.Id));
        Assert.False(requests.Take(new Answer { Report = result.Report, Stored = true }));
    }

    [Fact]
    public async Task A_request_tells_its_age_anew_each_time_by_the_monotonic_clock()
    {
        await using var disk = new OutboxOnDisk();
        var (requests, sent) = Requests(disk);
        var touched = disk.Outbox.Clock.Now();
        disk.Clock.Advance(TimeSpan.FromMilliseconds(40));
        var request = requests.Prepare(Guid.NewGuid(), touched, ReportTypes.TicketRequest, new { service = "HT" });
        var asking = requests.AskAsync(request, TestContext.Current.CancellationToken);
        disk.Clock.SetWallClock(disk.Clock.GetUtcNow().AddYears(-7));
        await disk.Clock.PassAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        await disk.Clock.PassAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        await disk.Clock.WaitAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        Assert.Equal([40L, 1040L, 2040L], sent.Select(report => report.AgeMs!.Value));
        Assert.All(sent, report => Assert.Equal(touched.At, report.At));
        requests.Take(new Answer { Report = sent.First().Id, Stored = true });
        await asking;
    }

    [Fact]
    public async Task An_answer_ends_a_request_with_its_data()
    {
        await using var disk = new OutboxOnDisk();
        var (requests, sent) = Requests(disk);
        var asking = requests.AskAsync(ReportTypes.TicketRequest, new { service = "HT" }, TestContext.Current.CancellationToken);
        Assert.True(requests.Take(new Answer { Report = sent.Single().Id, Stored = true, Data = JsonSerializer.SerializeToElement(new { number = "A001" }) }));

        Assert.Equal("A001", Assert.IsType<RequestResult.Answered>(await asking).Data.GetProperty("number").GetString());
    }

    [Fact]
    public async Task A_refusal_ends_a_request_with_its_code()
    {
        await using var disk = new OutboxOnDisk();
        var (requests, sent) = Requests(disk);
        var asking = requests.AskAsync(ReportTypes.TicketRequest, new { service = "HT" }, TestContext.Current.CancellationToken);
        requests.Take(new Answer { Report = sent.Single().Id, Stored = false, Error = new AnswerError("service-closed", "The service is closed.") });

        Assert.Equal("service-closed", Assert.IsType<RequestResult.Refused>(await asking).Error.Code);
    }

    private static (Requests Requests, ConcurrentQueue<Report> Sent) Requests(OutboxOnDisk disk)
    {
        var sent = new ConcurrentQueue<Report>();
        return (new Requests(disk.Store, Send, disk.Clock, disk.Outbox.Clock), sent);

        bool Send(byte[] report)
        {
            sent.Enqueue(ProtocolJson.Read<Report>(report)!);
            return true;
        }
    }
}
