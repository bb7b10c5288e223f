using Reception.Hall;

namespace Reception.Hub.Journal;

/// <summary>An administrator says that the machine's clock is right: once that is committed the hall goes by it again, and its day turns.</summary>
internal sealed record ConfirmClock(string Officer, HallClock Clock) : JournalCommand
{
    private static readonly Refusal NoDoubt = Refusal.NotNow("Đồng hồ máy chủ đang đúng, không có gì cần xác nhận.", "The clock is believed; there is nothing to confirm.");

    private static readonly Refusal DayRunsBack = Refusal.NotNow(
        "Đồng hồ máy chủ chỉ một ngày trước ngày làm việc đang mở. Hãy chỉnh đồng hồ cho đúng trước.",
        "The machine's clock shows a day before the hall's. Set it right first.");

    public override Decision Decide(WorkingHall working)
    {
        if (Clock.Doubt is not { } doubt)
        {
            return Decision.Refused(NoDoubt);
        }

        var machine = DateTimeOffset.FromUnixTimeMilliseconds(doubt.Machine.ToUnixTimeMilliseconds());
        return working.Hall.Setup.DayOf(machine) < working.Hall.Day
            ? Decision.Refused(DayRunsBack)
            : Decision.Happened(new Reply.Done(), new ClockConfirmed(working.Now, machine, Officer));
    }

    public override Told Tell(Reply reply, WorkingHall working) => new(StatusCodes.Status204NoContent, []);
}
