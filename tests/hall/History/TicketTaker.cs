using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.History;

/// <summary>A program that takes numbers over HTTP, each with a key of its own; now and then it repeats one, or gives one up.</summary>
internal sealed class TicketTaker(string device, RunningHall hall, HallHistory history, Random chance)
{
    private readonly ApiClient _client = hall.Client(device);
    private readonly List<KeyedRequest> _answered = [];

    public async Task RunAsync(CancellationToken rest)
    {
        while (!rest.IsCancellationRequested)
        {
            if (_answered.Count > 0 && chance.Next(6) == 0)
            {
                await RepeatAsync(_answered[chance.Next(_answered.Count)]);
            }
            else if (history.HasRoom)
            {
                await TakeAsync();
            }

            await Task.Delay(chance.Next(40), TestContext.Current.CancellationToken);
        }
    }

    private async Task TakeAsync()
    {
        var request = history.Ask(device, "/api/v1/tickets", new { service = HistoryHall.AnyService(chance), lane = "normal" });
        if (await history.AnswerAsync(_client, request, givesUp: chance.Next(4) == 0) is { } answer)
        {
            history.Issued();
            _answered.Add(request);
            if (answer.Status != 201)
            {
                history.Fault($"{request} was answered {answer.Brief}");
            }
        }
    }

    private async Task RepeatAsync(KeyedRequest request)
    {
        var first = request.Answer!;
        var again = await history.AnswerAsync(_client, request);
        if (!again!.Bytes.AsSpan().SequenceEqual(first.Bytes))
        {
            history.Fault($"{request} was answered {first.Text}, and then {again.Text}");
        }
    }
}
