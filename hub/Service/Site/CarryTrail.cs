using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Reception.Hub.Journal;

namespace Reception.Hub.Site;

/// <summary>
/// Carries lines from the journal's database to the trail: as soon as they are committed, and at the start what an end of the hub left. The trail
/// knows a line that came before, so that none is there twice.
/// </summary>
internal sealed class CarryTrail(JournalFile file, SetupBook book, JournalWriter journal, TimeProvider clock, ILogger<CarryTrail> log) : BackgroundService
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Something was committed that may have left a line.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await CarryAsync(stoppingToken);
            }
            catch (NotCommittedException)
            {
                // The writer has logged it; the lines come again, and the trail knows them.
            }
            catch (SqliteException exception)
            {
                log.LogError(new EventId(1007), exception, "The trail of changes could not be written; its lines are kept and tried again");
            }

            using var timer = clock.CreateTimer(_ => Wake(), null, Longest, Timeout.InfiniteTimeSpan);
            await _wake.Reader.ReadAsync(stoppingToken);
        }
    }

    private async Task CarryAsync(CancellationToken stoppingToken)
    {
        if (TrailLine.Waiting(file) is { Count: > 0 } lines)
        {
            book.KeepOnce(lines);
            await journal.SubmitAsync(new ForgetCarried(lines), null, stoppingToken);
        }
    }
}
