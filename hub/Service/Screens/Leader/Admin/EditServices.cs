using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hall;
using Reception.Hub.Site;

namespace Reception.Hub.Screens.Leader.Admin;

/// <summary>Services with their letter, time and quota: one is added, changed or taken out.</summary>
internal static class EditServices
{
    private const string Fresh = "new";
    private const int LongestCode = 16;
    private const int LongestName = 120;
    private const int MostMinutes = 480;
    private const int MostNumbers = 9999;

    public static void MapServices(this RouteGroupBuilder pages)
    {
        pages.MapGet("/services", (Desk desk) => List(desk, null));
        pages.MapGet("/services/{code}", (Desk desk, string code) => Find(desk, code) is { } service
            ? Show(desk, code, new Filled(desk.Words, Values(service)))
            : code == Fresh ? Show(desk, code, new Filled(desk.Words, [("minutes", 10)])) : Results.NotFound());
        pages.MapPost("/services/{code}", async (Desk desk, string code) => code == Fresh || Find(desk, code) is not null
            ? await desk.SaveAsync(await desk.ReadAsync(), form => Read(form, desk, code), "/admin/services", form => Show(desk, code, form))
            : Results.NotFound());
        pages.MapPost("/services/{code}/remove", (Desk desk, string code) =>
            desk.SaveAsync(new Filled(desk.Words, []), form => Remove(form, desk, code), "/admin/services", form => List(desk, form)));
    }

    private static ServiceEntry? Find(Desk desk, string code) => desk.File.Services.FirstOrDefault(service => service.Code == code);

    private static IResult List(Desk desk, Filled? form) => new RazorComponentResult<ServicesPage>(new
    {
        desk.Names,
        desk.Reader,
        Form = form,
        desk.Saved,
        Services = desk.File.Services.Select(service => new ServiceLine(
            service.Code, service.Prefix, desk.Names.Service(service.Code), service.ExpectedServiceMinutes, service.Quota?.Morning, service.Quota?.Afternoon,
            [.. desk.File.Counters.Where(counter => counter.Services.Contains(service.Code)).Select(counter => counter.Number).Order()])).ToList(),
    });

    private static IResult Show(Desk desk, string code, Filled form) =>
        new RazorComponentResult<ServicePage>(new { desk.Names, desk.Reader, Form = form, Code = code == Fresh ? null : code });

    private static IEnumerable<(string, object?)> Values(ServiceEntry service) =>
    [
        ("code", service.Code), ("prefix", service.Prefix), ("name", service.Name), ("english", service.English), ("minutes", service.ExpectedServiceMinutes),
        ("morning", service.Quota?.Morning), ("afternoon", service.Quota?.Afternoon),
    ];

    private static Func<HallFile, HallFile> Read(Filled form, Desk desk, string code)
    {
        var isNew = code == Fresh;
        var (morning, afternoon) = (form.Number("morning", 1, MostNumbers), form.Number("afternoon", 1, MostNumbers));
        var service = new ServiceEntry
        {
            Code = isNew ? form.Text("code", LongestCode).ToUpperInvariant() : code,
            Prefix = form.Text("prefix", 1).ToUpperInvariant(),
            Name = form.Text("name", LongestName),
            English = form.Optional("english", LongestName),
            ExpectedServiceMinutes = form.Needed("minutes", 1, MostMinutes),
            Quota = morning is null && afternoon is null ? null : new QuotaEntry { Morning = morning, Afternoon = afternoon },
        };
        if (service.Prefix is not [>= 'A' and <= 'Z'])
        {
            form.Wrong("prefix", desk.Words["admin.wrong.prefix"]);
        }
        else if (desk.File.Services.FirstOrDefault(other => other.Prefix == service.Prefix && other.Code != service.Code) is { } other)
        {
            form.Wrong("prefix", desk.Words["admin.wrong.prefix.twice", service.Prefix, desk.Names.Service(other.Code)]);
        }

        if (isNew && !service.Code.All(char.IsAsciiLetterOrDigit))
        {
            form.Wrong("code", desk.Words["admin.wrong.code"]);
        }
        else if (isNew && (Find(desk, service.Code) is not null || string.Equals(service.Code, Fresh, StringComparison.OrdinalIgnoreCase)))
        {
            form.Wrong("code", desk.Words["admin.wrong.code.twice"]);
        }

        return file => file with
        {
            Services = isNew ? [.. file.Services, service] : [.. file.Services.Select(one => one.Code == code ? service : one)],
        };
    }

    /// <summary>Counters leave the service with it; one that would serve nothing keeps it.</summary>
    private static Func<HallFile, HallFile> Remove(Filled form, Desk desk, string code)
    {
        if (desk.File.Counters.FirstOrDefault(counter => counter.Services.Count == 1 && counter.Services[0] == code) is { } only)
        {
            form.Wrong("", desk.Words["admin.wrong.only-service", desk.Names.Counter(only.Number)]);
        }

        return file => file with
        {
            Services = [.. file.Services.Where(service => service.Code != code)],
            Counters = [.. file.Counters.Select(counter => counter with { Services = [.. counter.Services.Where(one => one != code)] })],
        };
    }
}

/// <summary>A service on the administrator's list.</summary>
/// <param name="Counters">Which serve it.</param>
public sealed record ServiceLine(string Code, string Prefix, string Name, int Minutes, int? Morning, int? Afternoon, IReadOnlyList<int> Counters);
