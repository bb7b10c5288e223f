using Microsoft.Data.Sqlite;
using Reception.Hall;
using Reception.Hub.Demonstration;
using Reception.Hub.Journal;
using Reception.Hub.Ratings;
using Reception.Hub.Site;
using Reception.Hub.Staff;
using Reception.Hub.Tools;

namespace Reception.Load;

/// <summary>A hall with a year behind it: five events a visit, four visits of five rated, written by the hub's own commands.</summary>
internal static class YearOfRecord
{
    private const int Days = 365;
    private static readonly TimeSpan Opening = TimeSpan.FromHours(8);
    private static readonly TimeSpan Open = TimeSpan.FromHours(8);

    /// <summary>Puts it in the place of a data folder's hall; it ends yesterday.</summary>
    public static void Write(string folder, int visits, IReadOnlyList<(int Counter, string Officer, string Service)> counters)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "hub.db*"))
        {
            File.Delete(file);
        }

        var hall = new SetUpHall(HallFile.Load(LoadHall.DemonstrationFile), IsDemonstration: true, ForThoseWhoWait: true)
        {
            Pins = new Dictionary<string, string> { [RecordFigures.Leader] = Pins.Hash(RecordFigures.Leader, LoadCounter.Pin) },
        };
        var rules = new SiteRules(AlwaysOpen: true, TicketsPerDeviceAndMinute: 0);
        var today = hall.Hall.ToSetup(rules).DayOf(TimeProvider.System.GetUtcNow());
        new PastDays(folder, JournalKey.Of(folder), rules)
            .Write(hall, today.AddDays(1 - Days), today, _ => new Day(visits / Days, counters))
            .Write(folder);
        SqliteConnection.ClearAllPools();
    }

    /// <summary>A day's visits, spread over its hours.</summary>
    private sealed record Day(int Visits, IReadOnlyList<(int Counter, string Officer, string Service)> Desks) : JournalCommand<Done>
    {
        public override Result<Done> Execute(HallTransaction transaction)
        {
            var morning = new DateTimeOffset(transaction.Hall.Day, TimeOnly.MinValue, TimeSpan.FromHours(7)) + Opening;
            transaction.Now = morning > transaction.Now ? morning : transaction.Now;
            foreach (var (counter, officer, _) in Desks)
            {
                Must(transaction, new StartDuty(Guid.CreateVersion7(transaction.Now), counter, officer));
            }

            var half = TimeSpan.FromMilliseconds(Math.Floor(Open.TotalMilliseconds / Visits / 2));
            for (var visit = 0; visit < Visits; visit++)
            {
                var (counter, officer, service) = Desks[visit % Desks.Count];
                transaction.Now += half;
                var ticket = Guid.CreateVersion7(transaction.Now);
                Must(transaction, new IssueTicket(ticket, service, visit % 9 == 0 ? Lane.Priority : Lane.Normal) { Issuer = "kiosk-1" });
                Must(transaction, new CallTicket(counter, officer, ticket));
                Must(transaction, new StartService(counter, officer));
                transaction.Now += half;
                Must(transaction, new FinishService(counter, officer));
                if (visit % 5 != 0)
                {
                    var now = new ReportTime(transaction.Now, transaction.Now, IsKnown: true, MayBeLate: false);
                    _ = new PressRating(Guid.CreateVersion7(transaction.Now), $"rater-{counter}", counter, 1 + ((visit * 7) % 5), ticket, now).Execute(transaction);
                }
            }

            return default(Done);
        }

        private static void Must(HallTransaction transaction, HallCommand command)
        {
            if (transaction.Execute(command) is { } refusal)
            {
                throw new InvalidOperationException(refusal.English);
            }
        }
    }
}
