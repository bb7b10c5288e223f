using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Reception.Device.Paper;
using Reception.Device.Reporting;
using Reception.Protocol;

namespace Reception.CounterAgent.Printer;

/// <summary>
/// The desk's own receipt printer: slips that the hub asks for, one after the other. What became of each is a fact, also of one
/// that a kill cut short: nobody can say then whether it came out, and it is not printed again.
/// </summary>
internal sealed class DeskPrinter(SlipPrinter printer, PrintBook book, FactOutbox outbox, TimeProvider time, ILogger<DeskPrinter> log)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<OpenPrint> _left = book.Left();

    private readonly Channel<Func<CancellationToken, Task>> _work =
        Channel.CreateUnbounded<Func<CancellationToken, Task>>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Carries out the hub's <c>ticket.print</c>; other commands are not its.</summary>
    public void CarryOut(Command command)
    {
        if (command.Type != CommandTypes.TicketPrint)
        {
            return;
        }

        if (TicketPrint.Read(command.Data) is not { } wanted)
        {
            log.LogWarning(AgentEvents.CommandUnread, "A command {Type} holds no ticket", command.Type);
            return;
        }

        var open = new OpenPrint(Guid.CreateVersion7(time.GetUtcNow()), wanted.Ticket.Id, wanted.Copy);
        try
        {
            book.Open(open);
            _work.Writer.TryWrite(stop => PrintAsync(open, wanted.Ticket, stop));
        }
        catch (SqliteException fault)
        {
            log.LogError(AgentEvents.PrintNotKept, fault, "A slip of ticket {Ticket} is not printed: free some space on this machine's disk", open.Ticket);
            _work.Writer.TryWrite(stop => TellAsync(open, Outcome(open, "failed", "The desk's disk is full."), stop));
        }
    }

    /// <summary>Prints until the program stops.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        foreach (var left in _left)
        {
            await TellAsync(left, Outcome(left, "unknown", "The counter agent was stopped while the slip was printed."), stop);
        }

        await foreach (var work in _work.Reader.ReadAllAsync(stop))
        {
            await work(stop);
        }
    }

    private static TicketPrinted Outcome(OpenPrint open, string outcome, string error) =>
        new(open.Ticket, outcome) { Error = error, Copy = open.Copy ? true : null };

    private async Task PrintAsync(OpenPrint open, TicketDocument ticket, CancellationToken stop)
    {
        var slip = await printer.PrintAsync(ticket, language: "vi", open.Copy, stop);
        await TellAsync(open, slip.Fact(open.Ticket, open.Copy), stop);
    }

    /// <summary>A full disk takes neither the fact nor anything else: it is tried again until there is room.</summary>
    private async Task TellAsync(OpenPrint open, TicketPrinted printed, CancellationToken stop)
    {
        var isTold = false;
        for (var times = 0; !isTold; times++)
        {
            try
            {
                outbox.Keep(ReportTypes.TicketPrinted, printed, id: open.Fact);
                book.Close(open);
                isTold = true;
            }
            catch (Exception fault) when (fault is FactNotKeptException or SqliteException)
            {
                if (times == 0)
                {
                    log.LogError(AgentEvents.PrintNotKept, fault, "What became of a slip can't be written down: free some space on this machine's disk");
                }

                await Task.Delay(Again, time, stop);
            }
        }
    }
}
