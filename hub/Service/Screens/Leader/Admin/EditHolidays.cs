using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hub.Site;

namespace Reception.Hub.Screens.Leader.Admin;

/// <summary>Days off and days worked in their stead: one is added with its name, or taken out.</summary>
internal static class EditHolidays
{
    private const string Day = "yyyy-MM-dd";
    private const int LongestName = 80;

    public static void MapHolidays(this RouteGroupBuilder pages)
    {
        pages.MapGet("/holidays", (Desk desk) => Show(desk, new Filled(desk.Words, [])));
        pages.MapPost("/holidays", async (Desk desk) => await desk.SaveAsync(await desk.ReadAsync(), form => Add(form, desk), "/admin/holidays", form => Show(desk, form)));
        pages.MapPost("/holidays/{day}/remove", (Desk desk, DateOnly day) => desk.SaveAsync(
            new Filled(desk.Words, []), _ => file => file with { Holidays = [.. file.Holidays.Where(holiday => holiday.Date != day)] }, "/admin/holidays", form => Show(desk, form)));
    }

    private static IResult Show(Desk desk, Filled form)
    {
        var today = desk.Board.Current.State.Day;
        return new RazorComponentResult<HolidaysPage>(new
        {
            desk.Names,
            desk.Reader,
            Form = form,
            desk.Saved,
            Today = today,
            // Those to come first.
            Holidays = desk.File.Holidays.OrderBy(holiday => holiday.Date < today).ThenBy(holiday => holiday.Date).Select(holiday => (holiday.Date, holiday.Name, holiday.English, holiday.Worked == true)).ToList(),
        });
    }

    private static Func<HallFile, HallFile> Add(Filled form, Desk desk)
    {
        if (!DateOnly.TryParseExact(form["date"], Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            form.Wrong("date", desk.Words["admin.wrong.date"]);
        }
        else if (desk.File.Holidays.Any(holiday => holiday.Date == date))
        {
            form.Wrong("date", desk.Words["admin.wrong.date.twice"]);
        }

        var added = new HolidayEntry { Date = date, Name = form.Text("name", LongestName), English = form.Optional("english", LongestName), Worked = form.Is("worked") ? true : null };
        if (form.IsRight && desk.File.OpeningHours is null)
        {
            form.Wrong("", desk.Words["admin.wrong.no-hours"]);
        }

        return file => file with { Holidays = [.. file.Holidays.Append(added).OrderBy(holiday => holiday.Date)] };
    }
}
