using System.Globalization;
using Reception.Hall.Tests.Parts;
using Reception.Unit.Tests;

namespace Reception.Hall.Tests.History;

/// <summary>
/// A hall of programs that die at any moment, and clients that write down every answer: afterwards the hall has what they were told, once.
/// The seed of a run is printed; <c>RECEPTION_TEST_SEED</c> gives another one, and <c>RECEPTION_TEST_KILLS</c> another number of kills: 300 take five minutes.
/// </summary>
[Collection(Alone.Name)]
public sealed class HistoryTests
{
    private static readonly int Kills = Environment.GetEnvironmentVariable("RECEPTION_TEST_KILLS") is { Length: > 0 } given
        ? int.Parse(given, CultureInfo.InvariantCulture)
        : Effort.Of(usual: 12, all: 300);

    [Fact]
    public async Task Whatever_is_killed_and_when_nothing_answered_is_lost_and_nothing_happens_twice()
    {
        var seed = Seed.Next();
        var (history, chance) = (new HallHistory(), new Random(seed));
        await using var hall = await HistoryHall.StartAsync(history, chance);
        using var rest = new CancellationTokenSource();
        var work = hall.Work(chance, rest.Token);
        var killing = new Killer(hall, chance).RunAsync(Kills);
        // A client that fails ends the test at once.
        await await Task.WhenAny([killing, .. work]);
        await rest.CancelAsync();
        await Task.WhenAll(work);
        await hall.RestAsync();

        using var check = new HistoryCheck(hall);
        var faults = await check.RunAsync();
        var presses = history.Visits.Count(visit => visit.Press is not null);
        var numbers = history.TicketOrders.Count(order => order.Number is not null);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{Kills} kills, {history.Requests.Count} requests, {history.Visits.Count} visits, {presses} presses, "
            + $"{history.TicketOrders.Count} touches at the kiosk, {numbers} of them with a number");
        Assert.True(faults.Count == 0, $"seed {seed}: {faults.Count} faults\n{string.Join('\n', faults.Take(40))}\n{hall.Rater.Said}");
        hall.Hub.DemandNoErrors();
    }
}
