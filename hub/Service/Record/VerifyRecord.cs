using Microsoft.Data.Sqlite;
using Reception.Hub.Journal;
using Reception.Hub.Options;
using Reception.Hub.Security;

namespace Reception.Hub.Record;

/// <summary>
/// Verifies the newest days of the record at every start, and all of it once a night; where the machine is off at night, a week after the last time.
/// </summary>
internal sealed class VerifyRecord(
    HubOptions options, HallBoard board, RecordStatus status, SecurityNotes notes, TimeProvider clock, ILogger<VerifyRecord> log) : BackgroundService
{
    private const int DaysAtStart = 7;
    private const int Hour = 2;
    private const int LongestDays = 7;
    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What the hall needs at a start comes first.
        await Task.Delay(Beat, clock, stoppingToken);
        await Task.Run(() => Verify(DaysAtStart), stoppingToken);
        var (last, whole) = (Night(), WholeVerification.Read(options.Data));
        using var timer = new PeriodicTimer(Beat, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (Night() is var night && (night != last || night.DayNumber - whole.DayNumber >= LongestDays))
            {
                (last, whole) = (night, night);
                await Task.Run(() => Verify(null), stoppingToken);
            }
        }
    }

    private DateOnly Night() => board.Current.State.Setup.NightOf(clock.GetUtcNow(), Hour);

    private void Verify(int? days)
    {
        try
        {
            var result = Verification.Run(options.Data, days);
            status.Publish(new VerifiedRecord(clock.GetUtcNow(), days, result));
            notes.Add(SecurityKind.Verified, null, new SecurityDetail { Rows = result.Rows, Findings = result.Findings.Count });
            if (days is null)
            {
                WholeVerification.Write(options.Data, Night());
            }

            foreach (var finding in result.Findings)
            {
                log.LogError(new EventId(1009), "The record is not as it was written: {Finding}", finding.Text);
            }

            log.LogInformation(new EventId(1010), "The record was verified: {Rows} rows, {Findings} findings", result.Rows, result.Findings.Count);
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException or StartException)
        {
            log.LogError(new EventId(1011), "The record could not be verified; it is tried again next night: {Reason}", exception.Message);
        }
    }
}
