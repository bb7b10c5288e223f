using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hall;
using Reception.Hub.Api;
using Reception.Hub.Journal;
using Reception.Hub.Site;
using Reception.Theme;

namespace Reception.Hub.Screens.Console;

/// <summary>The console of the officer who is signed in, at the counter of the session.</summary>
internal static class ConsoleEndpoints
{
    public static void MapConsole(this RouteGroupBuilder pages)
    {
        pages.MapGet("/console", IResult (HttpContext context, HallBoard board, SetupBook book, DeviceLights lights, Words words, HallClock clock) =>
            context.Person() switch
            {
                null => TypedResults.Redirect("/signin"),
                { Counter: { } counter } => new RazorComponentResult<ConsolePage>(new
                {
                    View = ConsoleView.Of(board.Current.State, book.Current, words, counter, clock, lights.At(counter), lights.Printers()),
                    Hall = book.Current.Catalog.Site.ShortName,
                }),
                _ => TypedResults.Redirect("/dashboard"),
            });
        pages.MapGet("/console/part", IResult (HttpContext context, HallBoard board, SetupBook book, DeviceLights lights, Words words, HallClock clock) =>
            context.Person() is { Counter: { } counter }
                ? new RazorComponentResult<ConsoleParts>(new
                {
                    View = ConsoleView.Of(board.Current.State, book.Current, words, counter, clock, lights.At(counter), lights.Printers()),
                })
                : TypedResults.Unauthorized());
        pages.MapGet("/console/transfer", IResult (HttpContext context, HallBoard board, SetupBook book, Words words) =>
            context.Person() is { Counter: { } counter }
                ? Choices(board.Current.State, book.Current, new Names(book.Current, words), counter)
                : TypedResults.Unauthorized());
    }

    private static IResult Choices(HallState hall, HallSetup setup, Names names, int from)
    {
        if (hall.InHand(hall.Counters[from]) is not { } ticket)
        {
            return TypedResults.Conflict();
        }

        return new RazorComponentResult<TransferChoices>(new
        {
            ticket.Number,
            Services = (IReadOnlyList<TransferChoices.ServiceChoice>)[.. setup.File.Services.Where(service => service.Code != ticket.Service && hall.IsServed(service.Code))
                .Select(service => new TransferChoices.ServiceChoice(service.Code, service.Prefix, names.Of(service), hall.Services[service.Code].WaitingCount))],
            Counters = (IReadOnlyList<TransferChoices.CounterChoice>)[.. hall.Counters.Values.Where(counter => counter.Number != from && counter.Officer is not null)
                .Select(counter => new TransferChoices.CounterChoice(counter.Number, setup.OfficerName(counter.Officer!), names.Services(counter.Setup.Services)))],
        });
    }
}
