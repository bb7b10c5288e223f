using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hall;
using Reception.Hub.Site;

namespace Reception.Hub.Screens.Admin;

/// <summary>How the lanes take turns: the bound and the limit that the kiosk tells citizens.</summary>
internal static class EditLanes
{
    private const int MostMinutes = 480;

    public static void MapLanes(this RouteGroupBuilder pages)
    {
        pages.MapGet("/lanes", (Desk desk) =>
        {
            var rule = (desk.File.Lanes ?? new LanesEntry()).ToRule();
            return Show(desk, new Filled(desk.Words, [("in-a-row", rule.PriorityInARow), ("limit", (int)rule.WaitLimit.TotalMinutes)]));
        });
        pages.MapPost("/lanes", async (Desk desk) => await desk.SaveAsync(await desk.ReadAsync(), Read, "/admin/lanes", form => Show(desk, form)));
    }

    private static RazorComponentResult<LanesPage> Show(Desk desk, Filled form) => new(new
    {
        desk.Names,
        desk.Reader,
        Form = form,
        desk.Saved,
        Promise = desk.Words.Language == "en" ? desk.Setup.Catalog.Lanes!.English : desk.Setup.Catalog.Lanes!.Text,
    });

    private static Func<HallFile, HallFile> Read(Filled form)
    {
        var lanes = new LanesEntry
        {
            PriorityInARow = form.Needed("in-a-row", 1, SetupFaults.MostPriorityInARow),
            WaitLimitMinutes = form.Needed("limit", 1, MostMinutes),
        };
        return file => file with { Lanes = lanes };
    }
}
