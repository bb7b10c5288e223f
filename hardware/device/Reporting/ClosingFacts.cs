using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Reception.Device.Storage;

namespace Reception.Device.Reporting;

/// <summary>
/// Keeps a fact that ends something the device has written down, and closes that, in one transaction. A full disk keeps neither: both are tried
/// again until there is room, and after a kill the open row is still there.
/// </summary>
public sealed class ClosingFacts(FactOutbox outbox, DeviceDatabase database, TimeProvider timeProvider, ILogger<ClosingFacts> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Returns once the fact is kept.</summary>
    /// <param name="type">One of <see cref="Protocol.ReportTypes"/>.</param>
    /// <param name="data">The report's data, written as JSON.</param>
    /// <param name="id">The fact's id: the same after a restart, so that the hub counts it once.</param>
    /// <param name="close">Deletes the open row.</param>
    /// <param name="cancellationToken">Cancelled when the program stops.</param>
    public async Task KeepAsync<T>(string type, T data, Guid id, Action close, CancellationToken cancellationToken)
    {
        var happened = outbox.Clock.Now();
        for (var tries = 1; !TryKeep(tries); tries++)
        {
            await Task.Delay(Pause, timeProvider, cancellationToken);
        }

        bool TryKeep(int tries)
        {
            try
            {
                database.Transact(() =>
                {
                    outbox.Keep(type, data, happened, id);
                    close();
                });
                return true;
            }
            catch (Exception exception) when (exception is FactNotKeptException or SqliteException)
            {
                if (tries == 1)
                {
                    logger.LogError(
                        DeviceEvents.FactNotKept, exception, "Fact {Fact} ({Type}) could not be kept: free some space on this machine's disk", id, type);
                }

                return false;
            }
        }
    }
}
