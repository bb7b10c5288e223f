using Reception.Hall.Simulation;
using Reception.Hub.Journal;

namespace Reception.Hub.Demonstration;

/// <summary>A day of a demonstration's history; nothing happens on a day off.</summary>
internal sealed record HistoryDay(HistoryPeople People, DateOnly Date) : JournalCommand<Done>
{
    public override Result<Done> Execute(HallTransaction transaction)
    {
        var rules = transaction.Setup.Rules;
        var midnight = Plan.Midnight(rules, Date);
        if (Plan.Shifts(rules).Any(shift => rules.OpeningAt(midnight + shift.From).IsOpen))
        {
            new HistoryRun(People, Date, transaction).Pass(midnight);
        }

        return default(Done);
    }
}
