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
            .WithTags("Devices")
            .Describe("getDevices", "Every device: its counter, whether it is online, its printer and its faults.",
                "For leaders and administrators.")
            .Reads(KnownBy.Session, "not-ready").Gives(Examples.Devices);
}
