using Reception.Hall;

namespace Reception.Hub.Journal;

/// <summary>
/// An administrator says that the machine's clock is right: once that is committed the hall goes by it again, and its day turns. Where the clock was
/// ahead when a day opened, that day is withdrawn.
/// </summary>
internal sealed record ConfirmClock(string Officer, HallClock Clock) : JournalCommand<Done>
{
    private static readonly Refusal NoDoubt = Refusal.NotNow("Đồng hồ máy chủ đang đúng, không có gì cần xác nhận.", "The clock is believed; there is nothing to confirm.");

    private static readonly Refusal DayRunsBack = Refusal.NotNow(
        "Đồng hồ máy chủ chỉ một lúc trước những việc đã ghi trong sổ. Hãy chỉnh đồng hồ cho đúng trước.",
        "The machine's clock shows a time before what is in the journal. Set it right first.");

    public override Result<Done> Execute(HallTransaction transaction)
    {
        if (Clock.Doubt is not { } doubt)
        {
            return NoDoubt;
        }

        var machine = DateTimeOffset.FromUnixTimeMilliseconds(doubt.Machine.ToUnixTimeMilliseconds());
        var day = transaction.Hall.Setup.DayOf(machine);
        if (day < transaction.Hall.Day)
        {
            if (FalseDays.Of(transaction.Connection, transaction.Transaction, day, machine) is not { } days)
            {
                return DayRunsBack;
            }

            transaction.Withdraw(days, machine);
        }

        var now = transaction.Now;
        transaction.Append(new ClockConfirmed(now, machine, Officer));
        transaction.AfterCommit(() => Clock.Confirm(now));
        return default(Done);
    }
}
