using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.History;

/// <summary>An officer at a counter: calls, starts, finishes, transfers. Each command has a key and is sent until it is answered.</summary>
internal sealed class OfficerClient(Place place, ApiClient client, HallHistory history, Random chance, Func<Visit, Task> pressAsync)
{
    public async Task RunAsync(CancellationToken rest)
    {
        while (!rest.IsCancellationRequested)
        {
            var called = await CommandAsync("call-next");
            if (called.Status == 200)
            {
                var ticket = called.Json.GetProperty("ticket");
                var (id, number) = (ticket.GetProperty("id").GetGuid(), ticket.GetProperty("number").GetString()!);
                var visit = new Visit(place.Counter, place.Officer, id, number);
                history.Begin(visit);
                visit.Ending = await ServeAsync(visit);
            }
            else if (called.Status != 204)
            {
                history.Fault($"{place.Officer} called and was answered {called.Brief}");
            }

            await Task.Delay(chance.Next(60), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Gives how the visit ended.</summary>
    private async Task<string> ServeAsync(Visit visit)
    {
        if (chance.Next(10) == 0)
        {
            return await EndAsync(visit, "no-show", "no-show");
        }

        // A kiosk may take a ticket back until it is served.
        if (await EndAsync(visit, "start", "started") is "cancelled")
        {
            return "cancelled";
        }

        if (chance.Next(8) == 0)
        {
            return await EndAsync(visit, "transfer", "transferred", new { service = HallPlan.Service(3 - place.Counter) });
        }

        var ending = await EndAsync(visit, "finish", "served");
        if (chance.Next(3) > 0)
        {
            await pressAsync(visit);
        }

        return ending;
    }

    private async Task<string> EndAsync(Visit visit, string verb, string ending, object? body = null)
    {
        var answer = await CommandAsync(verb, body);
        if (answer.Status == 200)
        {
            return ending;
        }

        if (answer.Brief != "409 not-allowed-now" || verb is "finish" or "transfer")
        {
            history.Fault($"{place.Officer} was answered {answer.Brief} to {verb} of {visit}");
        }

        return "cancelled";
    }

    private async Task<ApiAnswer> CommandAsync(string verb, object? body = null) =>
        (await history.AnswerAsync(client, history.Ask(place.Officer, $"/api/v1/counters/{place.Counter}/{verb}", body)))!;
}
