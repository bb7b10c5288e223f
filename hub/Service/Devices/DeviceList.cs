using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using Reception.Hall;
using Reception.Hub.Broker;
using Reception.Hub.Journal;
using Reception.Hub.Ratings;
using Reception.Hub.Rendering;
using Reception.Hub.Site;
using Reception.Hub.Tickets;
using Reception.Protocol;
using Reception.Theme;

namespace Reception.Hub.Devices;

/// <summary>A device as leaders and the technician see it.</summary>
/// <param name="Id">The device's id.</param>
/// <param name="Kind"><c>kiosk</c>, <c>counter-agent</c>, <c>rater</c>, <c>printer</c> or <c>display</c>.</param>
/// <param name="Counter">The counter that it belongs to, or null.</param>
/// <param name="Online">Whether it was heard of in the last 30 s.</param>
/// <param name="LastSeen">When it was heard of last, or null.</param>
/// <param name="Software">The version of its program, once it has said it; or null.</param>
/// <param name="Printer">Its printer's last status, or null.</param>
/// <param name="Faults">What is wrong with it.</param>
/// <param name="SerialPorts">The serial ports of a counter agent and their devices; null for other kinds.</param>
internal sealed record DeviceDocument(
    [property: RegularExpression(FieldForms.DeviceId)] string Id, [property: DeviceKindCodes] string Kind,
    int? Counter, bool Online, DateTimeOffset? LastSeen, string? Software, PrinterStatus? Printer,
    IReadOnlyList<DeviceFaultDocument> Faults, IReadOnlyList<SerialHealth>? SerialPorts)
{
    /// <summary>What ails its printer, by <see cref="PrinterTroubles"/>; told as faults.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Troubles { get; init; } = [];

    /// <summary>What people call it, or null.</summary>
    public string? Name { get; init; }
}

/// <summary>What is wrong with a device.</summary>
/// <param name="Code">Which fault, such as <c>clock</c> or <c>printer-paper-out</c>; more may be added.</param>
/// <param name="Message">The fault in Vietnamese, and what to do.</param>
/// <param name="At">Since when, where that is known.</param>
internal sealed record DeviceFaultDocument(string Code, string Message, DateTimeOffset? At);

