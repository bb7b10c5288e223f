using Reception.Hub.Journal;
using Reception.Hub.Devices;
using Reception.Protocol;

namespace Reception.Hub.Api;

/// <summary>The devices and how they are.</summary>
internal static class DeviceEndpoints
{
    public static void MapDevices(this RouteGroupBuilder api) =>
        api.MapGet("/devices", (HttpContext context, Callers callers, DeviceList devices) =>
                callers.Read(context) is not { } caller ? Problems.Response(Refusals.UnknownDevice)
                : Access.Leads(caller) is { } refusal ? Problems.Response(refusal)
                : EncodedResponse.Of(devices.Read()))
            .Produces<IReadOnlyList<DeviceDocument>>().WithSummary("Every device: where it is, whether it is heard, its printer, its faults.");
}
