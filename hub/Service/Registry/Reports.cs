using System.Text.Json;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Ratings;
using Reception.Hub.Site;
using Reception.Hub.Tickets;
using Reception.Protocol;

namespace Reception.Hub.Registry;

/// <summary>Turns a device's report into a command; what is no proper report is a refusal that is not remembered.</summary>
internal sealed class Reports(TicketLinks links)
{
    // How much of an unknown type its refusal repeats.
    private const int LongestType = 64;

    private static readonly string[] TicketDevices = [DeviceKinds.Kiosk, DeviceKinds.CounterAgent];
    private static readonly string[] RatingDevices = [DeviceKinds.Rater, DeviceKinds.CounterAgent];
    private static readonly string[] PrintingDevices = [DeviceKinds.Kiosk, DeviceKinds.CounterAgent, DeviceKinds.Printer];

    /// <summary>The command of a report, or why it is none. <paramref name="now"/> is the arrival.</summary>
    public Reading Read(Device device, Report report, HallState hall, DateTimeOffset now)
    {
        if (report.Data.ValueKind != JsonValueKind.Object)
        {
            return Malformed("data");
        }

        var data = new JsonFields(report.Data);
        return report.Type switch
        {
            ReportTypes.TicketRequest => From(device, TicketDevices, TicketRequest(device, data, now)),
            ReportTypes.TicketWithdraw => From(device, [DeviceKinds.Kiosk], Withdraw(device, data)),
            ReportTypes.TicketPrinted => From(device, PrintingDevices, Printed(device, data)),
            ReportTypes.RatingPressed => From(device, RatingDevices, Pressed(device, report, data)),
            ReportTypes.RatingReasoned => From(device, [DeviceKinds.Rater], Reasoned(device, report, data)),
            ReportTypes.KeypadPressed => From(device, [DeviceKinds.CounterAgent], Keypad(device, data, hall)),
            ReportTypes.PrinterStatus => From(device, PrintingDevices, Printer(device, data)),
            ReportTypes.DeviceFault => Fault(device, data),
            _ => UnknownType(report.Type[..Math.Min(report.Type.Length, LongestType)]),
        };
    }

    /// <summary>A report that lacks a field or has a wrong one.</summary>
    public static Reading Malformed(string field) => Reading.Unreadable(MalformedRefusal(field));

    public static Refusal MalformedRefusal(string field) =>
        new("malformed", $"Thiếu hoặc sai trường {field}.", $"The field {field} is missing or wrong.");

    private static Reading UnknownType(string type) =>
        Reading.Unreadable(new Refusal("unknown-type", $"Không có loại báo cáo {type}.", $"There is no report type {type}."));

    private static Reading From(Device device, string[] kinds, Reading reading) =>
        reading.Command is null || kinds.Contains(device.Kind) ? reading : Reading.Of(new Refuse(Refusal.NotAllowed));

    private Reading TicketRequest(Device device, JsonFields data, DateTimeOffset now) =>
        TicketRequests.Read(data, device.Id, now, links) is { } request ? Reading.Of(request) : Malformed(data.Wrong);

    private static Reading Withdraw(Device device, JsonFields data) =>
        data.Id("report") is { } report ? Reading.Of(new WithdrawRequest(device.Id, report)) : Malformed(data.Wrong);

    private static Reading Printed(Device device, JsonFields data)
    {
        var ticket = data.Id("ticket");
        var outcome = data.Code("outcome", code => code is "printed" or "failed" or "unknown" ? Codes.PrintState(code) : null);
        data.OptionalText("error");
        var copy = data.OptionalFlag("copy") ?? false;
        return data.IsWrong ? Malformed(data.Wrong) : Reading.Of(new ReportPaper(device.Id, ticket!.Value, outcome!.Value, copy));
    }

    private static Reading Pressed(Device device, Report report, JsonFields data)
    {
        var level = data.Number("level", Levels.Lowest, Levels.Highest);
        var ticket = data.OptionalId("ticket");
        var timeKnown = data.OptionalFlag("timeKnown") ?? true;
        return data.IsWrong
            ? Malformed(data.Wrong)
            : Reading.Of(new PressRating(report.Id, device.Id, device.Counter, level!.Value, ticket, timeKnown, report.At));
    }

    private static Reading Reasoned(Device device, Report report, JsonFields data)
    {
        var rating = data.Id("rating");
        var reason = data.Text("reason", Reasons.All.Contains);
        return data.IsWrong ? Malformed(data.Wrong) : Reading.Of(new GiveReason(device.Id, rating!.Value, reason!, report.At));
    }

    private static Reading Keypad(Device device, JsonFields data, HallState hall)
    {
        var key = data.Text("key", key => key is "next" or "recall" or "finish" or "no-show");
        if (data.IsWrong)
        {
            return Malformed(data.Wrong);
        }

        return Reading.Of(device.Counter is not { } number || hall.Counters.GetValueOrDefault(number)?.Officer is not { } officer
            ? new Refuse(Refusal.NoOfficer)
            : new Act(key switch
            {
                "next" => new CallNext(number, officer),
                "recall" => new RecallTicket(number, officer),
                "finish" => new FinishService(number, officer),
                _ => new RecordNoShow(number, officer),
            })
            { AlwaysTellsCounter = true });
    }

    private static Reading Printer(Device device, JsonFields data)
    {
        var paper = data.Text("paper", paper => paper is "ok" or "low" or "out");
        var cover = data.Text("cover", cover => cover is "closed" or "open");
        var online = data.Flag("online");
        var fault = data.OptionalText("fault", fault => fault is "cutter" or "temperature" or "other");
        return data.IsWrong
            ? Malformed(data.Wrong)
            : Reading.Of(new KeepPrinterStatus(device.Id, new PrinterStatus { Paper = paper!, Cover = cover!, Online = online!.Value, Fault = fault }));
    }

    private static Reading Fault(Device device, JsonFields data)
    {
        var code = data.Text("code", code => code.Length is > 0 and <= KeepFault.LongestCode);
        var message = data.Text("message");
        return data.IsWrong ? Malformed(data.Wrong) : Reading.Of(new KeepFault(device.Id, code!, message!));
    }
}

/// <summary>What a report came to: a command, or a refusal that is answered and not remembered.</summary>
internal sealed record Reading(JournalCommand? Command, Refusal? Refusal)
{
    public static Reading Of(JournalCommand command) => new(command, null);

    public static Reading Unreadable(Refusal refusal) => new(null, refusal);
}
