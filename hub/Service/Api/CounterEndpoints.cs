using System.Globalization;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Rendering;
using Reception.Protocol;

namespace Reception.Hub.Api;

/// <summary>What the officer at a counter does; each with a reason in the officer's words, where there is one to tell.</summary>
internal static class CounterEndpoints
{
    private static readonly ReasonBody Reason = new("Công dân quên giấy tờ.");

    public static void MapCounters(this RouteGroupBuilder api)
    {
        var counters = api.MapGroup("/counters/{n}").WithTags("Counters");
        Map(counters, "call-next", "callNext", "Calls the ticket that is next.", (counter, officer, fields) =>
                new CallNext(counter, officer, fields.OptionalText("service")), "unknown-service")
            .Takes(new CallNextBody("HT", null), required: false)
            .Gives(Examples.Counter(ticket: Examples.Called)).GivesNothing("No ticket waits.");
        Map(counters, "call", "callTicket", "Calls a chosen ticket that waits, is on hold or did not come.", (counter, officer, fields) =>
                fields.Text("ticket") is { } text && Guid.TryParseExact(text, "D", out var ticket)
                    ? new CallTicket(counter, officer, ticket)
                    : Refusal.UnknownTicket, "unknown-ticket")
            .Takes(Examples.Call).Gives(Examples.Counter(ticket: Examples.Called));
        Map(counters, "recall", "recallTicket", "Calls the called ticket once more.", (counter, officer, _) =>
                new RecallTicket(counter, officer))
            .Takes(Reason, required: false).Gives(Examples.Counter(ticket: Examples.Called));
        Map(counters, "start", "startService", "The citizen has come.", (counter, officer, _) => new StartService(counter, officer))
            .Takes(Reason, required: false).Gives(Examples.Counter(ticket: Examples.Serving));
        Map(counters, "hold", "holdTicket", "Puts the ticket in hand on hold.", (counter, officer, _) => new HoldTicket(counter, officer))
            .Takes(Reason, required: false).Gives(Examples.Counter());
        Map(counters, "pause", "pauseCounter", "Pauses the counter.", (counter, officer, _) => new PauseCounter(counter, officer))
            .Takes(Reason, required: false).Gives(Examples.Counter("paused"));
        Map(counters, "resume", "resumeCounter", "Opens the paused counter.", (counter, officer, _) => new ResumeCounter(counter, officer))
            .Takes(Reason, required: false).Gives(Examples.Counter());
        Map(counters, "finish", "finishService", "Ends service, with its outcome.", (counter, officer, fields) =>
                new FinishService(counter, officer, fields.OptionalCode("outcome", Codes.Outcome)))
            .Takes(new FinishBody("received", null), required: false).Gives(Examples.Counter());
        Map(counters, "no-show", "recordNoShow", "The called citizen did not come.", (counter, officer, _) =>
                new RecordNoShow(counter, officer))
            .Takes(Reason, required: false).Gives(Examples.Counter());
        Map(counters, "undo", "undoEnding", "Takes back the officer's last finish or no-show here, within a minute.",
                (counter, officer, _) => new UndoEnding(counter, officer))
            .Takes(Reason, required: false).Gives(Examples.Counter(ticket: Examples.Serving));
        Map(counters, "transfer", "transferTicket", "Passes the ticket in hand on to a service or a counter.",
                Transfer, "unknown-service", "no-officer")
            .Takes(new TransferBody("CT", null, null)).Gives(Examples.Counter());
    }

    private static Result<OfficerCommand> Transfer(int counter, string officer, JsonFields fields)
    {
        var service = fields.OptionalText("service");
        var to = fields.OptionalNumber("counter", int.MinValue, int.MaxValue);
        if ((service is null) == (to is null))
        {
            fields.Reject("service");
        }

        return new TransferTicket(counter, officer, service, to);
    }

    private static RouteHandlerBuilder Map(
        RouteGroupBuilder counters, string verb, string operation, string summary,
        Func<int, string, JsonFields, Result<OfficerCommand>> command, params string[] codes) =>
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
            .Describe(operation, summary, "For the officer at this counter.")
            .Asks<int>("n", "The counter's number.", 3)
            .Commands(KnownBy.Session, ["unknown-counter", "not-allowed-now", .. codes]);
}
