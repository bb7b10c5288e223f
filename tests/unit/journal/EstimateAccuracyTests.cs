using Reception.Hall;
using Reception.Hub.Statistics;
using Xunit;

namespace Reception.Unit.Tests.Journal;

public sealed class EstimateAccuracyTests : IDisposable
{
    private static readonly DayRange Day = new(new DateOnly(2026, 11, 23), new DateOnly(2026, 11, 23));
    private readonly WritingHall _hall = new();

    public void Dispose() => _hall.Dispose();

    [Fact]
    public void What_a_citizen_was_told_is_compared_with_the_wait_of_the_call_in_turn_also_after_a_restart()
    {
        _hall.SignIn(1, WritingHall.Anh);
        var (inTime, late) = (_hall.Take(), _hall.Take());
        _hall.Restart();
        var told = _hall.State.Tickets[late].Told!;
        Assert.Equal(0, _hall.State.Tickets[inTime].Told!.Seconds);
        Assert.True(told.High > 0);

        _hall.Must(new CallNext(1, WritingHall.Anh));
        _hall.Pass(told.High + 120);
        _hall.Finish();
        _hall.Must(new CallNext(1, WritingHall.Anh));

        Assert.Equal(new EstimateAccuracy(2, 1, told.High + 120 - told.Seconds), EstimateAccuracy.Read(_hall.Connection, Day)["HT"]);
    }

    [Fact]
    public void Who_was_chosen_held_or_transferred_is_not_compared()
    {
        _hall.SignIn(1, WritingHall.Anh);
        var chosen = _hall.Take();
        _hall.Must(new CallTicket(1, WritingHall.Anh, chosen));
        _hall.Must(new TransferTicket(1, WritingHall.Anh, "CT", null));
        _hall.Must(new CallNext(1, WritingHall.Anh));
        _hall.Must(new HoldTicket(1, WritingHall.Anh));
        _hall.Must(new CallTicket(1, WritingHall.Anh, chosen));

        Assert.Empty(EstimateAccuracy.Read(_hall.Connection, Day));
    }
}
