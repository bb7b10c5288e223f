using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hub.Devices;
using Reception.Hub.Options;
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
    public static void MapDevicesPage(this RouteGroupBuilder pages)
    {
        pages.MapGet("/devices", IResult (
            HttpContext context, DeviceList devices, Forwarder province, Renderer renderer, TimeProvider clock, SetupBook book, HubOptions options, Words words) =>
            new RazorComponentResult<DevicesPage>(new
            {
                Names = new Names(book.Current, words),
                Reader = context.Reader(book.Current),
                View = View(devices, renderer, clock),
                Folder = options.Data,
                Province = ProvinceEndpoints.View(context, province, renderer),
            }));
        pages.MapProvincePart();
        pages.MapGet("/devices/list", IResult (DeviceList devices, Renderer renderer, TimeProvider clock) =>
            new RazorComponentResult<DevicesPart>(new { View = View(devices, renderer, clock) }));
        pages.MapGet("/devices.{form}", (string form, HttpContext context, DeviceList devices, Renderer renderer, TimeProvider clock, Words words) =>
            Exports.FileAsync(context, Table(View(devices, renderer, clock), words), form, "devices", words));
    }

    private static DevicesView View(DeviceList devices, Renderer renderer, TimeProvider clock) => new(
        renderer.Local(clock.GetUtcNow()),
        [.. devices.Read().Select(device => new DeviceLine(
            device.Id, device.Kind, device.Counter, device.Online, device.LastSeen, device.Software, device.Printer,
            [.. device.Faults.Select(fault => new DeviceFault(fault.Code, fault.Message, fault.At))],
            device.SerialPorts ?? []))]);

    private static ExportTable Table(DevicesView view, Words words) => new(
        [words["devices.device"], words["csv.kind"], words["ratings.counter"], words["devices.state"], words["csv.last-seen"], words["devices.paper"],
            words["devices.software"], words["devices.faults"]],
        view.Sorted.Select(device => new object?[]
        {
            device.Id, words["devices.kind." + device.Kind], device.Counter, words["devices." + device.State], device.LastSeen,
            device.Printer is { } printer ? words["devices.paper." + printer.Paper] : null, device.Software,
            string.Join("; ", [
                .. device.Faults.Select(fault => fault.What(words)),
                .. device.SerialPorts.SelectMany(line => SerialWords.Troubles(line, words)),
            ]),
        }));
}
