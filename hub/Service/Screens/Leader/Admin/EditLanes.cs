using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hall;
using Reception.Hub.Site;

namespace Reception.Hub.Screens.Leader.Admin;

/// <summary>Who goes first: how the lanes take turns, the bound and the limit that the kiosk tells citizens, and until when a booked time holds.</summary>
internal static class EditLanes
{
    public static void MapLanes(this RouteGroupBuilder pages)
    {
        pages.MapGet("/lanes", (Desk desk) =>
        {
            var rule = (desk.File.Lanes ?? new LanesEntry()).ToRule();
            var late = (desk.File.Appointments ?? new AppointmentsEntry()).ToRule().LateSeconds / 60;
            return Show(desk, new Filled(desk.Words, [("in-a-row", rule.PriorityInARow), ("limit", (int)rule.WaitLimit.TotalMinutes), ("late", late)]));
        });
        pages.MapPost("/lanes", async (Desk desk) => await desk.SaveAsync(await desk.ReadAsync(), form => Read(form, desk), "/admin/lanes", form => Show(desk, form)));
    }

    private static IResult Show(Desk desk, Filled form) => new RazorComponentResult<LanesPage>(new
    {
        desk.Names,
        desk.Reader,
        Form = form,
        desk.Saved,
        Waiting = WaitingNow(desk),
        Promise = desk.Words.Language == "en" ? desk.Setup.Catalog.Lanes!.English : desk.Setup.Catalog.Lanes!.Text,
    });

    private static int WaitingNow(Desk desk) => desk.Waiting(desk.File.Services.Select(service => service.Code));

    private static Func<HallFile, HallFile> Read(Filled form, Desk desk)
    {
        var lanes = new LanesEntry
        {
            PriorityInARow = form.Needed("in-a-row", 1, SetupFaults.MostPriorityInARow),
            WaitLimitMinutes = form.Needed("limit", 1, SetupFaults.LongestMinutes),
        };
        var late = new AppointmentsEntry { LateMinutes = form.Needed("late", 0, SetupFaults.LongestMinutes) };
        return file => file with { Lanes = lanes, Appointments = late };
    }
}
