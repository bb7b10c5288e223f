using System.Text.Json;
using Reception.Kiosk.Hub;
using Reception.Kiosk.Paper;
using Reception.Protocol;

namespace Reception.Kiosk.Tickets;

/// <summary>A <c>ticket.print</c> command: a second paper of one number, marked as a copy, or the paper of a console's ticket.</summary>
internal sealed class PrintCopy(ErrandBook book, PaperSlot slot, TellHub tell, TimeProvider clock, ILogger<PrintCopy> log)
{
    public async Task RunAsync(Command command, CancellationToken stopping)
    {
        if (!TryRead(command.Data, out var ticket, out var copy))
        {
            log.LogWarning(KioskEvents.BadCommand, "Command {Command} holds no ticket to print.", command.Id);
            return;
        }

        var open = book.PrintCopy(ticket.Id, fact: Guid.CreateVersion7(clock.GetUtcNow()));
        var print = await slot.PrintAsync(ticket, language: "vi", copy, stopping);
        await tell.RunAsync(open, ReportTypes.TicketPrinted, print.Fact(ticket.Id, copy), stopping);
    }

    /// <summary>Reads the ticket's own fields with <c>copy</c> beside them, or a <c>ticket</c> and a <c>copy</c>.</summary>
    internal static bool TryRead(JsonElement data, out TicketDocument ticket, out bool copy)
    {
        ticket = null!;
        copy = false;
        if (data.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        copy = data.TryGetProperty("copy", out var marked) && marked.ValueKind == JsonValueKind.True;
        var inner = data.TryGetProperty("ticket", out var named) && named.ValueKind == JsonValueKind.Object ? named : data;
        ticket = HubSide.ReadTicket(inner)!;
        return ticket is not null;
    }
}
