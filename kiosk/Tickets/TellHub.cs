using Microsoft.Data.Sqlite;
using Reception.Device.Reporting;
using Reception.Kiosk.Hub;

namespace Reception.Kiosk.Tickets;

/// <summary>
/// Keeps the fact that ends an errand, and closes it in the book. A full disk keeps nothing: it is tried again until there is
/// room, and after a kill the book still has it.
/// </summary>
internal sealed class TellHub(HubSide hub, ErrandBook book, TimeProvider clock, ILogger<TellHub> log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public async Task RunAsync<T>(OpenErrand open, string type, T data, CancellationToken stopping)
    {
        for (var tries = 1; !TryKeep(open, type, data, tries); tries++)
        {
            await Task.Delay(Pause, clock, stopping);
        }
    }

    private bool TryKeep<T>(OpenErrand open, string type, T data, int tries)
    {
        try
        {
            hub.Keep(type, data, open.Fact);
            book.Close(open);
            return true;
        }
        catch (Exception failure) when (failure is FactNotKeptException or SqliteException)
        {
            if (tries == 1)
            {
                log.LogError(KioskEvents.FactNotKept, failure, "Fact {Fact} ({Type}) could not be kept.", open.Fact, type);
            }

            return false;
        }
    }
}
