using Reception.Hub.Journal;

namespace Reception.Hub.Api;

/// <summary>What an administrator says of the hub's clock.</summary>
internal static class ClockEndpoints
{
    public static void MapClock(this RouteGroupBuilder api) =>
        api.MapPost("/clock/confirm", (HttpContext context, HallClock clock) =>
                ApiRequest.RunAsync<Done>(context, Access.Administers, (request, _) => new ConfirmClock(request.Caller.Person!.Code, clock), Encoders.NoContent))
            .WithTags("Clock")
            .Describe("confirmClock", "Confirms the machine's clock after a jump: the hall goes by it again, and its day turns.", """
                For administrators. 409 `not-allowed-now` where there is nothing to confirm, or the clock shows a time before what
                is in the journal.
                """)
            .Commands(KnownBy.Session, "not-allowed-now").GivesNothing("The hall goes by the machine's clock.");
}
