using System.Collections.Immutable;
using Reception.Hall;
using Reception.Hub.Configuration;
using Reception.Hub.Journal;
using Reception.Hub.Record;
using Reception.Hub.Site;

namespace Reception.Hub.Tools;

/// <summary>A restored database begins a journal of its own, and issues no number that may be on paper.</summary>
/// <param name="Sequence">The newest row of the backup.</param>
/// <param name="Mark">How far the lost journal was written, where that is known.</param>
internal sealed record StartRestored(long Sequence, HighWaterMark? Mark) : ToolCommand
{
    // A service of a provincial centre issues no more within a day.
    private const int MostADay = 1000;

    public override Result<string> Execute(HallTransaction transaction)
    {
        JournalIdentity.Replace(transaction);
        var today = transaction.Setup.Rules.DayOf(transaction.Now);
        var day = Mark?.Day > today ? Mark.Day : today;
        if (day > transaction.Hall.Day)
        {
            transaction.OpenDay(day);
        }

        transaction.Append(new JournalRestored(transaction.Now, Sequence));
        transaction.Append(new NumbersRaised(transaction.Now, Mark?.Day == transaction.Hall.Day ? Mark.Issued : Unknown(transaction.Hall)));
        AuditLog.Add(transaction, null, new SetupChange("journal.restored", Mark?.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture), $"{Sequence}"));
        return "";
    }

    /// <summary>The next thousand, where nobody knows how many were issued since the backup.</summary>
    private static ImmutableSortedDictionary<string, int> Unknown(HallState hall) => hall.Services.ToImmutableSortedDictionary(
        service => service.Key, service => ((service.Value.Issued / MostADay) + 1) * MostADay, StringComparer.Ordinal);
}
