using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hub.Api;
using Reception.Hub.Devices;
using Reception.Hub.Province;
using Reception.Hub.Rendering;
using Reception.Hub.Screens.Leader.Dashboard;
using Reception.Hub.Screens.Leader.Province;
using Reception.Hub.Site;
using Reception.Hub.Statistics;
using Reception.Theme;

namespace Reception.Hub.Screens.Leader.Devices;

/// <summary>The devices of the hall: the page, its live part, and the table as a file.</summary>
internal static class DevicesEndpoints
{
    public static IServiceCollection AddDevicesPage(this IServiceCollection services) => services.AddScoped<EditDevices>();

    public static void MapDevicesPage(this RouteGroupBuilder pages)
    {
        pages.MapGet("/devices", IResult (
            HttpContext context, DeviceList devices, EditDevices edit, Forwarder province, Renderer renderer, TimeProvider timeProvider, SetupBook book, Words words,
            string? replace) =>
            new RazorComponentResult<DevicesPage>(new
            {
                Names = new Names(book.Current, words),
                Reader = context.Reader(book.Current),
                View = View(context, devices, renderer, timeProvider),
                Province = ProvinceEndpoints.View(context, province, renderer),
                Pairing = context.Person()!.Administers ? edit.Waiting(replace) : null,
                Replace = replace,
            }));
        pages.MapProvincePart();
        pages.MapGet("/devices/list", IResult (HttpContext context, DeviceList devices, Renderer renderer, TimeProvider timeProvider) =>
            new RazorComponentResult<DevicesPart>(new { View = View(context, devices, renderer, timeProvider) }));
        pages.MapGet("/devices.{form}", (HttpContext context, string form, DeviceList devices, Renderer renderer, TimeProvider timeProvider, Words words) =>
            Exports.FileAsync(context, Table(View(context, devices, renderer, timeProvider), words), form, "devices", words));
        EditDevices.Map(pages);
    }

    private static DevicesView View(HttpContext context, DeviceList devices, Renderer renderer, TimeProvider timeProvider) =>
        DevicesView.Of(devices, renderer.Local(timeProvider.GetUtcNow()), context.Person()!.Administers);

    private static ExportTable Table(DevicesView view, Words words) => new(
        [words["devices.device"], words["pairing.name"], words["csv.kind"], words["ratings.counter"], words["devices.state"], words["csv.last-seen"],
            words["devices.paper"], words["devices.software"], words["devices.faults"]],
        view.Sorted.Select(device => new object?[]
        {
            device.Id, device.Name, words["devices.kind." + device.Kind], device.Counter, words["devices." + device.State], device.LastSeen,
            device.Printer is { } printer ? words["devices.paper." + printer.Paper] : null, device.Software,
            string.Join("; ", [
                .. device.Faults.Select(fault => fault.What(words)),
                .. device.SerialPorts.SelectMany(line => SerialWords.Troubles(line, words)),
            ]),
        }));
}
