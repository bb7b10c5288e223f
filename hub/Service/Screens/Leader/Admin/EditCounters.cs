using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hall;
using Reception.Hub.Site;

namespace Reception.Hub.Screens.Leader.Admin;

/// <summary>Counters, the services of each in its order of preference, and how it chooses: one is added, changed or taken out.</summary>
internal static class EditCounters
{
    private const int LongestName = 60;

    public static void MapCounters(this RouteGroupBuilder pages)
    {
        pages.MapGet("/counters", (Desk desk) => List(desk, null));
        pages.MapGet("/counters/new", (Desk desk) => Show(desk, null, new Filled(desk.Words,
            [("number", desk.File.Counters.Max(counter => counter.Number) + 1), ("order", CounterOrder.LongestWait.Code())])));
        pages.MapGet("/counters/{number:int}", (Desk desk, int number) =>
            Find(desk, number) is { } counter ? Show(desk, number, new Filled(desk.Words, Values(counter))) : Results.NotFound());
        pages.MapPost("/counters/new", async (Desk desk) =>
            await desk.SaveAsync(await desk.ReadAsync(), form => Read(form, desk, null), "/admin/counters", form => Show(desk, null, form)));
        pages.MapPost("/counters/{number:int}", async (Desk desk, int number) => Find(desk, number) is null
            ? Results.NotFound()
            : await desk.SaveAsync(await desk.ReadAsync(), form => Read(form, desk, number), "/admin/counters", form => Show(desk, number, form)));
        pages.MapPost("/counters/{number:int}/remove", (Desk desk, int number) => desk.SaveAsync(
            new Filled(desk.Words, []), _ => file => file with { Counters = [.. file.Counters.Where(counter => counter.Number != number)] }, "/admin/counters",
            form => List(desk, form)));
    }

    private static CounterEntry? Find(Desk desk, int number) => desk.File.Counters.FirstOrDefault(counter => counter.Number == number);

    private static IResult List(Desk desk, Filled? form) => new RazorComponentResult<CountersPage>(new
    {
        desk.Names,
        desk.Reader,
        Form = form,
        desk.Saved,
        Counters = desk.File.Counters.OrderBy(counter => counter.Number)
            .Select(counter => new CounterLine(counter.Number, [.. counter.Services.Select(desk.Names.Service)], counter.Order == CounterOrder.Preference.Code())).ToList(),
    });

    private static IResult Show(Desk desk, int? number, Filled form) => new RazorComponentResult<CounterPage>(new
    {
        desk.Names,
        desk.Reader,
        Form = form,
        Number = number,
        Services = desk.File.Services.Select(service => service.Code).ToList(),
        Waiting = number is { } known && Find(desk, known) is { } counter ? desk.Waiting(counter.Services) : 0,
    });

    private static IEnumerable<(string, object?)> Values(CounterEntry counter) =>
    [
        ("number", counter.Number), ("name", counter.Name), ("order", counter.Order ?? CounterOrder.LongestWait.Code()),
        .. counter.Services.Select((service, index) => (Place(service), (object?)(index + 1))),
    ];

    internal static string Place(string service) => $"place.{service}";

    private static Func<HallFile, HallFile> Read(Filled form, Desk desk, int? number)
    {
        var order = Codes.CounterOrder(form["order"]);
        if (order is null)
        {
            form.Wrong("order", desk.Words["admin.wrong.choice"]);
        }

        var places = desk.File.Services.Select(service => (service.Code, Place: form.Number(Place(service.Code), 1, desk.File.Services.Count)))
            .Where(one => one.Place is not null).ToList();
        if (form.IsRight && places.Count == 0)
        {
            form.Wrong("services", desk.Words["admin.wrong.no-service"]);
        }

        if (places.GroupBy(one => one.Place).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            form.Wrong(Place(twice.Last().Code), desk.Words["admin.wrong.place", twice.Key!.Value]);
        }

        var counter = new CounterEntry
        {
            Number = number ?? form.Needed("number", 1, SetupFaults.LargestCounterNumber),
            Name = form.Optional("name", LongestName),
            Order = order is null or CounterOrder.LongestWait ? null : order.Value.Code(),
            Services = [.. places.OrderBy(one => one.Place).Select(one => one.Code)],
        };
        if (number is null && Find(desk, counter.Number) is not null)
        {
            form.Wrong("number", desk.Words["admin.wrong.counter.twice", counter.Number.ToString(CultureInfo.InvariantCulture)]);
        }

        return file => file with
        {
            Counters = number is null
                ? [.. file.Counters.Append(counter).OrderBy(one => one.Number)]
                : [.. file.Counters.Select(one => one.Number == number ? counter : one)],
        };
    }
}

/// <summary>A counter on the administrator's list.</summary>
/// <param name="ByPreference">Whether it serves the first service of its list where one waits.</param>
public sealed record CounterLine(int Number, IReadOnlyList<string> Services, bool ByPreference);
