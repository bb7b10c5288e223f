using System.Globalization;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Rendering;
using Reception.Protocol;

namespace Reception.Hub.Api;

/// <summary>What the officer at a counter does; each with a reason in the officer's words, where there is one to tell.</summary>
internal static class CounterEndpoints
{
    public static void MapCounters(this RouteGroupBuilder api)
    {
        var counters = api.MapGroup("/counters/{n}");
        Map(counters, "call-next", "Calls who has waited longest; 204 where no one waits.", (counter, officer, fields) =>
            new CallNext(counter, officer, fields.OptionalText("service"))).WithBody<CallNextBody>(required: false);
        Map(counters, "call", "Calls a chosen ticket that waits, is on hold or did not come.", (counter, officer, fields) =>
            fields.Text("ticket") is { } text && Guid.TryParseExact(text, "D", out var ticket)
                ? new CallTicket(counter, officer, ticket)
                : Refusal.UnknownTicket).WithBody<CallBody>();
        Map(counters, "recall", "Calls the called ticket once more.", (counter, officer, _) => new RecallTicket(counter, officer));
        Map(counters, "start", "The citizen has come.", (counter, officer, _) => new StartService(counter, officer));
        Map(counters, "hold", "Puts the ticket in hand on hold.", (counter, officer, _) => new HoldTicket(counter, officer));
        Map(counters, "pause", "Pauses the counter.", (counter, officer, _) => new PauseCounter(counter, officer));
        Map(counters, "resume", "Opens the paused counter.", (counter, officer, _) => new ResumeCounter(counter, officer));
        Map(counters, "finish", "Ends service, with its outcome.", (counter, officer, fields) =>
            new FinishService(counter, officer, fields.OptionalCode("outcome", Codes.Outcome))).WithBody<FinishBody>(required: false);
        Map(counters, "no-show", "The called citizen did not come.", (counter, officer, _) => new RecordNoShow(counter, officer));
        Map(counters, "undo", "Takes back the officer's last finish or no-show here, within a minute.", (counter, officer, _) => new UndoEnding(counter, officer));
        Map(counters, "transfer", "Passes the ticket in hand on to a service or a counter.", (counter, officer, fields) =>
        {
            var service = fields.OptionalText("service");
            var to = fields.OptionalNumber("counter", int.MinValue, int.MaxValue);
            if ((service is null) == (to is null))
            {
                fields.Reject("service");
            }

            return new TransferTicket(counter, officer, service, to);
        }).WithBody<TransferBody>();
    }

    private static RouteHandlerBuilder Map(RouteGroupBuilder counters, string verb, string summary, Func<int, string, JsonFields, Result<OfficerCommand>> command) =>
        counters.MapPost($"/{verb}", (HttpContext context, string n, HallBoard board, Renderer renderer) =>
            {
                var counter = int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
                return ApiRequest.RunAsync<CounterResult>(
                    context,
                    caller => Access.OfficerAt(caller, counter, board.Current.State),
                    (request, fields) =>
                    {
                        var asked = command(counter!.Value, request.Caller.Person!.Code, fields);
                        var reason = Remarks.Read(fields);
                        return fields.IsWrong ? Refusals.WrongField(fields.Wrong) : asked.Then<JournalCommand<CounterResult>>(known => new AtCounter(known, reason));
                    },
                    Encoders.Counter(renderer));
            })
            .WithBody<ReasonBody>(required: false).Produces<CounterDocument>().ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).WithSummary(summary);
}
