using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hub.Site;

namespace Reception.Hub.Screens.Leader.Admin;

/// <summary>Opening hours: days, periods, the last ticket, and from when on papers wait for the next working day.</summary>
internal static class EditHours
{
    public const int MostPeriods = 3;

    public static readonly string[] Days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    public static void MapHours(this RouteGroupBuilder pages)
    {
        pages.MapGet("/hours", (Desk desk) => Show(desk, new Filled(desk.Words, Values(desk.File.OpeningHours))));
        pages.MapPost("/hours", async (Desk desk) => await desk.SaveAsync(await desk.ReadAsync(), form => Read(form, desk), "/admin/hours", form => Show(desk, form)));
    }

    private static IResult Show(Desk desk, Filled form) => new RazorComponentResult<HoursPage>(new { desk.Names, desk.Reader, Form = form, desk.Saved, desk.Options.AlwaysOpen });

    private static IEnumerable<(string, object?)> Values(OpeningHoursEntry? hours)
    {
        foreach (var day in hours?.Days ?? [])
        {
            yield return (day, "on");
        }

        foreach (var (period, index) in (hours?.Periods ?? []).Select((period, index) => (period, index + 1)))
        {
            yield return ($"from{index}", period.From);
            yield return ($"to{index}", period.To);
            yield return ($"last{index}", period.LastTicket);
        }

        yield return ("by-work", hours?.LastTicketByWork == true ? "on" : "");
        yield return ("forward", hours?.ForwardNextDayAfter);
    }

    private static Func<HallFile, HallFile> Read(Filled form, Desk desk)
    {
        var hours = new OpeningHoursEntry
        {
            Days = [.. Days.Where(form.Is)],
            Periods = [.. Enumerable.Range(1, MostPeriods).Select(index => ReadPeriod(form, index, desk)).OfType<PeriodEntry>().OrderBy(period => period.From, StringComparer.Ordinal)],
            LastTicketByWork = form.Is("by-work"),
            ForwardNextDayAfter = Text(form.Time("forward")),
        };
        if (form.IsRight && hours.Days.Count == 0)
        {
            form.Wrong("days", desk.Words["admin.wrong.days"]);
        }

        if (form.IsRight && hours.Periods.Count == 0)
        {
            form.Wrong("from1", desk.Words["admin.wrong.periods"]);
        }

        foreach (var (one, next) in hours.Periods.Zip(hours.Periods.Skip(1)).Where(pair => string.CompareOrdinal(pair.First.To, pair.Second.From) > 0))
        {
            var index = Enumerable.Range(1, MostPeriods).First(row => Text(form.Time($"from{row}")) == next.From);
            form.Wrong($"from{index}", desk.Words["admin.wrong.overlap", $"{one.From}–{one.To}"]);
        }

        return file => file with { OpeningHours = hours };
    }

    private static PeriodEntry? ReadPeriod(Filled form, int index, Desk desk)
    {
        var (from, to, last) = (form.Time($"from{index}"), form.Time($"to{index}"), form.Time($"last{index}"));
        if (from is null && to is null && last is null)
        {
            return null;
        }

        if (from is null || to is null)
        {
            form.Wrong(from is null ? $"from{index}" : $"to{index}", desk.Words["admin.wrong.half"]);
            return null;
        }

        if (from >= to)
        {
            form.Wrong($"to{index}", desk.Words["admin.wrong.order"]);
        }

        if (last is not null && (last <= from || last > to))
        {
            form.Wrong($"last{index}", desk.Words["admin.wrong.last"]);
        }

        return new PeriodEntry(Text(from)!, Text(to)!) { LastTicket = Text(last) };
    }

    private static string? Text(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture);
}
