using System.Net.Mime;
using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Device.Reporting;
using Reception.Kiosk.Hub;
using Reception.Kiosk.Tickets;
using Reception.Theme;

namespace Reception.Kiosk.Screens;

/// <summary>The kiosk's own pages. Each is whole on a reload; <c>/changes</c> tells an open one when to fetch itself again.</summary>
internal static class KioskEndpoints
{
    private static readonly TimeSpan Clock = TimeSpan.FromSeconds(10);

    // An answer usually comes within this: the ticket's page then opens at once, without a page in between.
    private static readonly TimeSpan QuickAnswer = TimeSpan.FromMilliseconds(80);

    public static void MapKiosk(this WebApplication program)
    {
        var app = program.MapNotStored();
        app.MapGet("/", (ReadHall hall) => InHall(hall, view => Page<IdleScreen>(new { View = view })));
        app.MapGet("/services/{code}", (string code, string[] then, ReadHall hall) => InHall(hall, view => view.Service(code) switch
        {
            null => Home(),
            { Open: false } closed => Page<ClosedScreen>(new { View = view, Service = closed }),
            { } service => Page<ConfirmScreen>(new { View = view, Service = service, Visit = Visit.Of(view, service, then) }),
        }));
        app.MapGet("/services/{code}/further", (string code, string[] then, ReadHall hall) => InHall(hall, view => view.Service(code) switch
        {
            { Open: true } service when Visit.Of(view, service, then) is { MayHaveMore: true } visit => Page<FurtherScreen>(new { View = view, Service = service, Visit = visit }),
            { Open: true } service => Results.Redirect(Visit.Of(view, service, then).Address),
            _ => Home(),
        }));
        app.MapGet("/services/{code}/papers", (string code, string? of, string[] then, ReadHall hall) => InHall(hall, view => view.Service(code) switch
        {
            null => Home(),
            { } service => Page<PapersScreen>(new
            {
                View = view,
                Service = service,
                Visit = Visit.Of(view, service, then),
                Chosen = service.Procedures.FirstOrDefault(procedure => procedure.Code == of),
            }),
        }));
        app.MapGet("/appointment", (ReadHall hall) => InHall(hall, view => view.Appointments is null ? Home() : Page<AppointmentScreen>(new { View = view })));
        app.MapPost("/appointment", CheckInAsync);
        app.MapPost("/tickets", TakeAsync);
        app.MapGet("/tickets/{id:guid}", (Guid id, ReadHall hall, HallClock clock, TicketOrders orders) => Ticket(id, hall, clock, orders));
        app.MapPost("/tickets/{id:guid}/copy", (Guid id, TakeCopy copy) =>
        {
            copy.Touch(id);
            return Screen(id);
        });
        app.MapGet("/tickets/{id:guid}/paper.png", (Guid id, TicketOrders orders) => Paper(id, orders));
        app.MapGet("/changes", ChangesAsync);
        app.MapPost("/contact", (TouchFault fault) =>
        {
            fault.Report();
            return Results.NoContent();
        });
    }

    private static async Task<IResult> TakeAsync(Choice choice, TakeTicket take, TicketOrders orders, ReadHall hall, CancellationToken gone)
    {
        if (choice.Lane is not ("normal" or "priority") || hall.Now() is not { } view || view.Service(choice.Service) is not { } service)
        {
            return Results.BadRequest();
        }

        var further = Visit.Wished(view, service, choice.Then ?? []).Select(one => one.Code).ToList();
        var order = take.Touch(choice.Service, further.Count == 0 ? null : further, choice.Lane, choice.Language == "en" ? "en" : "vi");
        await orders.AnsweredAsync(order.Id, QuickAnswer, gone);
        return Screen(order.Id);
    }

    private static async Task<IResult> CheckInAsync(Booking booking, TakeTicket take, TicketOrders orders, CancellationToken gone)
    {
        if (!AppointmentScreen.IsCode(booking.Code))
        {
            return Results.BadRequest();
        }

        var order = take.CheckIn(booking.Code, booking.Language == "en" ? "en" : "vi");
        await orders.AnsweredAsync(order.Id, QuickAnswer, gone);
        return Screen(order.Id);
    }

    private static IResult Screen(Guid order) => Results.Json(new { screen = $"/tickets/{order}" });

    private static IResult Ticket(Guid id, ReadHall hall, HallClock clock, TicketOrders orders)
    {
        if (orders.Find(id) is not { } order || hall.Now() is not { } view)
        {
            return Home();
        }

        return order.Stage switch
        {
            OrderStage.Asking => Page<AskingScreen>(new { View = view }),
            OrderStage.Answered => Page<TicketScreen>(new
            {
                View = view,
                Order = order,
                ForwardLine = clock.ForwardLinePassed(clock.InHall(order.Ticket!.IssuedAt)),
                MayCopy = view.Paper is null && orders.MayCopy(id),
            }),
            OrderStage.GaveUp => Message(view, "gaveup", "alarm", "unplug"),
            _ when order.Refusal == "service-closed" && order.Services.Select(view.Service).FirstOrDefault(service => service is { Open: false }) is { } closed =>
                Page<ClosedScreen>(new { View = view, Service = closed }),
            _ when order is { Appointment: not null, Refusal: "not-allowed-now" } => Message(view, "refused.appointment", "alarm", "calendar", refused: order),
            _ => Message(view, order.Refusal is "too-many" or "service-closed" or "unknown-appointment" ? "refused." + order.Refusal : "refused", "alarm", "hand"),
        };
    }

    private static IResult Paper(Guid id, TicketOrders orders) =>
        orders.Find(id)?.Picture is { } picture
            ? Results.File(picture, MediaTypeNames.Image.Png)
            : Results.NotFound();

    private static Task ChangesAsync(HttpContext context, ScreenSignal screens, TimeProvider clock, IHostApplicationLifetime life) =>
        EventStream.RunAsync(context, clock, life, async stream =>
        {
            // At once: whatever changed between the page and this line is fetched.
            while (true)
            {
                var next = screens.Next;
                await stream.SendAsync(null, "");
                await stream.WaitAsync(Task.WhenAny(next, Task.Delay(Clock, clock, stream.Ended)));
            }
        });

    private static IResult InHall(ReadHall hall, Func<KioskView, IResult> show) => hall.Now() switch
    {
        null => Page<StartingScreen>(new { }),
        { HubAway: true } view => Message(view, "away", "alarm", "unplug", leave: false),
        { } view => show(view),
    };

    private static RazorComponentResult<MessageScreen> Message(KioskView view, string topic, string tone, string icon, bool leave = true, TicketOrder? refused = null) =>
        Page<MessageScreen>(new { View = view, Topic = topic, Tone = tone, IconName = icon, Leave = leave, Refused = refused });

    private static IResult Home() => Results.Redirect("/");

    private static RazorComponentResult<TScreen> Page<TScreen>(object parameters) where TScreen : Microsoft.AspNetCore.Components.IComponent =>
        new(parameters) { PreventStreamingRendering = true };

    internal sealed record Booking(string Code, string? Language);

    internal sealed record Choice(string Service, string Lane, string? Language, IReadOnlyList<string>? Then);
}
