using Reception.Hub.Journal;

namespace Reception.Hub.Api;

/// <summary>What an administrator says of the hub's clock.</summary>
internal static class ClockEndpoints
{
    public static void MapClock(this RouteGroupBuilder api) =>
        api.MapPost("/clock/confirm", (HttpContext context, HallClock clock) =>
                ApiRequest.RunAsync<Done>(context, Access.Administers, (request, _) => new ConfirmClock(request.Caller.Person!.Code, clock), Encoders.NoContent))
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("An administrator confirms the machine's clock after a jump: the hall goes by it again, and its day turns.");
}
