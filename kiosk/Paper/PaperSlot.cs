using Reception.Device.Paper;
using Reception.Device.Printing;
using Reception.Protocol;
using Reception.Slips;

namespace Reception.Kiosk.Paper;

/// <summary>What became of one slip, for its citizen and for the hub.</summary>
internal sealed record SlipPrint(PrintedSlip Slip, PaperTrouble? Trouble)
{
    public PaperStage Stage => Slip.Result.Outcome switch
    {
        PrintOutcome.Printed => PaperStage.Printed,
        PrintOutcome.Failed => PaperStage.Failed,
        _ => PaperStage.Unknown,
    };

    public string? Error => Slip.Result.Error;

    /// <summary>A picture of the paper that came out, as PNG.</summary>
    public byte[]? Picture => Slip.Drawing is { } drawing ? PngPicture.Encode(drawing.Paper()) : null;

    public TicketPrinted Fact(Guid ticket, bool copy) => Slip.Fact(ticket, copy);
}

/// <summary>The slot that papers come out of.</summary>
internal sealed class PaperSlot(SlipPrinter printer, PrinterWatch watch)
{
    public async Task<SlipPrint> PrintAsync(TicketDocument ticket, string language, bool copy, CancellationToken stopping)
    {
        var slip = await printer.PrintAsync(ticket, language, copy, stopping);
        return new SlipPrint(slip, slip.Result.Outcome == PrintOutcome.Printed ? null : watch.ForCitizen() ?? PaperTrouble.Fault);
    }
}