/// <summary>Puts together the registry, what is heard now and what devices told last.</summary>
internal sealed class DeviceList(
    SetupBook book, DeviceHealth health, BrokerConnections connections, HubDatabase database, Renderer renderer, Phrasebook phrases,
    TimeProvider timeProvider)
{
    /// <summary>Why no copy of a slip can be printed at a device now; null where one can.</summary>
    public Refusal? WhyNoCopy(string id)
    {
        var device = Read().Single(device => device.Id == id);
        return CopyPrinters.Obstacle(device) is { } obstacle ? Refusal.NotNow(In(Phrasebook.Vietnamese), In("en")) : null;

        string In(string language)
        {
            var words = phrases.In(language);
            return obstacle == "printer" && device.Troubles is [var trouble, ..]
                ? words["copy.printer", id, words["printer." + trouble], words[$"printer.{trouble}.do"]]
                : words["copy." + obstacle, id];
        }
    }

    public IReadOnlyList<DeviceDocument> Read()
    {
        using var reader = database.OpenReader();
        var told = reader.Query<StateRow>("SELECT device, printer, printer_at AS PrinterAt, fault_code AS FaultCode, fault_message AS FaultMessage, fault_at AS FaultAt FROM device_state")
            .ToDictionary(row => row.Device);
        var owed = CopyOrders.Owed(reader, timeProvider.GetUtcNow());
        return [.. book.Current.Devices.Values.Select(device => Describe(
            device, told.GetValueOrDefault(device.Id), owed.TryGetValue(device.Id, out var since) ? since : null))];
    }

    private DeviceDocument Describe(Device device, StateRow? told, DateTimeOffset? owesCopySince)
    {
        var status = health.Of(device.Id);
        var online = health.IsOnline(status);
        lock (status)
        {
            var printer = told?.Printer is { } row ? JsonSerializer.Deserialize<PrinterStatus>(row, ProtocolJson.Options) : null;
            var troubles = PrinterTroubles.Of(printer, owesCopySince is not null);
            var toldAt = DateTimeOffset.FromUnixTimeMilliseconds(told?.PrinterAt ?? 0);
            return new DeviceDocument(
                device.Id,
                device.Kind,
                device.Counter,
                online,
                status.LastSeen is { } seen ? renderer.Local(seen) : null,
                status.Software,
                printer,
                [
                    .. Faults(device, status, told),
                    .. troubles.Select(trouble => PrinterFault(trouble, trouble == PrinterTroubles.Copy ? owesCopySince!.Value : toldAt)),
                ],
                status.SerialPorts)
            { Troubles = troubles, Name = device.Name };
        }
    }

    private IEnumerable<DeviceFaultDocument> Faults(Device device, DeviceStatus status, StateRow? told)
    {
        if (status.ClaimedCounter is { } claimed && claimed != device.Counter)
        {
            yield return new DeviceFaultDocument("counter", $"Thiết bị tự báo quầy {claimed}, danh mục ghi {device.Counter?.ToString(CultureInfo.InvariantCulture) ?? "–"}.", null);
        }

        if (status.ClaimedKind is { } kind && kind != device.Kind)
        {
            yield return new DeviceFaultDocument("kind", $"Thiết bị tự báo loại {kind}, danh mục ghi {device.Kind}.", null);
        }

        if (health.ClockFault(status) is { } error)
        {
            var size = SizeOf(error.Duration());
            yield return new DeviceFaultDocument(
                "clock",
                error > TimeSpan.Zero ? $"Đồng hồ thiết bị chậm {size} so với máy chủ." : $"Đồng hồ thiết bị nhanh {size} so với máy chủ.",
                null);
        }

        var sessions = connections.SessionsOf(device.Id);
        if (SessionWatch.Watches(device) && sessions.Count > 1)
        {
            var addresses = string.Join(", ", sessions.Select(session => session.Address).Distinct());
            yield return new DeviceFaultDocument(
                "two-sessions",
                $"{sessions.Count} phiên cùng kết nối bằng tên thiết bị này, từ {addresses}.",
                renderer.Local(timeProvider.GetUtcNow() - timeProvider.GetElapsedTime(sessions[1].SignedInAt)));
        }

        if (sessions.Max(session => session.FloodAt) is { } floodAt)
        {
            yield return new DeviceFaultDocument(
                "flood",
                $"Thiết bị gửi hơn {BrokerLimits.PublishesPerSecond} bản tin mỗi giây; máy chủ đọc chậm lại. Hãy khởi động lại thiết bị; nếu còn lỗi, thu hồi nó.",
                renderer.Local(timeProvider.GetUtcNow() - timeProvider.GetElapsedTime(floodAt)));
        }

        if (status.SequenceFaults > 0)
        {
            yield return new DeviceFaultDocument("sequence", $"Số thứ tự báo cáo không liền nhau {status.SequenceFaults} lần.", null);
        }

        if (status.BadMessages > 0)
        {
            yield return new DeviceFaultDocument("messages", $"{status.BadMessages} bản tin không dùng được.", null);
        }

        if (told?.FaultCode is { } code && !(status.SerialPorts is not null && IsOfLine(code)))
        {
            yield return new DeviceFaultDocument(
                code, told.FaultMessage ?? "", renderer.Local(DateTimeOffset.FromUnixTimeMilliseconds(told.FaultAt ?? 0)));
        }
    }

    private static string SizeOf(TimeSpan error) => string.Create(CultureInfo.InvariantCulture, $"{error switch
    {
        { TotalMinutes: < 2 } => $"{error.TotalSeconds:0} giây",
        { TotalHours: < 2 } => $"{error.TotalMinutes:0} phút",
        { TotalDays: < 2 } => $"{error.TotalHours:0} giờ",
        { TotalDays: < 730 } => $"{error.TotalDays:0} ngày",
        _ => $"{error.TotalDays / 365.25:0} năm",
    }}");

    private DeviceFaultDocument PrinterFault(string trouble, DateTimeOffset at)
    {
        var words = phrases.In(Phrasebook.Vietnamese);
        return new DeviceFaultDocument(
            PrinterTroubles.Fault + trouble, $"{words["printer." + trouble]}. {words[$"printer.{trouble}.do"]}", renderer.Local(at));
    }

    /// <summary>A fault of a serial line: the presence says how the line is by now, the fault only how it was.</summary>
    private static bool IsOfLine(string code) => code == "button-stuck" || code.StartsWith("serial-", StringComparison.Ordinal);

    private sealed record StateRow(string Device, string? Printer, long? PrinterAt, string? FaultCode, string? FaultMessage, long? FaultAt);
}
