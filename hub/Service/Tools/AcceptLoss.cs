using System.Globalization;
using Reception.Hall;
using Reception.Hub.Configuration;
using Reception.Hub.Journal;
using Reception.Hub.Record;
using Reception.Hub.Site;

namespace Reception.Hub.Tools;

/// <summary>A person accepts that rows of the journal are lost: numbers of the day that may be on paper are not issued again.</summary>
/// <param name="Mark">How far the journal was written.</param>
internal sealed record AcceptLoss(HighWaterMark Mark) : ToolCommand
{
    public override Result<string> Execute(HallTransaction transaction)
    {
        if (Mark.LossIn(transaction.Connection, transaction.Transaction) is not { } loss)
        {
            return Refused("--data: nothing is lost; the journal has all that was written.");
        }

        if (Mark.Day > transaction.Hall.Day)
        {
            transaction.OpenDay(Mark.Day);
        }

        if (Mark.Day == transaction.Hall.Day)
        {
            transaction.Append(new NumbersRaised(transaction.Now, Mark.Issued));
        }

        AuditLog.Add(transaction, null, new SetupChange(
            "journal.lost", Mark.Sequence.ToString(CultureInfo.InvariantCulture), transaction.Sequence.ToString(CultureInfo.InvariantCulture)));
        return loss;
    }
}
