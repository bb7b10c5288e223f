using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reception.Device.Reporting;
using Reception.Device.Storage;
using Reception.Protocol;

namespace Reception.Device.Paper;

/// <summary>
/// Prints the slips that the hub orders by <c>ticket.print</c>, one after the other. The outcome of each is a fact, also of one that a kill cut
/// short: it is unknown then whether the slip came out, and it is not printed again.
/// </summary>
public sealed class CopyPrinter(
    SlipPrinter printer, DeviceDatabase database, ClosingFacts closing, TimeProvider timeProvider, ILogger<CopyPrinter> logger) : BackgroundService
{
    private readonly PrintStore _prints = new(database);

    // Read before the first command of this run.
    private readonly IReadOnlyList<OpenPrint> _left = new PrintStore(database).Left();

    private readonly Channel<Func<CancellationToken, Task>> _work =
        Channel.CreateUnbounded<Func<CancellationToken, Task>>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Takes the hub's command, and returns at once.</summary>
    public void CarryOut(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (TicketPrint.Read(command.Data) is not { } wanted)
        {
            logger.LogWarning(DeviceEvents.CommandUnread, "Command {Command} ({Type}) holds no ticket", command.Id, command.Type);
            return;
        }

        var open = new OpenPrint(Guid.CreateVersion7(timeProvider.GetUtcNow()), wanted.Ticket.Id, wanted.Copy);
        try
        {
            _prints.Open(open);
            _work.Writer.TryWrite(cancellationToken => PrintAsync(open, wanted.Ticket, cancellationToken));
        }
        catch (SqliteException exception)
        {
            logger.LogError(
                DeviceEvents.PrintNotKept, exception, "A slip of ticket {Ticket} is not printed: free some space on this machine's disk", open.Ticket);
            _work.Writer.TryWrite(cancellationToken => ReportAsync(open, Outcome(open, "failed", "The device's disk is full."), cancellationToken));
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var left in _left)
        {
            await ReportAsync(left, Outcome(left, "unknown", "The program was stopped while the slip was printed."), stoppingToken);
        }

        await foreach (var work in _work.Reader.ReadAllAsync(stoppingToken))
        {
            await work(stoppingToken);
        }
    }

    private static TicketPrinted Outcome(OpenPrint open, string outcome, string error) =>
        new(open.Ticket, outcome) { Error = error, Copy = open.Copy ? true : null };

    private async Task PrintAsync(OpenPrint open, TicketDocument ticket, CancellationToken cancellationToken)
    {
        await ReportAsync(open, await OutcomeAsync(open, ticket, cancellationToken), cancellationToken);
    }

    private async Task<TicketPrinted> OutcomeAsync(OpenPrint open, TicketDocument ticket, CancellationToken cancellationToken)
    {
        try
        {
            var slip = await printer.PrintAsync(ticket, language: "vi", open.Copy, cancellationToken);
            return slip.Fact(open.Ticket, open.Copy);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // One slip must not end the program, and with it the tickets of those who stand before it.
            logger.LogError(DeviceEvents.PrintFailed, exception, "A slip of ticket {Ticket} failed", open.Ticket);
            return Outcome(open, "unknown", "The program failed while the slip was printed.");
        }
    }

    private Task ReportAsync(OpenPrint open, TicketPrinted printed, CancellationToken cancellationToken) =>
        closing.KeepAsync(ReportTypes.TicketPrinted, printed, open.Fact, () => _prints.Close(open), cancellationToken);
}
