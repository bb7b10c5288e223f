using System.Diagnostics;
using System.Text.Json;
using Reception.Protocol;

namespace Reception.Load;

/// <summary>A citizen's press on the rater until the hub's answer is back: twice through the broker, once onto the disk.</summary>
internal static class PressToAnswer
{
    public static async Task MeasureAsync(LoadHall hall, int rounds, Table table, CancellationToken cancellation)
    {
        var (counter, officer, service) = hall.Desks[0];
        using var client = new LoadCounter(hall, counter, officer, service);
        var rater = $"rater-{counter}";
        await using var link = await hall.ConnectAsync(rater, cancellation, Topics.Answer(rater));
        var latencies = new Latencies();
        var data = JsonSerializer.SerializeToElement(new { level = 5 });
        for (var round = -20; round < rounds; round++)
        {
            var roundBegun = Stopwatch.GetTimestamp();
            client.Issue();
            client.CallNext();
            client.Finish();
            var now = TimeProvider.System.GetUtcNow();
            var press = new Report { Id = Guid.CreateVersion7(now), Sequence = round + 20, At = now, Type = ReportTypes.RatingPressed, Data = data };
            var begun = Stopwatch.GetTimestamp();
            Sent.OrThrow(link.TryPublish(Topics.Report(rater), ProtocolJson.Write(press)));
            var answer = ProtocolJson.Read<Answer>((await link.Messages.ReadAsync(cancellation)).Payload.Span);
            if (answer is not { Stored: true } || answer.Report != press.Id || answer.Data?.GetProperty("attributed").GetBoolean() is not true)
            {
                throw new InvalidOperationException($"A press was not stored with its officer: {answer}");
            }

            if (round >= 0)
            {
                latencies.Add(begun);
            }

            await Pace.WaitAsync(roundBegun, cancellation);
        }

        table.Add("press to answer over MQTT", latencies.ToString());
    }
}
