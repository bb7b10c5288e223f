using System.Text.Json;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Ratings;
using Reception.Hub.Rendering;
using Reception.Hub.Site;
using Reception.Hub.Tickets;
using Reception.Protocol;

namespace Reception.Hub.Devices;

/// <summary>Turns a device's report into a command; what is no proper report is a refusal that is not remembered.</summary>
internal sealed class Reports(TicketLinks links, Renderer renderer)
{
    // How much of an unknown type its refusal repeats.
    private const int LongestType = 64;

    private static readonly string[] TicketDevices = [DeviceKinds.Kiosk, DeviceKinds.CounterAgent];
    private static readonly string[] RatingDevices = [DeviceKinds.Rater, DeviceKinds.CounterAgent];
    private static readonly string[] PrintingDevices = [DeviceKinds.Kiosk, DeviceKinds.CounterAgent, DeviceKinds.Printer];

    /// <summary>The command of a report, or why it is none.</summary>
    public Result<ReadReport> Read(Device device, Report report, ReportTime time)
    {
        if (report.Data.ValueKind != JsonValueKind.Object)
        {
            return Malformed("data");
        }

        var data = new JsonFields(report.Data);
        return report.Type switch
        {
            ReportTypes.TicketRequest => From(device, TicketDevices, TicketRequest(device, report, data, time), data),
            ReportTypes.TicketWithdraw => From(device, [DeviceKinds.Kiosk], Withdraw(device, data), data),
            ReportTypes.TicketPrinted => From(device, PrintingDevices, Printed(device, data), data),
            ReportTypes.RatingPressed => From(device, RatingDevices, Pressed(device, report, data, time), data),
            ReportTypes.RatingReasoned => From(device, [DeviceKinds.Rater], Reasoned(device, data, time), data),
            ReportTypes.KeypadPressed => From(device, [DeviceKinds.CounterAgent], Keypad(device, data), data),
            ReportTypes.PrinterStatus => From(device, PrintingDevices, Printer(device, data), data),
            ReportTypes.DeviceFault => From(device, DeviceKinds.All, Fault(device, data), data),
            _ => UnknownType(report.Type[..Math.Min(report.Type.Length, LongestType)]),
        };
    }

    /// <summary>A report that lacks a field or has a wrong one.</summary>
    public static Refusal Malformed(string field) =>
        new("malformed", $"Thiếu hoặc sai trường {field}.", $"The field {field} is missing or wrong.");

    private static Refusal UnknownType(string type) => new("unknown-type", $"Không có loại báo cáo {type}.", $"There is no report type {type}.");

    /// <summary>What is malformed is told first; a proper report that this kind of device may not send is refused, and that is remembered.</summary>
    private static Result<ReadReport> From(Device device, IReadOnlyList<string> kinds, ReadReport? read, JsonFields data) =>
        read is null || data.IsWrong ? Malformed(data.Wrong)
        : kinds.Contains(device.Kind) ? read
        : ReadReport.Of(new Refuse<Done>(Refusal.NotAllowed));

    private ReadReport? TicketRequest(Device device, Report report, JsonFields data, ReportTime time) =>
        TicketRequests.Read(data, device.Id, report.Id, time.Arrival, links) is { } request
            ? ReadReport.Of(request, result => ProtocolJson.Write(renderer.Ticket(result) with { Link = links.Address(result.LinkCode!) }))
            : null;

    private static ReadReport? Withdraw(Device device, JsonFields data) =>
        data.Id("report") is { } report ? ReadReport.Of(new WithdrawRequest(device.Id, report)) : null;

    private static ReadReport? Printed(Device device, JsonFields data)
    {
        var ticket = data.Id("ticket");
        var outcome = data.Code("outcome", code => code is "printed" or "failed" or "unknown" ? Codes.PrintState(code) : null);
        data.OptionalText("error");
        var copy = data.OptionalFlag("copy") ?? false;
        return data.IsWrong ? null : ReadReport.Of(new ReportPaper(device.Id, ticket!.Value, outcome!.Value, copy) { DeviceKind = device.Kind });
    }

    private static ReadReport? Pressed(Device device, Report report, JsonFields data, ReportTime time)
    {
        var level = data.Number("level", Levels.Lowest, Levels.Highest);
        var ticket = data.OptionalId("ticket");
        var isTimeKnown = data.OptionalFlag("timeKnown") ?? true;
        return data.IsWrong ? null : ReadReport.Of(
            new PressRating(report.Id, device.Id, device.CounterAt(time.At, time.Arrival), level!.Value, ticket, isTimeKnown ? time : time.Unknown),
            rating => ProtocolJson.Write(new { rating = rating.Id, attributed = rating.Attributed }));
    }

    private static ReadReport? Reasoned(Device device, JsonFields data, ReportTime time)
    {
        var rating = data.Id("rating");
        var reason = data.Text("reason", Reasons.All.Contains);
        return data.IsWrong ? null : ReadReport.Of(new GiveReason(device.Id, rating!.Value, reason!, time));
    }

    private ReadReport? Keypad(Device device, JsonFields data) =>
        data.Text("key", PressKey.All.Contains) is { } key
            ? ReadReport.Of(new PressKey(device.Counter, key), result => ProtocolJson.Write(renderer.Counter(result.Hall, result.Counter)))
            : null;

    private static ReadReport? Printer(Device device, JsonFields data)
    {
        var paper = data.Text("paper", paper => paper is "ok" or "low" or "out");
        var cover = data.Text("cover", cover => cover is "closed" or "open");
        var online = data.Flag("online");
        var fault = data.OptionalText("fault", fault => fault is "cutter" or "temperature" or "other");
        return data.IsWrong ? null : ReadReport.Of(
            new KeepPrinterStatus(device.Id, new PrinterStatus { Paper = paper!, Cover = cover!, Online = online!.Value, Fault = fault }));
    }

    private static ReadReport? Fault(Device device, JsonFields data)
    {
        var code = data.Text("code", code => code.Length is > 0 and <= KeepFault.LongestCode);
        var message = data.Text("message");
        return data.IsWrong ? null : ReadReport.Of(new KeepFault(device.Id, code!, message!));
    }
}
