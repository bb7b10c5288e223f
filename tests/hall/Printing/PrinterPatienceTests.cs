using System.Diagnostics;
using Reception.Device.Printing;
using Reception.Hall.Tests.Kiosk;
using Reception.Hall.Tests.Parts;
using Reception.Protocol;
using Reception.Unit.Tests.Clocks;

namespace Reception.Hall.Tests.Printing;

/// <summary>Printers that take seconds, and the time within which the citizen hears.</summary>
public sealed class PrinterPatienceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("tcp", "after 100 stall 3s")]
    [InlineData("serial", "after 100 stall 3s")]
    [InlineData("tcp", "stall 3s")]
    public async Task A_stall_of_three_seconds_is_survived(string line, string stall)
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
        using var virtualPrinter = new TestPrinter(line, clock: clock);
        using var printer = virtualPrinter.Open();
        virtualPrinter.Do(stall);

        var printing = Slips.PrintAsync(printer);
        // The first slip counts as one after a broken one, whose answer is waited for: before a stall within the slip, after a stall before it.
        var answer = (From: 0.2, To: line == "serial" ? 2.5 : 0.45);
        var going = (From: 3.0, To: 3.0);
        foreach (var (from, to) in stall.StartsWith("after", StringComparison.Ordinal) ? new[] { answer, going } : [going, answer])
        {
            await clock.PassAsync(TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(to));
        }

        Assert.Equal(new PrintResult(PrintOutcome.Printed), await printing);
        Assert.Single(virtualPrinter.Slips);
    }

    [Fact]
    public async Task A_printer_that_says_nothing_is_given_up_within_five_seconds()
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
        using var virtualPrinter = new TestPrinter(clock: clock);
        using var printer = virtualPrinter.Open();
        virtualPrinter.Do("answers silent");

        var printing = Slips.PrintAsync(printer);
        await clock.PassAsync(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5));

        Assert.Equal(PrintOutcome.Failed, (await printing).Outcome);
        Assert.Empty(virtualPrinter.Slips);
    }

    [Fact]
    public async Task A_printer_that_stands_in_the_middle_of_a_slip_is_given_up_within_five_seconds()
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
        using var virtualPrinter = new TestPrinter(clock: clock);
        using var printer = virtualPrinter.Open();
        virtualPrinter.Do("after 100 stall 60s");

        var printing = Slips.PrintAsync(printer);
        var passed = await clock.PassAsync(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.45));
        await clock.WaitAsync(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(60));
        clock.Advance(TimeSpan.FromSeconds(5) - passed);

        Assert.Equal(PrintOutcome.Unknown, (await printing).Outcome);
        Assert.Empty(virtualPrinter.Slips);
    }

    [Fact]
    public async Task A_kiosks_printer_that_stalls_under_the_touch_prints()
    {
        await using var place = await PrintingKiosk.StartAsync();
        var (hub, virtualPrinter, kiosk) = place;
        virtualPrinter.Do("stall 1500ms");

        var screen = await kiosk.TouchAsync();
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.TicketPrinted).Count == 1, () => kiosk.Said, Slips.Bound);
        Assert.Equal("printed", hub.Told(ReportTypes.TicketPrinted).Single().Data.GetProperty("outcome").GetString());
        Assert.Contains("/paper.png", await kiosk.PageAsync(screen), StringComparison.Ordinal);
        Assert.Single(virtualPrinter.Slips);
    }

    [Theory]
    [InlineData("serial")]
    [InlineData("tcp")]
    public async Task The_late_answer_of_a_broken_slip_does_not_pass_for_the_end_of_the_next(string line)
    {
        using var virtualPrinter = new TestPrinter(line, speed: 100);
        using var printer = virtualPrinter.Open();
        // The rest of the slip lies in the printer's memory, with the question at its end.
        virtualPrinter.Do("after 650 stall 4s");
        Assert.Equal(PrintOutcome.Unknown, (await Slips.PrintInTimeAsync(printer)).Outcome);

        // Whenever it is back: a slip that is said to be printed is out.
        virtualPrinter.BePatient();
        var next = new PrintResult(PrintOutcome.Failed);
        for (var tries = 0; tries < 5 && next.Outcome != PrintOutcome.Printed; tries++)
        {
            next = await Slips.PrintAsync(printer);
        }

        Assert.Equal(new PrintResult(PrintOutcome.Printed), next);
        Assert.Contains(" hanging 0 buffered 0 ", virtualPrinter.Tell("state?"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_printer_is_waited_for_until_the_slip_is_out()
    {
        using var virtualPrinter = new TestPrinter("tcp", "xprinter-xp-58", speed: 60);
        using var printer = virtualPrinter.Open();
        var began = Stopwatch.GetTimestamp();

        Assert.Equal(new PrintResult(PrintOutcome.Printed), await Slips.PrintInTimeAsync(printer));

        Assert.Single(virtualPrinter.Slips);
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 1, Slips.Bound.TotalSeconds);
    }

    [Theory]
    [InlineData("answers garbage", "reports a fault: other", true)]
    [InlineData("answers silent", "does not answer", false)]
    public async Task A_printer_that_makes_no_sense_or_says_nothing_is_sent_nothing(string answers, string reason, bool online)
    {
        using var virtualPrinter = new TestPrinter("serial");
        using var printer = virtualPrinter.Open();
        virtualPrinter.Do(answers);

        var result = await Slips.PrintInTimeAsync(printer);

        Assert.Equal(PrintOutcome.Failed, result.Outcome);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        Assert.Equal(online, (await printer.ReadStatusAsync(Stop)).Online);
        virtualPrinter.Do("answers normal");
        Assert.Equal(PrintOutcome.Printed, (await Slips.PrintInTimeAsync(printer)).Outcome);
    }

    [Fact]
    public async Task Answers_that_fail_once_the_slip_has_left_leave_it_unknown()
    {
        using var virtualPrinter = new TestPrinter();
        using var printer = virtualPrinter.Open();
        virtualPrinter.Do("after 100 answers garbage");

        Assert.Equal(PrintOutcome.Unknown, (await Slips.PrintInTimeAsync(printer)).Outcome);
    }
}
